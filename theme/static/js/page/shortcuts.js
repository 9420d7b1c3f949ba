/* Keys and clicks that work on every page: `/` goes to the search box, Esc and a click elsewhere close the menu. In: the page
   as the build made it. */

export function openShortcuts() {
  const menu = document.querySelector(".nav details");
  document.addEventListener("click", ({ target }) => {
    if (menu && !menu.contains(target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu?.open) {
      menu.open = false;
      menu.firstElementChild.focus();
    }
    const box = document.getElementById("q");
    if (event.key !== "/" || !box || event.metaKey || event.ctrlKey || event.altKey || event.target.closest("input, select, dialog")) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}
