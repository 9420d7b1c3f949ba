/* What the visitor sees of an answer: heading, notes, wall or empty state, pager. In: rows and words. Draws only;
   what to draw is decided in catalogue.js. Texts go in as text. */

import { makeLink } from "./chips.js";

/** Put values in the places {named} in a sentence. */
export function fillWords(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

/** Say how many; only a change is written, so that it is read out once. */
export function showCount(heading, found, all, words) {
  const text = fillWords(found === all ? words.count_all : words.count, { found, all });
  if (heading.textContent !== text) heading.textContent = text;
}

/** Notes about the answer, one paragraph each. */
export function showNotes(box, notes) {
  box.replaceChildren(...notes.map((note) => Object.assign(document.createElement("p"), { textContent: note })));
  box.hidden = notes.length === 0;
}

/** The sentences that an answer needs: mended words, what was left out, places that have a new name. */
export function makeNotes(answer, ignored, placeNotes, words) {
  const notes = [];
  if (ignored.length > 0) notes.push(fillWords(words.ignored, { values: ignored.join(", ").slice(0, 200) }));
  if (answer?.mended.length > 0) {
    const [typed, used] = [0, 1].map((at) => answer.mended.map((pair) => pair[at]).join(" "));
    notes.push(fillWords(words.slip, { typed, used }));
  }
  if (answer?.most) notes.push(words.most);
  if (answer?.cut) notes.push(words.cut);
  return [...notes, ...new Set(placeNotes.filter(Boolean))];
}

/** The empty state: one sentence and one thing to do. */
export function showEmpty(box, state, words) {
  const filtered = state.filters.size > 0;
  const next = filtered ? { ...state, filters: new Map(), page: 1 } : { ...state, q: "", page: 1 };
  const inner = document.createElement("div");
  const sentence = document.createElement("p");
  sentence.textContent = filtered ? words.empty_filters : words.empty_query;
  const action = document.createElement("p");
  action.append(makeLink("", filtered ? words.clear_filters : words.see_all, next));
  inner.append(sentence, action);
  box.replaceChildren(inner);
}
