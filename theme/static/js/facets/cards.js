/* The exhibits on the wall and in lists: made from data and from <template id="hang">, kept as elements by SK number. In: how
   to fetch a chunk of cards; it may fail, and is asked again at the next call. Out: elements. What comes later, cloth and
   line of why, is details.js's. */

import { makeElement } from "./links.js";

/** See the returned functions. fetchChunk(chunk) → Promise of rows; numbers that differ in their last `bits` share a chunk. */
export function openCards(fetchChunk, bits, root) {
  const blank = root.querySelector("#hang").content;
  const rows = new Map(); // number → what its card shows
  const elements = new Map();
  const chunks = new Map();
  const threads = new Map(); // card → what hung in its cloth

  const loadChunk = (chunk) => fetchOnce(chunks, chunk, async () => {
    for (const row of await fetchChunk(chunk)) rows.set(row[0], row);
  });

  /** Can all these be made at once? */
  const has = (numbers) => numbers.every((number) => elements.has(number) || rows.has(number));

  /** Fetch what is missing of these. Rejects where any stays missing, after all that can come has come. */
  async function load(numbers) {
    const missing = numbers.filter((number) => !has([number]));
    await Promise.allSettled([...new Set(missing.map((number) => number >> bits))].map(loadChunk));
    if (!has(numbers)) throw new Error("cards missing");
  }

  /** The element of an exhibit, always the same one. The number must be in memory. */
  function make(number) {
    if (!elements.has(number)) elements.set(number, makeCard(blank, rows.get(number)));
    return elements.get(number);
  }

  /** Take over cards that the page came with. */
  function adopt(cards) {
    for (const card of cards) elements.set(numberOf(card), card);
  }

  /** Keep room for a line of why, or not. */
  function keepPlace(card, wanted) {
    const line = card.querySelector(".hang__why");
    if (!wanted) line?.remove();
    else if (!line) card.lastElementChild.append(makeElement("p", { className: "hang__why" }));
  }

  /** Take the threads off a cloth, or hang them again: they are most of what a row costs a browser. */
  function dress(card, on) {
    const cloth = card.querySelector(".cloth");
    const hung = cloth.firstChild;
    if (hung) threads.set(card, hung);
    if (!on) hung?.remove();
    else if (!hung && threads.has(card)) cloth.append(threads.get(card));
  }

  /** The row of an exhibit, whose last is the hash of its details. */
  async function rowOf(number) {
    if (!rows.has(number)) await loadChunk(number >> bits);
    return rows.get(number);
  }

  return { has, load, make, adopt, keepPlace, dress, rowOf };
}

/** The promise under a key; one that failed is forgotten. */
export function fetchOnce(promises, key, start) {
  if (!promises.has(key)) promises.set(key, start().catch((error) => {
    promises.delete(key);
    throw error;
  }));
  return promises.get(key);
}

function makeCard(blank, [number, slug, title, place, who, stage, reply, theme, accent]) {
  const card = blank.firstElementChild.cloneNode(true);
  const states = [`stage="${stage}"`, `reply="${reply}"`].map((key) => blank.querySelector(`[data-${key}]`));
  const [cloth, hem] = card.firstElementChild.children;
  cloth.className = `cloth th-${theme} ac-${accent}`;
  hem.className = `hem hem--${states[1].dataset.hem} th-${theme}`;
  card.querySelector(".no").textContent = `SK-${String(number).padStart(4, "0")}`;
  const [link, places] = shownTexts(card);
  link.textContent = title;
  link.setAttribute("href", `${link.getAttribute("href")}${slug}/`);
  places.textContent = place;
  places.nextElementSibling.textContent = who;
  card.querySelector(".hang__states").append(...states.map((one) => one.firstElementChild.cloneNode(true)));
  return card;
}

export function numberOf(card) {
  return Number(card.querySelector(".no").textContent.slice(3));
}

/** The link with the title, and the place. */
export function shownTexts(card) {
  return card.querySelectorAll("a, .hang__meta > :first-child");
}
