/* The whole picture over the page. In: .gallery, whose figures are links to pictures, with the words of its buttons in
   data attributes. Out: a <dialog>: arrow keys or a swipe lead on, Esc closes it, and focus goes back to the picture that
   was looked at last. A click meant for a new tab stays a link; so does every picture where this script does not run. */

const SWIPE = 40; // pixels sideways
const gallery = document.querySelector(".gallery");
const figures = [...(gallery?.querySelectorAll("figure") ?? [])];

/** Who saves data gets the smallest file of each picture, whatever the screen could show. */
if (navigator.connection?.saveData) for (const source of gallery?.querySelectorAll("source") ?? []) source.sizes = "1px";

function makeButton(words, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = words;
  button.addEventListener("click", act);
  return button;
}

function makeZoom() {
  const zoom = document.createElement("dialog");
  const about = document.createElement("p");
  const row = document.createElement("div");
  let at = 0;
  let touched = null;

  function show(number) {
    at = (number + figures.length) % figures.length;
    const picture = figures[at].querySelector("picture").cloneNode(true);
    for (const source of picture.querySelectorAll("source")) source.sizes = "100vw";
    const image = picture.querySelector("img");
    image.src = figures[at].querySelector("a").href;
    image.loading = "eager";
    about.textContent = figures[at].querySelector("figcaption").textContent;
    image.alt = ""; // the words stand below it
    zoom.querySelector("picture")?.remove(); // the buttons stay, or the focus would go
    zoom.prepend(picture);
  }

  const { close, next, previous, whole } = gallery.dataset;
  const several = figures.length > 1;
  zoom.className = "zoom";
  zoom.setAttribute("aria-label", whole);
  about.setAttribute("aria-live", "polite");
  row.className = "actions";
  if (several) row.append(makeButton(previous, () => show(at - 1)));
  row.append(makeButton(close, () => zoom.close()));
  if (several) row.append(makeButton(next, () => show(at + 1)));
  zoom.addEventListener("keydown", ({ key }) => {
    if (key === "ArrowRight") show(at + 1);
    if (key === "ArrowLeft") show(at - 1);
  });
  zoom.addEventListener("touchstart", ({ touches }) => {
    touched = touches.length === 1 ? touches[0].clientX : null;
  }, { passive: true });
  zoom.addEventListener("touchend", ({ changedTouches }) => {
    const moved = touched === null ? 0 : changedTouches[0].clientX - touched;
    if (several && Math.abs(moved) > SWIPE) show(at + (moved < 0 ? 1 : -1));
  });
  zoom.addEventListener("close", () => figures[at].querySelector("a").focus());
  zoom.append(about, row);
  document.body.append(zoom);
  return (number) => {
    show(number);
    zoom.showModal();
    row.querySelector(`:nth-child(${several ? 2 : 1})`).focus();
  };
}

if (figures.length && window.HTMLDialogElement) {
  const open = makeZoom();
  for (const [number, figure] of figures.entries()) {
    figure.querySelector("a").addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      open(number);
    });
  }
}
