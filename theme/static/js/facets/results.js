/* What the visitor sees around an answer: heading, notes, empty state. In: rows and words. Draws only;
   what to draw is decided in catalogue.js. Texts go in as text. */

import { makeElement, makeLink } from "./links.js";

/** Put values in the places {named} in a sentence. */
export function fillWords(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Say how many; only a change is written, so that it is read out once. */
export function showCount(heading, found, all, words) {
  const text = fillWords(found === all ? words.count_all : words.count, { found, all });
  if (heading.textContent !== text) heading.textContent = text;
}

/** Notes about the answer, a paragraph each: { text, action, state or retry }, the action a link to that state or a button. */
export function showNotes(box, notes) {
  if (box.hidden && notes.length === 0) return;
  box.replaceChildren(...notes.map(({ text, action, state, retry }) => {
    const note = makeElement("p", { textContent: `${text} ` });
    if (state) note.append(makeLink("", action, state));
    if (retry) note.append(makeElement("button", { type: "button", className: "notes__retry", textContent: action }));
    return note;
  }));
  box.hidden = notes.length === 0;
}

/** What an answer needs said: words mended or left out, files that did not come, places that have a new name. */
export function makeNotes({ state, answer, ignored, told, broken }, words) {
  const notes = [];
  if (broken) notes.push({ text: words.partial, action: words.retry, retry: true });
  if (ignored.length > 0) notes.push({ text: fillWords(words.ignored, { values: ignored.join(", ").replace(/\p{C}/gu, "").slice(0, 200) }) });
  if (answer?.mended.length > 0) {
    const [typed, used] = [0, 1].map((at) => answer.mended.map((pair) => pair[at]).join(" "));
    const exactly = { ...state, q: `"${state.q.replace(/[\s"“”«»„]+/g, " ").trim()}"`, page: 1 };
    notes.push({ text: fillWords(words.slip, { typed, used }), action: words.exactly, state: exactly });
  }
  if (answer?.unknown?.length > 0) notes.push({ text: fillWords(words.unknown, { typed: answer.unknown.join("”, “") }) });
  if (answer?.most) notes.push({ text: words.most });
  if (answer?.cut) notes.push({ text: words.cut });
  return [...notes, ...[...new Set(told.filter(Boolean))].map((text) => ({ text }))];
}

/** The empty state: one sentence and one thing to do. */
export function showEmpty(box, state, words) {
  const filtered = state.filters.size > 0;
  const next = filtered ? { ...state, filters: new Map(), page: 1 } : { ...state, q: "", page: 1 };
  const inner = makeElement("div");
  const sentence = makeElement("p", { textContent: filtered ? words.empty_filters : words.empty_query });
  const action = makeElement("p");
  action.append(makeLink("", filtered ? words.clear_filters : words.see_all, next));
  inner.append(sentence, action);
  box.replaceChildren(inner);
}
