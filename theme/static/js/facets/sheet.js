/* The sheet of filters on a narrow screen: a modal dialog that borrows the panel's form; on a wide one the form hangs
   beside the wall. The dialog element keeps focus inside, and Esc closes it. */

const WIDE = "(min-width: 64em)";

/** `open` is the button of the filter bar, `home` where the form hangs on a wide screen. Returns a function to be called at each
    choice, which tells whether it belongs to the step of the one before: all that is chosen in the sheet while it is open is one
    step back. */
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
  addEventListener("popstate", () => {
    chose = false;
  });
  return () => {
    const before = chose;
    chose = dialog.open;
    return before;
  };
}
