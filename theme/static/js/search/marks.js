/* Why a text was found: where the words of a query stand in it. Pure. In: texts, and `wanted`, one entry for each word of the
   query: {folded, exact, begun}, or {runs: [[word …] …]} where any of several runs of words in a row will do (an abbreviation
   and its full forms, a quoted phrase). Out: parts [[text, isMatch] …] of normaliseText(text), which are text and never HTML.
   Where `twins` says that an exhibit has nothing better, other marks (dân, dẫn) and initials (UBND) match, too. */

import { fold, normaliseText, splitTokens } from "./text.js";

const LONGEST_LINE = 140;
const LONGEST_LEAD = 40; // characters before the first match: it must be seen in two short lines
const NEW_WORD = 20; // a word that nothing shows yet against one that stands there already
const SENTENCE_START = /[.!?:;]\s+/;

/** What to mark in a text, of an answer of rank.js: words with what stands in for them, names of places, phrases. */
export function listWanted({ parts }) {
  const split = (text) => text.split(" ").map((exact) => ({ exact, folded: fold(exact) }));
  return parts.flatMap(({ word, unit, phrase, lists, begun }) => {
    if (unit) return [{ runs: unit.runs.map(split) }];
    if (phrase) return [{ runs: [phrase] }];
    const mended = lists.filter((list) => list.isMended).map((list) => split(list.exact));
    return mended.length > 0 ? [{ runs: [[word], ...mended] }] : [{ ...word, begun: begun && lists.some((list) => list.isLoose) }];
  });
}

/** A text in parts, those that match told apart. */
export function markText(text, wanted) {
  const normal = normaliseText(text);
  const hits = wanted.length ? findHits(splitTokens(normal), wanted) : [];
  return cutParts(normal, hits.filter((hit) => hit.exact || wanted[hit.wish].twins), 0, normal.length);
}

/**
 * The line that says most about why: of the summary, or of the body where title and summary lack words that it has.
 * details: {title, summary, body}; `title` is all that is shown anyway. Returns {field, parts, wanted}, the last with `twins`
 * settled for this exhibit. What was read of the details is kept in them for the next query.
 */
export function pickLine(details, wanted) {
  const read = (details.read ??= {});
  const exact = new Set();
  const [title, summary, body] = ["title", "summary", "body"].map((field) => {
    if (field === "body" && exact.size === wanted.length) return []; // reading it is nearly all of the work
    const text = details[field] || "";
    read[field] ??= { text: normaliseText(text), tokens: splitTokens(text) };
    const hits = findHits(read[field].tokens, wanted);
    for (const hit of hits) if (hit.exact) exact.add(hit.wish);
    return hits;
  }).map((hits) => hits.filter((hit) => hit.exact || !exact.has(hit.wish)));
  const shown = wordsOf([...title, ...summary]);
  const field = body.some((hit) => !shown.has(hit.wish)) ? "body" : "summary";
  const [hits, known] = field === "body" ? [body, shown] : [summary, wordsOf(title)];
  const settled = wanted.map((wish, at) => ({ ...wish, twins: !exact.has(at) }));
  return { field, parts: cutLine(read[field].text, hits, known), wanted: settled };
}

function wordsOf(hits) {
  return new Set(hits.map((hit) => hit.wish));
}

/** Every place where a wanted word or run stands, or else what its letters stand for, in order. */
function findHits(tokens, wanted) {
  const hits = [];
  tokens.forEach((first, at) => wanted.forEach((wish, index) => {
    const { start } = first;
    for (const run of wish.runs || [[wish]]) {
      let next = at;
      let end = 0;
      let exact = true;
      const fits = run.every((word) => {
        const token = tokens[next];
        if (!token || !compare(token.folded, word.folded, word)) return false;
        exact &&= word.exact === word.folded || compare(token.exact, word.exact, word);
        end = token.end;
        while (tokens[next]?.start < end) next += 1; // past the joined form of an abbreviation, too
        return true;
      });
      if (fits && end) hits.push({ wish: index, start, end, exact });
    }
    const spelled = spellOut(tokens, at, wish);
    if (spelled) hits.push({ wish: index, start, end: spelled.end });
    if (spellOut(wanted, index, first)) [...first.folded].forEach((_, more) => hits.push({ wish: index + more, start, end: first.end }));
  }));
  return hits.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** The last of the words from `at` on whose initials make up an abbreviation: UBND, Ủy ban nhân dân. */
function spellOut(words, at, { folded = "" }) {
  if (folded.length < 3 || words[at].folded?.[0] !== folded[0]) return false;
  const named = words.slice(at, at + folded.length);
  return named.map((word) => word.folded?.[0]).join("") === folded && named.pop();
}

function compare(written, typed, { begun }) {
  return begun ? written.startsWith(typed) : written === typed;
}

/** From the richest stretch of one line, with a little before it and what room is left behind. */
function cutLine(text, hits, known) {
  const [start, end] = findStretch(text, hits, known);
  const lineStart = text.slice(0, start).lastIndexOf("\n") + 1;
  const lineEnd = `${text}\n`.indexOf("\n", end);
  let from = Math.max(lineStart, start - LONGEST_LEAD, end - LONGEST_LINE);
  let cutBefore = from > lineStart;
  if (cutBefore) {
    const lead = text.slice(from, start);
    const sentence = SENTENCE_START.exec(lead);
    from += sentence ? sentence.index + sentence[0].length : lead.search(/\s/) + 1;
    cutBefore = !sentence;
  }
  let to = Math.min(lineEnd, from + LONGEST_LINE);
  const space = text.slice(end, to + 1).search(/\s\S*$/);
  if (to < lineEnd && space >= 0) to = end + space;
  const parts = cutParts(text, hits, from, to);
  return [...(cutBefore ? [["… ", false]] : []), ...parts, ...(to < lineEnd ? [[" …", false]] : [])];
}

/** [start, end] of the hits within one line that show the most different words, those not `known` first, close together. */
function findStretch(text, hits, known) {
  let best = [0, 0];
  let bestRank = 0;
  hits.forEach(({ start }, first) => {
    const seen = new Set();
    let worth = 0;
    for (let at = first; at < hits.length; at += 1) {
      const { wish, end } = hits[at];
      if (end - start > LONGEST_LINE || text.slice(start, end).includes("\n")) break;
      if (seen.has(wish)) continue;
      seen.add(wish);
      worth += known.has(wish) ? 1 : NEW_WORD;
      const rank = worth * LONGEST_LINE - (end - start);
      if (rank > bestRank) [best, bestRank] = [[start, end], rank];
    }
  });
  return best;
}

function cutParts(text, hits, from, to) {
  const parts = [];
  let at = from;
  for (const hit of hits) {
    const [start, end] = [Math.max(hit.start, at), Math.min(hit.end, to)];
    if (start >= end) continue;
    if (start > at) parts.push([text.slice(at, start), false]);
    parts.push([text.slice(start, end), true]);
    at = end;
  }
  if (at < to) parts.push([text.slice(at, to), false]);
  return parts;
}
