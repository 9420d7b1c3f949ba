/* The switch between the 34 provinces and the 63, without leaving the page: fetches the other page, takes its main part and
   what its head says of where one is, keeps the place on the screen and the focus on the switch. In: the two links of .schemes. Without this file they are links. */

const SCHEMES = ".schemes a";
const AROUND = "body > :not(main) a, link[rel~=icon], link[rel~=apple-touch-icon]";
let here = location.pathname; // of the page that is shown
let turn = 0;

/** The address without the fragment that brings visitors without script down to the map. */
function mapAddress(link) {
  return link.href.replace(/#.*/, "");
}

/** Head and foot of the page stay; their links, relative to where one is, their marks of it and the way to the other language
    become the other page's. */
function followAround(other) {
  const theirs = other.querySelectorAll(AROUND);
  document.querySelectorAll(AROUND).forEach((link, at) => {
    for (const name of ["href", "aria-current"]) {
      const value = theirs[at]?.getAttribute(name);
      if (value) link.setAttribute(name, value);
      else link.removeAttribute(name);
    }
  });
}

async function showScheme(address, isNew, isWanted) {
  const answer = await fetch(address);
  const other = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!isWanted()) return;
  const main = other.querySelector("main");
  if (!answer.ok || !main.querySelector(SCHEMES)) throw new Error(address);
  if (isNew) history.pushState(null, "", address);
  here = location.pathname;
  const top = document.querySelector(SCHEMES).getBoundingClientRect().top;
  document.querySelector("main").replaceWith(document.adoptNode(main));
  document.title = other.title;
  followAround(other);
  const current = document.querySelector(SCHEMES + "[aria-current]");
  if (isNew) {
    scrollBy({ top: current.getBoundingClientRect().top - top, behavior: "instant" });
    current.focus({ preventScroll: true });
  }
}

/** A later switch overtakes one whose page is still on its way; so does whoever goes on in the history. */
function openScheme(address, isNew) {
  const mine = (turn += 1);
  const isWanted = () => mine === turn && (isNew || location.href === address);
  showScheme(address, isNew, isWanted).catch(() => isWanted() && location.assign(address));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(SCHEMES);
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (!link.hasAttribute("aria-current")) openScheme(mapAddress(link), true);
});
addEventListener("popstate", () => {
  if (location.pathname !== here) openScheme(location.href, false); // a link to a place on the page comes by here, too
});
