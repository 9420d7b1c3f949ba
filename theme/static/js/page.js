/* What every page gains from a script: a long one is laid out in parts, `/` goes to the search box, Esc and a click elsewhere
   close the menu, an exhibit can be passed on and printed. In: the page as the build made it. Without this file nothing is
   missing but these. */

import { openLazy } from "./page/lazy.js";
import { openShortcuts } from "./page/shortcuts.js";

const find = (id) => document.getElementById(id);

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

/** Zalo passes no address on by a page of its own. On a phone its app takes one, by the links that Zalo's own button uses;
    elsewhere the address is copied, to be pasted in the page that opens. */
function openZalo(link) {
  const { address, done } = link.dataset;
  const text = encodeURIComponent(address);
  if (/Android/.test(navigator.userAgent)) {
    const fallback = encodeURIComponent(link.href);
    link.href = `intent://zaloapp.com/#Intent;action=android.intent.action.SEND;type=text/plain;S.android.intent.extra.SUBJECT=;S.android.intent.extra.TEXT=${text};B.hidePostFeed=false;B.backToSource=true;S.browser_fallback_url=${fallback};end`;
  } else if (/iPhone|iPad|iPod/.test(navigator.userAgent)) link.href = `zaloshareext://shareext?url=${text}&type=8&version=1`;
  else if (navigator.clipboard) {
    link.target = "_blank"; // what was copied is said on the page that stays
    link.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(address);
        find("zalo-said").textContent = done;
      } catch {
        find("zalo-said").textContent = ""; // the browser forbids it: the address is written out above
      }
    });
  }
}

function openPrint(button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

openLazy();
openShortcuts();
if (find("share")) openShare(find("share"));
for (const button of document.querySelectorAll("[data-copy]")) openCopy(button);
if (find("zalo")) openZalo(find("zalo"));
if (find("print")) openPrint(find("print"));
for (const link of document.querySelectorAll("a[data-whole]")) link.firstElementChild.textContent = link.href;
