/* The catalogue comes alive: the address is the state, every change draws it anew. In: the page as the build made it, with
   the addresses of its data and its words. A view is drawn in the very event that asks for it if all it needs is here; else
   what is missing is fetched, and it is drawn again. Answers to a query come before facets, and those before covers and
   lines of why. Without this file, or where the data does not come, the page stays as it was. */

import { openCards } from "./facets/cards.js";
import { makeElement } from "./facets/links.js";
import { showPager } from "./facets/pager.js";
import { makeNotes, showCount, showEmpty, showNotes } from "./facets/results.js";
import { LONGEST_QUERY, defaultSort, readState, sortOf, toggleValue, writeState } from "./facets/state.js";
import { openShortcuts } from "./page/shortcuts.js";
import { parseQuery } from "./search/query.js";
import { rankQuery } from "./search/rank.js";
import { fetchBytes, fetchJson, openStore } from "./search/store.js";

const LOWEST_ROW = 160; // pixels that a row of a list has at least
const STILL = 250; // milliseconds without a key until what may come later is fetched and drawn: it must not keep the next one waiting
const PAUSE = 200; // milliseconds after a key before files are fetched: words in the making are not worth theirs

const find = (id) => document.getElementById(id);
const root = find("catalogue");
const words = JSON.parse(find("words").textContent);
const input = find("q");
const page = { wall: find("wall"), count: find("count"), notes: find("notes"), empty: find("empty"), pager: find("pager") };
const resolve = (address) => new URL(address, location.href).href;

const known = new Map(); // facet → its values, once the columns tell; until then any may be one
const state = {};
const lost = new Set(); // numbers whose cards did not come
const ahead = new Map(); // address → bytes to come that extras.js will ask for
let cards, ignored;
let store, extras; // once they are here
let attempts = 0;
let whole = null; // the last answer that lacks nothing, for as long as the query stays
let answer = null; // to the query of the last view
let shown = []; // numbers of its page
let typing = false;
let turn = 0;
let rest; // timer of what may come later
let inView = 10; // rows, at most
let unwritten = null; // the address of what is being typed

const loadStore = onceAtATime(async () => (store ??= await openStore(resolve(root.dataset.root))));
const loadExtras = onceAtATime(async () => extras ?? new Promise(fetchExtras));

function fetchAhead(address) {
  const href = resolve(address);
  if (ahead.has(href)) return;
  ahead.set(href, fetchBytes(href));
  ahead.get(href).catch(() => {}); // whoever takes it hears of it
}

/** The bytes of a file, which may be on their way. */
function takeBytes(address) {
  const href = resolve(address);
  const bytes = ahead.get(href) ?? fetchBytes(href);
  ahead.delete(href);
  return bytes;
}

/** A module that failed is never fetched again under the same address; one that is damaged comes, and says nothing. */
function fetchExtras(done, failed) {
  const src = resolve(root.dataset.extras + (attempts++ ? `?${attempts}` : ""));
  fetchAhead(root.dataset.facets); // which it will ask for
  addEventListener("expo:extras", ({ detail: openExtras }) => {
    extras ??= openExtras({ root, state, words, cards, go: goElsewhere, known, ignore, exhibits, fetchBytes: takeBytes, fetchDetails, takeBreath });
    done();
  }, { once: true });
  document.head.append(makeElement("script", { type: "module", src, onload: failed, onerror: failed }));
}

/** Whoever asks while it is under way gets the same promise; one that failed is asked for anew. */
function onceAtATime(load) {
  let running;
  return () => (running ??= load().finally(() => (running = null)));
}

/** Draw the state if all it needs is here. Returns what must be done first, all at once, or nothing. */
function tryDraw() {
  const q = state.q.trim();
  const sort = sortOf(state);
  const byScore = sort === "phu-hop" && state.filters.size === 0;
  const needs = [];
  if (!store) needs.push(loadStore);
  const found = q && store ? askStore(q) : null;
  if (q && store && !found) needs.push(() => store.fetchMissing());
  if (!byScore && !extras) needs.push(loadExtras);
  const [rows, ...loads] = byScore ? [found?.numbers] : (extras && store && extras.list(store, sort, found?.scores)) || [];
  needs.push(...loads);
  if (needs.length > 0) return needs;

  const size = Number(root.dataset[q ? "resultsSize" : "pageSize"]);
  const last = Math.max(1, Math.ceil(rows.length / size));
  const at = Math.min(state.page, last);
  const numbers = rows.slice((at - 1) * size, at * size).filter((number) => !lost.has(number));
  if (!cards.has(numbers)) return [() => loadCards(numbers)];
  state.page = at;
  [answer, shown] = [found, numbers];
  paint(rows.length, last, sort);
  const hurried = typing; // it may end before the rest is drawn
  const controls = extras && !hurried; // nothing may move below a hand that is not at the keys
  if (controls) extras.showControls(rows.length);
  const mine = turn;
  const late = () => {
    showLate();
    if (hurried && mine === turn) showPager(page.pager, state, last, words);
    paintRest(mine, rows.length, controls);
  };
  afterPaint(() => {
    clearTimeout(rest); // of an answer that nobody sees any more
    if (typing) rest = setTimeout(late, STILL);
    else late();
  });
  return found?.isFirst ? [() => store.fetchMissing()] : null;
}

/** Let the browser do what waits: in one task, what a link brings would hold a phone up. */
function takeBreath() {
  return new Promise((done) => setTimeout(done));
}

/** When what has been drawn has been seen, and a key that was pressed meanwhile has been served. */
function afterPaint(act) {
  requestAnimationFrame(() => setTimeout(() => setTimeout(act)));
}

async function loadCards(numbers) {
  await cards.load(numbers).catch(() => numbers.forEach((number) => cards.has([number]) || lost.add(number)));
}

function askStore(q) {
  if (whole?.asked === state.q && whole.typing === typing) return whole;
  store.missing.clear(); // what words in the making wanted
  const found = rankQuery(store, parseQuery(q, store.units), typing);
  if (found) Object.assign(found, { asked: state.q, typing });
  whole = found?.isFirst ? null : found;
  return found;
}

/** What a visitor waits for. */
function paint(found, last, sort) {
  const list = state.q.trim() !== "";
  page.wall.className = list ? "wall wall--list" : "wall wall--3";
  shown.forEach((number, at) => { // what stays where it was is not laid out anew
    const element = cards.make(number);
    cards.keepPlace(element, answer?.parts.length > 0);
    const next = page.wall.children[at];
    if (next === element) return;
    element.classList.toggle("is-late", list && typing && at >= inView);
    cards.dress(element, !(list && typing));
    page.wall.insertBefore(element, next ?? null);
  });
  while (page.wall.children.length > shown.length) page.wall.lastElementChild.remove();
  showCount(page.count, found, Number(root.dataset.total), words);
  const chosen = [...state.filters].flatMap(([facet, values]) => values.map((value) => [facet, value]));
  const told = [...chosen, ...(answer?.places ?? [])].map((place) => store.told[place.join("/")]);
  showNotes(page.notes, makeNotes({ state, answer: found > 0 ? answer : null, ignored, told, broken: store.broken || lost.size > 0 }, words));
  page.empty.hidden = found > 0;
  if (found === 0) showEmpty(page.empty, state, words);
  if (!typing) showPager(page.pager, state, last, words); // who types does not look there yet
  if (find("sort").value !== sort) find("sort").value = sort;
  find("sort").options[0].hidden = !list;
  root.removeAttribute("aria-busy");
}

/** Rows below the view are laid out, and new rows get their cloths back, once what is in view has been seen: while someone
    types, that is most of the work. */
function showLate() {
  inView = Math.ceil((innerHeight - page.wall.getBoundingClientRect().top) / LOWEST_ROW);
  for (const row of page.wall.children) {
    row.classList.remove("is-late");
    cards.dress(row, true);
  }
}

/** What may come a moment later: chips, suggestions, covers, lines of why, then the counts of the filters. */
async function paintRest(mine, found, controls) {
  const isStill = () => mine === turn;
  try {
    if (isStill()) await loadExtras(); // else whoever types would wait for it
    if (!isStill()) return;
    if (!controls) extras.showControls(found);
    await extras.showDetails(shown, answer, isStill);
    await extras.showCounts(answer?.scores, isStill);
  } catch {
    if (isStill()) fail();
  }
}

/** Draw the state; a later call overtakes one that still waits for its data. With `pause` fetching waits so long. */
async function draw(pause = 0) {
  const mine = (turn += 1);
  let needs = tryDraw();
  try {
    if (needs && pause) {
      await new Promise((done) => setTimeout(done, pause));
      if (mine === turn) needs = tryDraw(); // some of it may have come by now
    }
    while (needs && mine === turn) {
      root.setAttribute("aria-busy", "true");
      await Promise.race(needs.map((load) => load())); // what came first may tell what else is missing
      await takeBreath();
      if (mine === turn) needs = tryDraw();
    }
  } catch {
    if (mine === turn) fail();
  }
}

/** What the columns do not have. */
function ignore(values) {
  ignored.unshift(...values);
}

/** Go to another state: a new entry in the history, or with `replace`, or where the address stays, the same one. */
function go(next, replace = false, pause = 0) {
  Object.assign(state, next);
  if (state.sort === defaultSort(state.q)) state.sort = ""; // the address does not tell it, so it must not outlive the query
  ignored = [];
  const query = writeState(state);
  if (replace) {
    if (typing && unwritten === null) afterPaint(writeAddress); // a browser takes longer for it than we for the answer
    unwritten = query;
    if (!typing) writeAddress();
  } else if (query !== location.search) {
    history.pushState({ typing }, "", location.pathname + query);
  }
  return draw(pause);
}

/** What was typed gets its address: a moment later, or before anything else happens to it. */
function writeAddress() {
  history.replaceState({ typing }, "", location.pathname + (unwritten ?? location.search));
  unwritten = null;
}

/** What was being typed keeps its entry; what is typed from now on makes another. */
function endTyping() {
  typing = false;
  writeAddress();
}

function goElsewhere(next, replace) {
  endTyping();
  return go(next, replace);
}

function readAddress() {
  const read = readState(location.search, known);
  Object.assign(state, read.state);
  ignored = read.ignored;
  input.value = state.q;
}

/** Say what did not come, with a way to ask again; what is on the page stays. */
function fail() {
  root.removeAttribute("aria-busy");
  showNotes(page.notes, [{ text: words.failed, action: words.retry, retry: true }]);
}

async function retry() {
  store?.retry();
  whole = null;
  lost.clear();
  await draw();
  if (document.activeElement === document.body) page.count.focus({ preventScroll: true }); // the button has gone
}

/** The numbers that the running answer to a text shows. */
function exhibits(text) {
  return answer?.asked === text.slice(0, LONGEST_QUERY) ? shown : [];
}

async function fetchDetails(number, hash) {
  return fetchJson(new URL(`d/${number}-${hash}.bin`, (await loadStore()).base));
}

function listen() {
  const search = (keys) => {
    const replace = history.state?.typing; // the first key makes an entry; the others and Enter keep to it
    if (!keys) endTyping();
    typing = keys;
    let q = input.value.slice(0, LONGEST_QUERY);
    if (keys && q.trim().length === 1) { // no word yet, and few have one letter
      if (!state.q) return;
      q = "";
    }
    go({ ...state, q, page: 1 }, replace, keys ? PAUSE : 0);
    if (q.endsWith(" ")) store?.fetchMissing(); // these words are whole, and will be wanted
  };
  input.addEventListener("focus", () => loadStore().catch(() => {}));
  input.addEventListener("input", () => search(true));
  input.addEventListener("change", endTyping); // and nothing is drawn: what is being tapped must stay where it is
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    search(false);
    if (!matchMedia("(pointer: coarse)").matches) return;
    input.blur(); // a keyboard on glass would cover the answers
    page.count.scrollIntoView();
  });
  find("sort").addEventListener("change", ({ target }) => goElsewhere({ ...state, sort: target.value, page: 1 }));
  document.addEventListener("click", followLink);
  addEventListener("popstate", () => {
    unwritten = null;
    typing = false;
    readAddress();
    draw();
  });
}

/** Links to a state of this page are followed in place; with a modifier the browser opens them as any other. */
function followLink(event) {
  if (event.target.closest(".notes__retry")) retry();
  const link = event.target.closest("a");
  if (!link) return;
  endTyping();
  if (!("state" in link.dataset) || event.button || event.shiftKey || event.metaKey || event.ctrlKey || event.altKey) return;
  event.preventDefault();
  const turned = page.pager.contains(link);
  const goes = find("chips").contains(link); // once the filters are drawn
  const next = readState(link.search, known).state;
  if (next.q !== state.q) input.value = next.q;
  goElsewhere(next).then(() => {
    if (turned) page.count.scrollIntoView();
    if (turned || goes || !link.isConnected) page.count.focus({ preventScroll: true });
  });
}

/** Filters work from the first touch on: what they need is fetched then, if no answer has brought it before. */
function awaitFilters() {
  const form = find("facets");
  const open = find("open-sheet");
  const load = () => loadExtras().catch(() => {});
  for (const part of [form, open]) for (const kind of ["pointerover", "focusin", "input"]) part.addEventListener(kind, load);
  form.addEventListener("change", ({ target: { name, value, checked } }) => {
    if (known.has(name)) goElsewhere(toggleValue(state, name, value, checked), extras?.takeStep());
  });
  open.addEventListener("click", () => {
    if (!extras) loadExtras().then(() => open.click(), fail);
  });
}

function start() {
  const fetchChunk = async (chunk) => fetchJson((await loadStore()).addressOf("c", chunk));
  for (const list of find("facets").querySelectorAll("ul")) known.set(list.dataset.facet, { has: () => true });
  cards = openCards(fetchChunk, Number(root.dataset.chunkBits), document);
  cards.adopt(page.wall.children);
  for (const element of document.querySelectorAll("[data-live]")) element.hidden = false;
  root.classList.add("is-live");
  const early = input.value; // typed before this file was here
  readAddress();
  listen();
  awaitFilters();
  if (location.search) {
    root.setAttribute("aria-busy", "true"); // a frame before the answers: what was seen is gone when they move it
    // What is fetched for them must not keep the page from being seen.
    afterPaint(isSeen ? draw : () => afterPaint(draw));
  }
  if (early && early !== state.q) {
    input.value = early;
    input.dispatchEvent(new Event("input"));
  }
}

openShortcuts();
const isSeen = performance.getEntriesByType("paint")[0];
if (isSeen) setTimeout(start); // else at once: what has been seen would move
else start();
