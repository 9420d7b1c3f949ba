/* The sheet of filters on a narrow screen: a modal dialog that borrows the panel's form; on a wide one the form hangs
   beside the wall. The dialog element keeps focus inside, and Esc closes it. */

const WIDE = "(min-width: 64em)";

/** `open` is the button of the filter bar, `home` where the form hangs on a wide screen. Returns a function that tells whether
    something has been chosen in the sheet since it was opened: all that is chosen there is one step back. */
export function openSheet(dialog, form, home, open) {
  const wide = matchMedia(WIDE);
  let chose = false;
  const place = () => {
    if (wide.matches) {
      if (dialog.open) dialog.close();
      if (form.parentElement !== home) home.append(form); // moving it would take the focus from whoever types in it
    } else {
      dialog.querySelector(".sheet__body").append(form);
    }
  };
  wide.addEventListener("change", place);
  place();
  open.addEventListener("click", () => {
    chose = false;
    dialog.returnValue = "";
    dialog.showModal();
  });
  dialog.addEventListener("click", (event) => {
    const outside = event.target === dialog; // the backdrop; what is inside has its own elements
    const button = event.target.closest("[data-close]");
    if (outside || button) dialog.close(button?.value ?? "");
  });
  form.addEventListener("change", () => { // after catalogue.js has heard of it and asked
    chose = dialog.open;
  });
  addEventListener("popstate", () => {
    chose = false;
  });
  return () => chose;
}
