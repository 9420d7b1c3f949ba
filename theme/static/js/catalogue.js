/* The catalogue comes alive: the address is the state, every change draws it anew. In: the page as the build made it, with
   the addresses of its data and its words. Without this file, or where the data does not come, the page stays as it was. */

import { openCards } from "./facets/cards.js";
import { showChips } from "./facets/chips.js";
import { filterRows, openColumns, sortRows } from "./facets/columns.js";
import { showPager } from "./facets/pager.js";
import { openPanel } from "./facets/panel.js";
import { fillWords, makeNotes, showCount, showEmpty, showNotes } from "./facets/results.js";
import { openSheet } from "./facets/sheet.js";
import { LONGEST_QUERY, countChosen, defaultSort, readState, toggleValue, writeState } from "./facets/state.js";
import { openIndex, searchIndex } from "./search/engine.js";

const PAUSE = 120; // milliseconds between the last key and the search

const find = (id) => document.getElementById(id);
const root = find("catalogue");
const words = JSON.parse(find("words").textContent);
const input = find("q");
const pageSize = Number(root.dataset.pageSize);
const page = { wall: find("wall"), count: find("count"), notes: find("notes"), empty: find("empty"), pager: find("pager") };

let columns, load, panel, state, ignored, index; // set once by start(), state by every change
let typing = false;
let drawing = 0;

async function fetchJson(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response.json();
}

function loadIndex() {
  index ??= fetchJson(root.dataset.index).then(openIndex).catch((error) => {
    index = undefined; // the next query asks again
    throw error;
  });
  return index;
}

/** Draw the state. A later call overtakes one that still waits for its data. */
async function draw() {
  const turn = (drawing += 1);
  const answer = state.q.trim() ? searchIndex(await loadIndex(), state.q, typing) : null;
  if (turn !== drawing) return;
  const scores = answer && answer.scores;
  const { rows, counts } = filterRows(columns, state.filters, scores);
  const last = Math.max(1, Math.ceil(rows.length / pageSize));
  state.page = Math.min(state.page, last);
  const sort = state.sort || defaultSort(state.q);
  const shown = sortRows(columns, rows, sort, scores).slice((state.page - 1) * pageSize, state.page * pageSize);
  const cards = await load(shown);
  if (turn !== drawing) return;

  panel.update(columns, counts, state.filters);
  showCount(page.count, rows.length, columns.count, words);
  showChips(find("chips"), state, panel.labelOf, words);
  const places = [...chosenValues(), ...(answer ? answer.places : [])];
  showNotes(page.notes, makeNotes(answer, ignored, places.map(([facet, value]) => panel.noteOf(facet, value)), words));
  page.empty.hidden = rows.length > 0;
  if (rows.length === 0) showEmpty(page.empty, state, words);
  page.wall.replaceChildren(...cards);
  showPager(page.pager, state, last, words);
  drawControls(sort, rows.length);
  root.removeAttribute("aria-busy");
}

function chosenValues() {
  return [...state.filters].flatMap(([facet, values]) => values.map((value) => [facet, value]));
}

function drawControls(sort, found) {
  const chosen = countChosen(state);
  find("sort").value = sort;
  find("sort").options[0].hidden = !state.q.trim();
  find("open-sheet-text").textContent = chosen ? fillWords(words.filters_count, { count: chosen }) : words.filters;
  find("show-results").textContent = fillWords(words.show, { found });
  find("clear-sheet").disabled = chosen === 0;
}

/** Go to another state: a new entry in the history, or with `replace` the same one. */
function go(next, replace = false) {
  state = next;
  ignored = [];
  const query = writeState(state);
  if (replace || query === location.search) history.replaceState({ typing }, "", location.pathname + query);
  else history.pushState({ typing }, "", location.pathname + query);
  return draw().catch(fail);
}

function readAddress() {
  ({ state, ignored } = readState(location.search, columns));
  input.value = state.q;
}

function fail() {
  root.removeAttribute("aria-busy");
  showNotes(page.notes, [words.failed]);
}

function listen() {
  let pause;
  const search = (keys) => {
    clearTimeout(pause);
    typing = keys;
    const replace = Boolean(history.state?.typing); // the first key makes an entry; the others and Enter keep to it
    go({ ...state, q: input.value.slice(0, LONGEST_QUERY), page: 1 }, replace);
  };
  input.addEventListener("focus", () => loadIndex().catch(() => {}));
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(search, PAUSE, true);
  });
  input.addEventListener("change", () => typing && search(false));
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    search(false);
  });
  find("sort").addEventListener("change", ({ target }) => go({ ...state, sort: target.value, page: 1 }));
  find("clear-sheet").addEventListener("click", () => go({ ...state, filters: new Map(), page: 1 }));
  document.addEventListener("click", followLink);
  find("sheet").addEventListener("close", showFound);
  addEventListener("popstate", () => {
    typing = false;
    readAddress();
    draw().catch(fail);
  });
}

/** Links to a state of this page are followed in place; with a modifier the browser opens them as any other. */
function followLink(event) {
  const link = event.target.closest?.("a[data-state]");
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  typing = false;
  const turned = page.pager.contains(link);
  const next = readState(link.search, columns).state;
  if (next.q !== state.q) input.value = next.q;
  go(next).then(() => {
    if (turned) page.count.scrollIntoView();
    if (turned || !link.isConnected) page.count.focus({ preventScroll: true });
  });
}

/** "Show N results" leads to them; Esc and the cross lead back to the button that opened the sheet. */
function showFound({ target }) {
  if (target.returnValue !== "show") return;
  page.count.scrollIntoView();
  page.count.focus({ preventScroll: true });
}

async function start() {
  if (location.search) root.setAttribute("aria-busy", "true");
  const address = new URL(root.dataset.columns, location.href);
  columns = openColumns(await fetchJson(address));
  load = openCards(columns.cards, columns.per_file, address, page.wall.children);
  const form = find("facets");
  panel = openPanel(form, (facet, value, chosen) => go(toggleValue(state, facet, value, chosen)));
  for (const element of document.querySelectorAll("[data-live]")) element.hidden = false;
  openSheet(find("sheet"), form, find("filters"), find("open-sheet"));
  root.classList.add("is-live");
  readAddress();
  listen();
  await draw();
}

start().catch(fail);
