/* What the catalogue needs once its first answers stand: filters with their counts, orders, chips, suggestions. A file of its
   own, so that answers do not wait for it: catalogue.js fetches it and hears of it by the event "expo:extras". In: the page
   and what catalogue.js hands to openExtras. Out: the functions that it returns. */

import { fetchOnce, shownTexts } from "./facets/cards.js";
import { showChips } from "./facets/chips.js";
import { filterRows, openColumns, openOrder, sortRows } from "./facets/columns.js";
import { openDetails } from "./facets/details.js";
import { labelOf, openPanel } from "./facets/panel.js";
import { fillWords } from "./facets/results.js";
import { openSheet } from "./facets/sheet.js";
import { readState, toggleValue, writeState } from "./facets/state.js";
import { openCombobox } from "./search/combobox.js";
import { listWanted } from "./search/marks.js";
import { openNames, suggestNames, suggestNumbers } from "./search/suggest.js";

const SUGGESTED = 4; // exhibits among the suggestions
const MARKED = 5; // cards in one task
const FEW = 100; // exhibits of which all cards are fetched once there is time, some KB: later queries wait for their words alone

/** `exhibits(text)`: the numbers that a running answer to the text shows. */
function openExtras({ root, state, words, cards, go, known, ignore, exhibits, fetchBytes, fetchDetails, takeBreath }) {
  const find = (id) => document.getElementById(id);
  const input = find("q");
  const form = find("facets");
  const tongue = document.querySelector(".tongue");
  const elsewhere = tongue?.getAttribute("href");
  const orders = {};
  const files = new Map();
  let columns, panel;
  let names = []; // of places and themes, which come with the columns
  const details = openDetails(cards, fetchDetails);
  const takeStep = openSheet(find("sheet"), form, find("filters"), find("open-sheet"));

  find("clear-sheet").addEventListener("click", () => go({ ...state, filters: new Map(), page: 1 }, takeStep()));
  find("sheet").addEventListener("close", ({ target }) => { // "Show N results" leads to them, Esc and the cross to the button that opened it
    if (target.returnValue !== "show") return;
    find("count").scrollIntoView();
    find("count").focus({ preventScroll: true });
  });

  /** An exhibit in memory as a suggestion. */
  const makeSuggestion = (number) => {
    const [link] = shownTexts(cards.make(number));
    return { kind: "exhibit", number, title: link.textContent, href: link.getAttribute("href") };
  };

  /** Places, themes, a number, and the best exhibits so far, for what stands in the box. */
  const suggest = (text) => {
    const numbers = [...suggestNumbers(text, (number) => cards.has([number])), ...exhibits(text).slice(0, SUGGESTED)];
    return [...suggestNames(names, text), ...[...new Set(numbers)].map(makeSuggestion)];
  };
  const choose = ({ facet, value }) => {
    input.value = "";
    go(toggleValue({ ...state, q: "" }, facet, value, true));
  };
  const combobox = openCombobox(input, { suggest, choose, words });
  if (document.activeElement === input && input.value && history.state?.typing) setTimeout(() => input.dispatchEvent(new Event("input"))); // typed before

  const loadColumns = () => fetchOnce(files, "facets", async () => {
    columns = openColumns(await fetchBytes(new URL(root.dataset.facets, location.href)));
    for (const facet of columns.facets) known.set(facet, columns.position.get(facet));
    const read = readState(writeState(state), known); // any value was taken for one until now
    state.filters = read.state.filters;
    ignore(read.ignored);
  });

  /** A part at a time: in one it would hold a phone up for a tenth of a second. */
  const loadPanel = () => fetchOnce(files, "panel", async () => {
    await loadColumns();
    await takeBreath();
    panel = await openPanel(form, columns.choices, takeBreath);
    await takeBreath();
    names = openNames(form);
    combobox.refresh();
  });
  loadPanel().catch(() => {}); // whoever needs them asks again, and hears of it

  const loadOrder = (store, sort) => fetchOnce(files, sort, async () => {
    const bytes = await fetchBytes(new URL(store.orders[sort], store.base));
    await loadColumns();
    orders[sort] = openOrder(bytes, columns);
  });

  /** Numbers in order, or null and all that must be loaded first: [rows, ...loads]. */
  const list = (store, sort, scores) => {
    const isOrdered = orders[sort] || !store.orders[sort];
    if (!columns || !isOrdered) return [null, ...(columns ? [] : [loadColumns]), ...(isOrdered ? [] : [() => loadOrder(store, sort)])];
    return [sortRows(columns, filterRows(columns, state.filters, scores).rows, sort, scores, orders[sort])];
  };

  const showControls = (found) => {
    const chosen = [...state.filters.values()].flat().length;
    showChips(find("chips"), state, (facet, value) => labelOf(form, columns.choices, facet, value), words);
    find("open-sheet-text").textContent = chosen ? fillWords(words.filters_count, { count: chosen }) : words.filters;
    find("show-results").textContent = fillWords(words.show, { found });
    find("clear-sheet").disabled = chosen === 0;
    tongue?.setAttribute("href", elsewhere + writeState(state)); // the same view in the other language
    combobox.refresh();
  };

  /** The counts of the filters; they may come a moment later. */
  const showCounts = async (scores, isStill) => {
    await loadPanel();
    if (!isStill()) return;
    panel.update(columns, filterRows(columns, state.filters, scores).counts, state.filters);
    if (columns.count <= FEW) cards.load(columns.numbers).catch(() => {}); // who needs one asks again
  };

  /** Marks, cloths and lines of why, of a few cards at a time. */
  const showDetails = async (numbers, answer, isStill) => {
    const wanted = answer ? listWanted(answer) : [];
    for (const [at, number] of numbers.entries()) {
      if (wanted.length > 0 && at % MARKED === 0) await takeBreath();
      if (!isStill()) return;
      details.show(cards.make(number), wanted);
    }
  };

  return { list, showControls, showCounts, showDetails, takeStep };
}

dispatchEvent(new CustomEvent("expo:extras", { detail: openExtras }));
