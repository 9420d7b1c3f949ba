/* The panel of filters: keeps check boxes and counts in step with the state. In: the form that the template made, with the
   choices in view at first, and rows of all in long lists; who ticks a box is heard by catalogue.js. Long lists show their first few
   choices and what is chosen; the box above the provinces finds the rest by any of their names. */

import { makeElement } from "./links.js";
import { foldText } from "../search/text.js";

const AT_ONCE = 16; // choices made in one task

/** `rows` by facet, as expo/render/views/facets.py makes them. It is made in parts, with a call of `takeBreath`, whose promise it
    awaits, between them. Returns a promise of { update(columns, counts, filters) }. */
export async function openPanel(form, rows, takeBreath) {
  const choices = new Map();
  const add = (item) => {
    const input = item.querySelector("input");
    choices.set(`${input.name}=${input.value}`, { input, item, count: item.querySelector(".n") });
  };
  for (const item of form.querySelectorAll("li")) add(item);
  for (const facet in rows) {
    const made = [];
    for (const row of rows[facet]) {
      const key = `${facet}=${row[0]}`;
      if (!choices.has(key)) {
        made.push(makeChoice(form, facet, row));
        add(made.at(-1));
        if (made.length % AT_ONCE === 0) await takeBreath();
      }
      choices.get(key).item.dataset.names = row[4];
    }
    await takeBreath();
    form.querySelector(`ul[data-facet="${facet}"]`).append(...made); // at once: each time the browser looks through the page's styles
    await takeBreath();
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  const lists = [...form.querySelectorAll("ul[data-facet]")].map((list) => openList(list));
  openPlaces(form, lists);
  const find = (facet, value) => choices.get(`${facet}=${value}`);
  return {
    update(columns, counts, filters) {
      for (const facet of columns.facets) {
        const chosen = filters.get(facet) || [];
        columns.values[facet].forEach((value, at) => updateChoice(find(facet, value), counts.get(facet)[at], chosen.includes(value)));
      }
      for (const list of lists) list.show();
    },
  };
}

/** The name of a choice that the page came with, or that is among the rows. */
export function labelOf(form, rows, facet, value) {
  const row = rows[facet]?.find(([one]) => one === value);
  return row ? row[1] : readLabel(form.querySelector(`[name="${facet}"][value="${value}"]`));
}

/** A choice that the page came without, made like the others. It waits unseen, out of the keyboard's reach, until its list is whole
    and shows what belongs in view. */
function makeChoice(form, facet, [value, label, number, note]) {
  const item = form.querySelector("li").cloneNode(true);
  const [input, text, count] = item.firstElementChild.children;
  item.firstElementChild.classList.toggle("opt--zero", number === 0);
  item.hidden = true;
  Object.assign(input, { name: facet, value, checked: false });
  text.replaceChildren(label, ...(note ? [makeElement("small", { textContent: note })] : []));
  count.textContent = number;
  return item;
}

/** The name of a choice, without the note and the count beside it. */
export function readLabel(input) {
  return input.nextElementSibling.firstChild.data;
}

/** Only what changes is written: counts come at every key. */
function updateChoice(choice, number, chosen) {
  choice.input.checked = chosen;
  if (choice.number === number) return;
  choice.number = number;
  choice.count.textContent = number;
  choice.item.firstElementChild.classList.toggle("opt--zero", number === 0);
}

/** A list that may be long: `show` hides what is beyond its limit or not found. */
function openList(element) {
  const items = [...element.children];
  const limit = Number(element.dataset.limit) || items.length;
  const more = element.nextElementSibling?.matches(".facet__more") ? element.nextElementSibling : null;
  const list = { element, more, wanted: "", whole: limit >= items.length, show };
  function show() {
    let matching = 0;
    items.forEach((item, at) => {
      const found = !list.wanted || isNamed(item, list.wanted);
      if (found) matching += 1;
      const inView = list.wanted ? found : list.whole || at < limit;
      item.hidden = !inView && !item.querySelector("input").checked;
    });
    if (more) more.hidden = element.hidden || list.whole || list.wanted !== "";
    return matching;
  }
  more?.addEventListener("click", () => {
    list.whole = true;
    show();
    items[limit].querySelector("input").focus();
  });
  show();
  return list;
}

function spaceWords(text) {
  return foldText(text).replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** True where a word of one of the choice's names begins with what was typed, spaces or not. */
function isNamed(item, wanted) {
  const names = [spaceWords(readLabel(item.querySelector("input"))), ...(item.dataset.names?.split("|") ?? [])];
  return names.some((name) => {
    return ` ${name}`.includes(` ${wanted}`) || name.replaceAll(" ", "").startsWith(wanted.replaceAll(" ", ""));
  });
}

/** The two lists of provinces: one at a time, and a box that finds by old and new names. */
function openPlaces(form, lists) {
  const places = lists.filter((list) => list.element.dataset.facet.startsWith("tinh"));
  const buttons = [...form.querySelectorAll("button[data-list]")];
  const box = form.querySelector(".facet__find");
  const nothing = form.querySelector(".facet__nothing");
  const find = () => {
    const wanted = spaceWords(box.value).replace(/^(tinh|tp|thanh pho) (?=.)/, "");
    for (const list of places) list.wanted = wanted;
    const matching = places.map((list) => list.show());
    nothing.hidden = matching[places.findIndex((list) => !list.element.hidden)] > 0;
  };
  const choose = (facet) => {
    for (const button of buttons) button.setAttribute("aria-pressed", button.dataset.list === facet);
    for (const list of places) list.element.hidden = list.element.dataset.facet !== facet;
    find();
  };
  box.addEventListener("input", find);
  for (const button of buttons) button.addEventListener("click", () => choose(button.dataset.list));
  const onlyOld = form.ownerDocument.location.search.includes("tinh-cu=") && !/[?&]tinh=/.test(form.ownerDocument.location.search);
  choose(onlyOld ? "tinh-cu" : "tinh");
}
