/* What every page gains from a script: `/` goes to the search box, Esc and a click elsewhere close the menu, an exhibit can
   be passed on and printed. In: the page as the build made it. Without this file nothing is missing but these shortcuts. */

const find = (id) => document.getElementById(id);

/** `/` goes to the search box, as long as nobody is typing. */
function focusSearch(event) {
  const input = find("q");
  const busy = event.target.closest?.("input, textarea, select, [contenteditable], dialog[open]");
  if (event.key !== "/" || !input || busy || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  input.focus();
  input.select();
}

function openMenu(menu) {
  const summary = menu.querySelector("summary");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    summary.focus();
  });
  document.addEventListener("click", ({ target }) => {
    if (!menu.contains(target)) menu.open = false;
  });
}

/** The address to pass on: the one for ever where the site knows it, else this one without what others appended. */
function ownAddress() {
  return document.querySelector("link[rel=canonical]")?.href || location.origin + location.pathname;
}

/** The phone's own sheet where there is one, else the address goes to the clipboard and the button says so. */
function openShare(button) {
  if (!navigator.share && !navigator.clipboard) return;
  const said = find("shared");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const url = ownAddress();
    try {
      if (navigator.share) await navigator.share({ title: document.title, url });
      else {
        await navigator.clipboard.writeText(url);
        said.textContent = button.dataset.done;
      }
    } catch {
      said.textContent = ""; // the visitor thought better of it, or the browser forbids it
    }
  });
}

/** A button that copies the words of the element it names, and says so beside itself. */
function openCopy(button) {
  if (!navigator.clipboard) return;
  const said = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(find(button.dataset.copy).innerText);
      said.textContent = button.dataset.done;
    } catch {
      said.textContent = ""; // the browser forbids it: the words can be marked by hand
    }
  });
}

function openPrint(button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

document.addEventListener("keydown", focusSearch);
for (const menu of document.querySelectorAll(".nav details")) openMenu(menu);
if (find("share")) openShare(find("share"));
for (const button of document.querySelectorAll("[data-copy]")) openCopy(button);
if (find("print")) openPrint(find("print"));
for (const link of document.querySelectorAll("a[data-whole]")) link.firstElementChild.textContent = link.href;
