/* Long pages in parts: what lies below the first screen is not laid out with it (`.lazy` in layout.css), which a slow phone
   would wait for, but a part a frame once the page is there. In: the page as the build made it. Without this file a part is
   laid out when it comes near. */

export function openLazy() {
  const parts = [...document.querySelectorAll(".lazy")];
  if (!parts.length) return;
  const show = (part) => part.classList.remove("lazy");
  const showNext = () => {
    if (parts.length) show(parts.shift());
    if (parts.length) requestAnimationFrame(showNext);
  };
  const [visit] = performance.getEntriesByType("navigation");
  const showAll = () => parts.splice(0).forEach(show);
  // Back, a reload and a link to a place within scroll down at once: to the right height, if all of it is laid out.
  document.addEventListener("click", ({ target }) => target.closest("a[href*='#']") && showAll(), true);
  if (location.hash || visit?.type !== "navigate") showAll();
  else addEventListener("load", () => requestAnimationFrame(showNext));
}
