/* Letters in the browser: normalise, place the tone mark, fold, tokenise. The twin of expo/text.py; both are held to
   tests/vectors/text.json. In: any string, lone surrogates too. Out: strings and tokens; it never throws on a string.
   No lookbehind and no toWellFormed: phones with older engines must be able to load this file. */

const HIDDEN = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu;
const LINE_BREAK = /\r\n|[\r\u000b\u000c\u0085\u2028\u2029]/g;
const LONE_SURROGATE = /[\ud800-\udfff]/gu; // with the u flag, halves of a pair do not match
const FULL_WIDTH = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g;
const FULL_WIDTH_OFFSET = 0xfee0;
const MARK = /[\u0300-\u036f]/g;
const WORD = "[\\p{L}\\p{N}][\\p{L}\\p{N}\\u0300-\\u036f]*";
const WORD_PATTERN = new RegExp(WORD, "gu");
const CHAIN_PATTERN = new RegExp(`${WORD}(?:[-‐‑‒–—./'’]${WORD})*`, "gu");
const LONGEST_ABBREVIATION = 6;
const OPEN_SYLLABLE = /(?:([òóỏõọÒÓỎÕỌ])([aAeE])|([ùúủũụÙÚỦŨỤ])([yY]))(?![\p{L}\p{N}\u0300-\u036f])/gu;

/** NFC without hidden, control and bidirectional characters; full-width letters and digits plain. */
export function normaliseText(text) {
  return text
    .replace(LONE_SURROGATE, "\ufffd")
    .replace(HIDDEN, "")
    .replace(LINE_BREAK, "\n")
    .replace(FULL_WIDTH, (character) => String.fromCharCode(character.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .normalize("NFC");
}

/** Normalised text with the tone of open oa, oe, uy on the second vowel, not after q. For matching, not for display. */
export function canonicalTone(text) {
  return normaliseText(text).replace(OPEN_SYLLABLE, (syllable, o, a, u, y, offset, whole) => {
    if ("qQ".includes(whole.charAt(offset - 1) || " ")) return syllable;
    const [first, tone] = (o || u).normalize("NFD");
    return first + ((a || y) + tone).normalize("NFC");
  });
}

/** Lower case without any mark, đ as d. */
export function foldText(text) {
  return fold(normaliseText(text));
}

/** The same of a text that is normalised already, as all in our files is. */
export function fold(text) {
  return text.normalize("NFD").replace(MARK, "").toLowerCase().replace(/đ/g, "d").normalize("NFC");
}

/**
 * The words of a text in order: {exact, folded, start, end}; an abbreviation in parts (TP.HCM, SK-0002) is followed
 * by its joined form. start and end count UTF-16 units in normaliseText(text).
 */
export function splitTokens(text) {
  const tokens = [];
  for (const chain of canonicalTone(text).matchAll(CHAIN_PATTERN)) {
    const words = [...chain[0].matchAll(WORD_PATTERN)];
    for (const word of words) tokens.push(makeToken(word[0], chain.index + word.index, word[0].length));
    const parts = words.map((word) => word[0]);
    if (isAbbreviation(parts)) tokens.push(makeToken(parts.join(""), chain.index, chain[0].length));
  }
  return tokens;
}

function makeToken(word, start, length) {
  const exact = word.toLowerCase().normalize("NFC");
  return { exact, folded: fold(exact), start, end: start + length };
}

function isAbbreviation(parts) {
  if (parts.length < 2 || parts.length > LONGEST_ABBREVIATION) return false;
  const cased = parts.filter((part) => part.toLowerCase() !== part.toUpperCase());
  return cased.some((part) => part === part.toUpperCase()) || (cased.length > 0 && cased.length < parts.length);
}
