/* The kiosk: moves on every 15 seconds until someone stops it, and by keys, buttons and swipes (those are the browser's own
   scrolling). In: the slides of the page; `?bo-suu-tap=` and `?tinh=` choose among them. Nothing is fetched. Where motion
   is unwelcome it stands until it is started. Without this file the slides are a row to push sideways. */

const kiosk = document.getElementById("kiosk");
const track = kiosk.querySelector(".kiosk__track");
const bar = kiosk.querySelector(".kiosk__bar");
const progress = bar.querySelector("progress");
const count = bar.querySelector(".kiosk__count");
const buttons = bar.querySelectorAll("button");
const run = buttons[1];
const whole = buttons[3];
const still = matchMedia("(prefers-reduced-motion: reduce)");
const PERIOD = 15000;

let running = !still.matches;
let timer;
let aim = null; // the slide that is gliding in

/** The slides that the address asks for, a collection's in the order of its walk. */
function chooseSlides(slides) {
  const asked = new URLSearchParams(location.search);
  const place = asked.get("tinh");
  const walk = asked.get("bo-suu-tap");
  const placeOnWalk = ({ dataset }) => dataset.walks.split(" ").find((one) => one.startsWith(`${walk}:`))?.split(":")[1];
  let chosen = slides;
  if (place) chosen = chosen.filter(({ dataset }) => dataset.places.split(" ").includes(place));
  if (walk) chosen = chosen.filter(placeOnWalk).sort((one, other) => placeOnWalk(one) - placeOnWalk(other));
  return chosen;
}

/** Keep what was asked for; the first slide says what it is, or that there is nothing. */
function narrow() {
  const [start, ...slides] = track.children;
  const chosen = chooseSlides(slides);
  track.replaceChildren(start, ...chosen);
  start.querySelector(".kiosk__none").hidden = chosen.length > 0;
  start.querySelector(".kiosk__all").hidden = chosen.length < slides.length;
  for (const link of start.querySelectorAll("nav a")) {
    if (link.pathname !== location.pathname || link.search !== location.search) continue;
    link.setAttribute("aria-current", "page");
    if (link.search && chosen.length > 0) start.querySelector(".slide__start").textContent = link.firstElementChild.textContent;
  }
}

const current = () => Math.round(track.scrollLeft / track.clientWidth);

/** A step on or back from the slide that shows, or from one that is gliding in: keys can be faster than it. */
function turnBy(step) {
  const index = (aim ?? current()) + step;
  const last = track.children.length - 1;
  const target = index > last ? 0 : index < 0 ? last : index;
  const far = Math.abs(target - current()) > 1;
  aim = target;
  track.scrollTo({ left: target * track.clientWidth, behavior: far || still.matches ? "instant" : "smooth" });
  wait();
}

function wait() {
  clearTimeout(timer);
  if (running) timer = setTimeout(() => turnBy(1), PERIOD);
}

function setRunning(wanted) {
  running = wanted;
  run.textContent = running ? run.dataset.stop : run.dataset.run;
  wait();
}

/** The slides beside the screen are out of the keyboard's way; who reads with it is taken along. */
function holdOthers() {
  const shown = track.children[current()];
  if (!shown || !shown.inert && shown.dataset.held) return;
  const reads = track.contains(document.activeElement);
  for (const slide of track.children) {
    slide.inert = slide !== shown;
    slide.dataset.held = "";
  }
  if (reads && !shown.contains(document.activeElement)) shown.querySelector("a")?.focus({ preventScroll: true });
}

function showPlace() {
  holdOthers();
  progress.max = track.children.length - 1 || 1;
  progress.value = current();
  count.textContent = `${current()}/${track.children.length - 1}`;
}

/** After a swipe the full time begins anew. */
function noteScroll() {
  if (current() === aim) aim = null;
  showPlace();
  wait();
}

function readKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const steps = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
  if (!(event.key in steps)) return;
  event.preventDefault();
  turnBy(steps[event.key]);
}

narrow();
bar.hidden = false;
kiosk.classList.add("is-on");
buttons[0].addEventListener("click", () => turnBy(-1));
buttons[2].addEventListener("click", () => turnBy(1));
run.addEventListener("click", () => setRunning(!running));
track.addEventListener("scroll", noteScroll, { passive: true });
for (const hand of ["touchstart", "wheel"]) track.addEventListener(hand, () => (aim = null), { passive: true });
track.addEventListener("focusin", () => setRunning(false)); // someone reads: nothing moves away under the focus
document.addEventListener("keydown", readKey);
if (document.fullscreenEnabled) {
  whole.hidden = false;
  whole.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()));
  document.addEventListener("fullscreenchange", () => (whole.textContent = document.fullscreenElement ? whole.dataset.leave : whole.dataset.enter));
}
navigator.wakeLock?.request("screen").catch(() => {}); // the screen stays lit; where it may not, it goes dark in its time
showPlace();
setRunning(running);
