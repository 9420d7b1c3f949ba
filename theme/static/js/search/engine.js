/* The search itself. Pure. In: the index that expo/search/index.py makes, and a query. Out: the rows that answer it with
   their scores, and what must be said of them (a mended word, words left out, places named).
   All words are required where some exhibit has them all. Typed marks bind where an exhibit bears them. */

import { foldText } from "./text.js";
import { parseQuery } from "./query.js";
import { mendWord } from "./slips.js";

const ADDED_MARKS = 0.5; // the form only adds marks to what was typed
const OTHER_MARKS = 0.25;
const COMPLETION = 0.4;
const SHORTEST_PREFIX = 2;
const NUMBER_SCORE = 1e6;
const WHOLE_WORDS = 1e3; // what has the typed word whole stands above what only begins with it

/** Make the data ready: a Map of words, their sorted list, pairs, and units by their folded runs. */
export function openIndex(data) {
  const terms = new Map();
  for (const [folded, listed] of Object.entries(data.terms)) {
    const forms = [];
    for (let at = 0; at < listed.length; at += 2) forms.push({ exact: listed[at], rows: listed[at + 1] });
    terms.set(folded, forms);
  }
  const units = new Map();
  for (const unit of data.units) {
    for (const run of unit.runs) {
      const folded = foldText(run);
      if (!units.has(folded)) units.set(folded, { unit, exact: run.split(" ") });
    }
  }
  const longestRun = Math.max(0, ...[...units.keys()].map((run) => run.split(" ").length));
  const pairs = new Map(Object.entries(data.pairs));
  return { count: data.count, numbers: data.numbers, terms, words: [...terms.keys()], pairs, units, longestRun };
}

/**
 * Look for a query. `typing` also takes what begins with the last word.
 * Returns { scores: Map row → score, mended: [[typed, used] …], most, cut, places: [[facet, value] …] }.
 */
export function searchIndex(index, text, typing = false) {
  const query = parseQuery(text, index);
  const { numbers, open, cut } = query;
  const parts = typing && open ? withoutStub(query.parts) : query.parts;
  const places = parts.filter((part) => part.unit && part.unit.value).map((part) => part.unit.value);
  const scores = new Map();
  const answer = { scores, mended: [], most: false, cut, places };
  if (parts.length > 0) {
    let found = matchParts(index, parts, open, typing);
    if (found.size === 0) {
      const mended = [];
      found = matchParts(index, mendParts(index, parts, mended), open, false);
      if (found.size > 0) {
        answer.mended = mended;
      } else {
        found = matchMost(index, parts);
        answer.most = found.size > 0;
      }
    }
    for (const [row, score] of found) scores.set(row, score);
  }
  for (const number of numbers) {
    const row = index.numbers.indexOf(number);
    if (row >= 0) scores.set(row, NUMBER_SCORE);
  }
  return answer;
}

/** While someone types, a single first letter behind other words says nothing yet. */
function withoutStub(parts) {
  const last = parts[parts.length - 1];
  return parts.length > 1 && last.word && last.word.exact.length === 1 ? parts.slice(0, -1) : parts;
}

/** Rows that have every part: first with the marks as typed, else with any, else with the last word only begun. */
function matchParts(index, parts, open, typing) {
  const marked = matchLevel(index, parts, { twins: false });
  const whole = marked.size > 0 ? marked : matchLevel(index, parts, { twins: true });
  if (!open || (whole.size > 0 && !typing)) return whole;
  const begun = matchLevel(index, parts, { twins: whole !== marked, begun: true });
  for (const [row, score] of whole) begun.set(row, score + WHOLE_WORDS);
  return begun;
}

function matchLevel(index, parts, level) {
  let scores = null;
  parts.forEach((part, at) => {
    const begun = level.begun && at === parts.length - 1;
    const found = scorePart(index, part, level.twins, begun);
    if (scores) {
      for (const row of [...scores.keys()]) {
        if (found.has(row)) scores.set(row, scores.get(row) + found.get(row));
        else scores.delete(row);
      }
    } else {
      scores = found;
    }
  });
  addCloseness(index, parts, scores);
  return scores;
}

function scorePart(index, part, twins, begun) {
  const scores = new Map();
  if (part.unit) addRows(index, scores, part.unit.rows, 1);
  if (!part.word) return scores;
  const { exact, folded } = part.word;
  for (const form of index.terms.get(folded) || []) {
    const factor = compareMarks(exact, folded, form.exact);
    if (twins || factor >= ADDED_MARKS) addRows(index, scores, form.rows, factor);
  }
  if (begun && folded.length >= SHORTEST_PREFIX) addCompletions(index, scores, part.word);
  return scores;
}

/** 1: as typed, or typed without marks; less the further the form is from what was typed. */
function compareMarks(typed, folded, form) {
  if (typed === form || typed === folded) return 1;
  return removeTone(form) === typed ? ADDED_MARKS : OTHER_MARKS;
}

function removeTone(text) {
  return text.normalize("NFD").replace(/[\u0300\u0301\u0303\u0309\u0323]/g, "").normalize("NFC");
}

function addCompletions(index, scores, { exact, folded }) {
  for (const word of index.words) {
    if (word === folded || !word.startsWith(folded)) continue;
    for (const form of index.terms.get(word)) {
      if (exact === folded || form.exact.startsWith(exact)) addRows(index, scores, form.rows, COMPLETION);
    }
  }
}

/** Rarer words weigh more: ln(1 + N / n). A row keeps the best of what a part gives it. */
function addRows(index, scores, rows, factor) {
  const rarity = Math.log(1 + (2 * index.count) / Math.max(1, rows.length));
  for (let at = 0; at < rows.length; at += 2) {
    const score = rows[at + 1] * rarity * factor;
    if (score > (scores.get(rows[at]) || 0)) scores.set(rows[at], score);
  }
}

/** A bonus for rows in whose title, place or summary two typed words are neighbours. */
function addCloseness(index, parts, scores) {
  for (let at = 1; at < parts.length; at += 1) {
    if (!parts[at - 1].word || !parts[at].word) continue;
    const rows = index.pairs.get(`${parts[at - 1].word.folded} ${parts[at].word.folded}`) || [];
    const rarity = Math.log(1 + (2 * index.count) / Math.max(1, rows.length));
    for (let place = 0; place < rows.length; place += 2) {
      if (scores.has(rows[place])) scores.set(rows[place], scores.get(rows[place]) + rows[place + 1] * rarity);
    }
  }
}

/** The parts with unknown words replaced by known ones; what was replaced goes to `mended`. */
function mendParts(index, parts, mended) {
  return parts.map((part) => {
    if (!part.word || index.terms.has(part.word.folded)) return part;
    const folded = mendWord(part.word.folded, index);
    if (!folded) return part;
    mended.push([part.word.exact, index.terms.get(folded)[0].exact]);
    return { word: { exact: folded, folded } };
  });
}

/** Rows that have the most of several parts; other marks count only for words that no exhibit bears as typed. */
function matchMost(index, parts) {
  const counts = new Map();
  const scores = new Map();
  for (const part of parts) {
    const marked = scorePart(index, part, false, false);
    for (const [row, score] of marked.size > 0 ? marked : scorePart(index, part, true, false)) {
      counts.set(row, (counts.get(row) || 0) + 1);
      scores.set(row, (scores.get(row) || 0) + score);
    }
  }
  const most = Math.max(0, ...counts.values());
  if (parts.length < 2) return new Map();
  return new Map([...scores].filter(([row]) => counts.get(row) === most));
}
