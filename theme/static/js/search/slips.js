/* Completing and mending: known words that begin with what was typed, or lie one slip from it. Pure. In: the list of
   known folded words with how frequent they are (expo/search/index.py, core). Out: folded words, the likeliest first. */

const SHORTEST_SLIP = 4;
const SHORT = 5; // up to so many letters the first is taken to be right
const SHORTEST_BEGINNING = 2;

/** "0anC2hD" → [["an", 2], ["anh", 3]]: words in order with log2 of how many exhibits have each. */
export function openCore(text) {
  let word = "";
  return [...text.matchAll(/(\d)([a-z]*)([A-Z])/g)].map(([, shared, rest, often]) => {
    word = word.slice(0, shared) + rest;
    return [word, often.charCodeAt(0) - 65];
  });
}

/** True where one insertion, deletion, replacement or swap of neighbours turns a into b. */
export function isOneSlip(a, b) {
  if (a.length > b.length) [a, b] = [b, a];
  if (b.length - a.length > 1 || a === b) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  if (a.length < b.length) return a.slice(start) === b.slice(start + 1);
  if (a.slice(start + 1) === b.slice(start + 1)) return true;
  return a[start] === b[start + 1] && a[start + 1] === b[start] && a.slice(start + 2) === b.slice(start + 2);
}

function bestOf(ranked, most) {
  return ranked.sort((a, b) => b[1] - a[1]).slice(0, most).map(([word]) => word);
}

/** The most frequent words that begin so; one letter is no beginning. */
export function completeWord(core, begun, most) {
  if (begun.length < SHORTEST_BEGINNING) return [];
  return bestOf(core.filter(([word]) => word.length > begun.length && word.startsWith(begun)), most);
}

/** Known words one slip from an unknown one: same first letter before other, same length or longer before shorter. Of few
    letters too many words are one slip away: those are left, and words of consonants alone, which are abbreviations. */
export function mendWord(core, typed, most) {
  if (typed.length < SHORTEST_SLIP || /\d|^[^aeiou]+$/.test(typed)) return [];
  const near = core.filter(([word]) => isOneSlip(typed, word) && (typed.length > SHORT || word[0] === typed[0]));
  const likeliest = near.map(([word, often]) => [word, often + (word[0] === typed[0] ? 40 : 0) + (word.length >= typed.length ? 20 : 0)]);
  const telex = foldTelex(typed);
  if (telex !== typed && core.some(([word]) => word === telex)) likeliest.push([telex, 100]);
  return bestOf(likeliest, most);
}

/** Raw Telex, as typed without an input method, folded: "dduwowngf" → "duong". */
function foldTelex(typed) {
  const [, before, rest] = typed.replace(/([adeo])\1/g, "$1").replace(/w/g, "").match(/^([^aeiouy]*)(.*)$/);
  return before + rest.replace(/[sfrxj]/g, "");
}
