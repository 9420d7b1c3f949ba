/* What a half-typed text may mean: places, themes, a number. Pure but for openNames, which reads the panel of filters. In:
   any text. Out: suggestions, best first. Marks that were typed must be in the name, those that were not may be: "hue" and
   "huê" both lead to "Huế", "huề" does not. Exhibits come from the search itself, not from here. */

import { readLabel } from "../facets/panel.js";
import { foldText, normaliseText } from "./text.js";

const BETWEEN_WORDS = /([^\p{L}\p{N}\p{M}]+)/gu;
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/;
const TERRITORY = /^(ti.?nh|tp|tha.?nh pho.?.?) (?=.)/; // a dot for each mark
const SPACELESS = 5; // letters from which "quangninh" may be two words

/** The names of places and themes in the panel of filters. To be read before its counts are first changed. */
export function openNames(form) {
  const names = [];
  const marked = new Map(); // folded → with marks
  for (const input of form.querySelectorAll("[name^=tinh], [name=chu-de]")) {
    const { name: facet, value } = input;
    const label = readLabel(input);
    const item = input.closest("li");
    const note = item.querySelector("small")?.textContent ?? "";
    const old = facet === "tinh-cu";
    if (old && !note) continue; // the same territory as today's: one suggestion is enough
    const own = spellText(label).replace(TERRITORY, "");
    marked.set(foldText(own), own);
    names.push({
      suggestion: { kind: facet === "chu-de" ? "theme" : "place", facet, value, label, note },
      own,
      others: item.dataset.names?.split("|") ?? [],
      late: 2 * old + !!item.querySelector(".opt--zero"),
      input,
    });
  }
  for (const name of names) name.others = name.others.map((one) => marked.get(one) ?? one);
  return names;
}

/** At most 3 places, then 2 themes with a word that begins so, but for those that are chosen already. Names of their own go
    before aliases, beginnings before later words, today's places before old ones, those with exhibits before those without. */
export function suggestNames(names, text) {
  const typed = spellText(text).replace(TERRITORY, "");
  const folded = foldText(typed);
  if (folded.length < 2) return [];
  const begins = new RegExp(`(^| )${typed.split(" ").map(makePattern).join(" ")}`, "u");
  const found = [];
  for (const { own, others, late, input, suggestion } of names) {
    const at = own.search(begins);
    // How most aliases are marked is not known: where marks were typed, such a one must be there as a whole.
    const rank = at < 0 ? 2 : Math.min(at, 1);
    if (input.checked || (at < 0 && !others.some((one) => begins.test(one) || one === folded))) continue;
    (found[4 * rank + late] ??= []).push(suggestion);
  }
  const take = (kind, most) => found.flat().filter((one) => one.kind === kind).slice(0, most);
  return [...take("place", 3), ...take("theme", 2)];
}

/** The number that "sk 2", "SK-0002" or "0002" names, in a list; an empty one where `has(number)` says no. */
export function suggestNumbers(text, has) {
  const number = +/^(sk ?)?(\d{1,6})$/.exec(spellText(text))?.[2];
  return number && has(number) ? [number] : [];
}

/** A label in parts, marked and not in turns: marked is what a typed word has of a word's beginning. Parts may be empty. */
export function markTyped(label, text) {
  const begins = new RegExp(`^(${spellText(text).split(" ").map(makePattern).join("|")})`, "iu");
  return label.normalize("NFD").split(BETWEEN_WORDS).flatMap((word) => {
    const { length } = begins.exec(word)?.[0] ?? "";
    return [word.slice(0, length).normalize(), word.slice(length).normalize()];
  });
}

/** Words in lower case, letters and marks apart, one space between. */
function spellText(text) {
  return normaliseText(text.slice(0, 200)).toLowerCase().normalize("NFD").replace(BETWEEN_WORDS, " ").trim();
}

/** The beginning of a word with at least the marks typed; a tone may stand on any letter of it. */
function makePattern(word) {
  const after = word.length < SPACELESS ? "$&\\p{M}*" : "$&\\p{M}* ?";
  const letters = word.replace(TONE, "").replace(/./gu, after).replace(/d/g, "[dđ]");
  return `(?=\\S*${TONE.exec(word) ?? ""})${letters}`;
}
