/* What was typed → what to look for. Pure. In: any string and the names of places. Out: { numbers, parts, open, cut }: SK
   numbers, then parts in order, each a word, a name of a place (several words that count as one) or a quoted phrase;
   `open` is true while the last word may still be in the making. */

import { fold, normaliseText, splitTokens } from "./text.js";

export const MOST_LETTERS = 200;
export const MOST_WORDS = 30; // as many as bits in rank.js

const LONGEST_UNIT = 6; // words; no name of a place has more (expo/search/units.py)
const SK_NUMBER = /(^|[^\p{L}\p{N}])sk[\s._‐‑‒–—-]*0*(\d{1,6})(?![\p{L}\p{N}])/giu;
const BARE_NUMBER = /^(\s*)0+(\d{1,3})\s*$/; // 0002, as it stands on paper
const QUOTED = /["“”«»„]([^"“”«»„]*)["“”«»„]/g;
const BEFORE_PLACE = [["thanh", "pho"], ["tinh"], ["tp"]];

/** Names of places by their folded words: [["tinh/hue", "huế", "thừa thiên huế"] …] → Map. */
export function openUnits(listed) {
  const units = new Map();
  for (const [key, ...runs] of listed) {
    for (const run of runs) units.set(fold(run), { key, runs, exact: run.split(" ") });
  }
  return units;
}

/** Split a query; at most MOST_LETTERS letters and MOST_WORDS words of it. */
export function parseQuery(text, units) {
  const numbers = [];
  const takeNumber = (_, before, digits) => {
    numbers.push(Number(digits));
    return before + " ";
  };
  const rest = normaliseText(text.slice(0, MOST_LETTERS)).replace(BARE_NUMBER, takeNumber).replace(SK_NUMBER, takeNumber);
  const phrases = [];
  const loose = rest.replace(QUOTED, (whole, inside, offset) => {
    const words = withoutJoined(splitTokens(inside));
    if (words.length > 0) phrases.push({ phrase: words, start: offset });
    return " ".repeat(whole.length);
  });
  const every = [...withoutJoined(splitTokens(loose)), ...phrases].sort((a, b) => a.start - b.start);
  const read = [];
  let left = MOST_WORDS;
  for (const part of every) {
    const { phrase } = part;
    if (left > 0) read.push(phrase ? { phrase: phrase.slice(0, left) } : part);
    left -= phrase?.length ?? 1;
  }
  const cut = text.length > MOST_LETTERS || left < 0;
  const open = !cut && read.at(-1)?.end === rest.length;
  return { numbers, parts: joinUnits(read, units), open, cut };
}

/** The joined form of an abbreviation stands behind its parts and spans them: the parts are enough. */
function withoutJoined(tokens) {
  let end = 0;
  return tokens.filter((token) => {
    if (token.start < end) return false;
    end = token.end;
    return true;
  });
}

/** A phrase, which has no folded form, parts what stands before it from what stands behind. */
function joinUnits(read, units) {
  const parts = [];
  for (let at = 0; at < read.length; ) {
    const [unit, length] = findUnit(read.slice(at, at + LONGEST_UNIT), units);
    if (unit) {
      dropTitle(parts);
      parts.push({ unit });
    } else {
      parts.push(read[at].phrase ? read[at] : { word: read[at] });
    }
    at += length;
  }
  return parts;
}

/** The longest unit that begins here, with its length; marks that were typed must be its own. */
function findUnit(words, units) {
  for (let length = words.length; length > 0; length -= 1) {
    const run = words.slice(0, length);
    const unit = units.get(run.map((word) => word.folded).join(" "));
    if (unit && run.every((word, at) => word.exact === word.folded || word.exact === unit.exact[at])) return [unit, length];
  }
  return [null, 1];
}

/** "tỉnh", "thành phố", "TP" before a place say nothing of their own. */
function dropTitle(parts) {
  for (const title of BEFORE_PLACE) {
    if (title.every((word, at) => parts.at(at - title.length)?.word?.folded === word)) {
      parts.length -= title.length;
      return;
    }
  }
}
