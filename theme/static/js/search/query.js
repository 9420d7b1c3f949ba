/* What was typed → what to look for. Pure. In: any string and the index. Out: { numbers, parts, open, cut }:
   SK numbers, then words and units (names of places and abbreviations, several words that count as one) in order;
   `open` is true while the last word may still be in the making. */

import { normaliseText, splitTokens } from "./text.js";

export const MOST_LETTERS = 200;
export const MOST_WORDS = 12;

const SK_NUMBER = /(^|[^\p{L}\p{N}])sk[\s._‐‑‒–—-]*0*(\d{1,6})(?![\p{L}\p{N}])/giu;
const BARE_NUMBER = /^\s*0+(\d{1,3})\s*$/; // 0002, as it stands on paper
const BEFORE_PLACE = [["thanh", "pho"], ["tinh"], ["tp"]];

/** Split a query; at most MOST_LETTERS letters and MOST_WORDS words of it. */
export function parseQuery(text, index) {
  const numbers = [];
  const take = (_, before, digits) => {
    numbers.push(Number(digits));
    return before + " ";
  };
  const normal = normaliseText(text.slice(0, MOST_LETTERS));
  const rest = normal.replace(SK_NUMBER, take).replace(BARE_NUMBER, (whole, digits) => take(whole, "", digits));
  const every = withoutJoined(splitTokens(rest));
  const words = every.slice(0, MOST_WORDS);
  const cut = text.length > MOST_LETTERS || every.length > MOST_WORDS;
  const open = words.length > 0 && !cut && words[words.length - 1].end === rest.length;
  return { numbers, parts: joinUnits(words, index), open, cut };
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

function joinUnits(words, index) {
  const parts = [];
  for (let at = 0; at < words.length; ) {
    const [unit, length] = findUnit(words, at, index);
    if (unit) {
      if (unit.value) dropTitle(parts);
      parts.push({ unit, text: words.slice(at, at + length).map((word) => word.exact).join(" ") });
    } else {
      parts.push({ word: words[at] });
    }
    at += length;
  }
  return parts;
}

/** The longest unit that begins here, with its length; marks that were typed must be its own. */
function findUnit(words, at, index) {
  for (let length = Math.min(index.longestRun, words.length - at); length > 0; length -= 1) {
    const run = words.slice(at, at + length);
    const found = index.units.get(run.map((word) => word.folded).join(" "));
    const fits = found && run.every((word, place) => word.exact === word.folded || word.exact === found.exact[place]);
    if (fits) return [found.unit, length];
  }
  return [null, 1];
}

/** "tỉnh", "thành phố", "TP" before a place say nothing of their own. */
function dropTitle(parts) {
  for (const title of BEFORE_PLACE) {
    const last = parts.slice(-title.length);
    if (last.length === title.length && last.every((part, place) => part.word && part.word.folded === title[place])) {
      parts.length -= title.length;
      return;
    }
  }
}
