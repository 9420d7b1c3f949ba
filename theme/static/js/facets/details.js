/* What a card shows once it is near the view: its cloth, the words that a query found marked, and the line that says why. In:
   the cards, and how to fetch the details of one. The cloth of our own data files is the only thing that is ever read as
   HTML. Places are kept free for what comes, so nothing moves. */

import { fetchOnce, numberOf, shownTexts } from "./cards.js";
import { makeElement } from "./links.js";
import { markText, pickLine } from "../search/marks.js";

const NEAR = "200px"; // from the edge of the view

/** Returns { show(card, wanted) }. fetchDetails(number, hash) → Promise of details. */
export function openDetails(cards, fetchDetails) {
  const queries = new Map(); // number → the wanted words of the last query
  const details = new Map();
  const loadDetails = (number) => fetchOnce(details, number, async () => {
    return fetchDetails(number, (await cards.rowOf(number)).at(-1));
  });

  /** Mark what a query wanted (see marks.js), none: unmark; cloth and line of why follow when the card is near the view. */
  function show(card, wanted) {
    queries.set(numberOf(card), wanted);
    showMarks(card, wanted);
    cards.keepPlace(card, wanted.length > 0);
    watcher.unobserve(card);
    if (wanted.length || !clothOf(card).firstChild) watcher.observe(card);
  }

  const watcher = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting) fill(target).catch(() => {}); // the card stays as it is; the next time it comes near asks again
    }
  }, { rootMargin: NEAR });

  async function fill(card) {
    const found = await loadDetails(numberOf(card));
    watcher.unobserve(card); // or it would be filled again, with the words of this query, whenever it comes back into the list
    const wanted = queries.get(numberOf(card));
    const cloth = clothOf(card);
    if (!cloth.firstChild) cloth.append(makeElement("template", { innerHTML: found.cover }).content);
    if (!wanted.length) return;
    found.title ??= [...shownTexts(card)].map((element) => element.textContent).join("\n");
    const line = pickLine(found, wanted);
    showMarks(card, line.wanted);
    showParts(card.querySelector(".hang__why"), line.parts);
  }

  return { show };
}

function clothOf(card) {
  return card.querySelector(".cloth");
}

function showMarks(card, wanted) {
  for (const element of shownTexts(card)) showParts(element, markText(element.textContent, wanted));
}

function showParts(element, parts) {
  element.replaceChildren(...parts.map(([text, isMatch]) => isMatch ? makeElement("mark", { textContent: text }) : text));
}
