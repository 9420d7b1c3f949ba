/* The search itself. Pure. In: the store's look-ups and a parsed query. Out: the exhibits that answer it, best first, and what
   must be said of them. Every word of the query gives lists of exhibits: those of the word as typed, of its twins in other
   marks, of what begins with it, of what it may have been meant to be; each with a factor. An exhibit's score is the sum of
   rarity × impact × factor, and more where words follow each other in it as in the query. All words are required, unless that
   leaves only exhibits in which they lie scattered. The figures were tuned with bench/search/run.py at 1,000 documents. */

import { hashWord } from "./store.js";
import { completeWord, isOneSlip, mendWord } from "./slips.js";

const BARE = 0.8; // a marked form for a word typed without, among words with marks
const ADDED_MARKS = 0.5; // the form only adds marks to what was typed
const OTHER_MARKS = 0.2;
const EXACT = 1.5; // times the score of what has all words with the marks typed
const LOOSER = 1.1; // times that what is begun or mended must stand above what has the words whole
const BEGUN = 0.7;
const MENDED = 0.6;
const MOST_COMPLETIONS = 8; // each is a file to fetch
const MOST_MENDINGS = 3;
const FEW = 30; // with fewer exhibits that have the words whole, in the marks typed, the last one is completed
const PAIR = 0.7; // of what the words themselves are worth there
const TITLE_PAIR = 0.9;
const LEAST_PAIR = 2.5;
const FORM = 0.2; // share of a form's own rarity: one word without marks may be many with
const PHRASE_IMPACT = 8;
const PLACE = 4; // a name of a place counts as the two words it mostly is, and as their being neighbours
const NUMBER_SCORE = 1e6;
const NUMBERS = 2 ** 20; // more than there are
const SCATTERED = 0.6; // an answer this far below one that lacks a word may be an accident
const LONG = 4; // parts of a query in which one may be spared
const ENOUGH = 0.5; // of the best score: what an answer to most words needs

const GAINS = [...Array(16).keys()].map((impact) => impact ** 0.55 * 2);
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** 1: as typed, or typed without marks; less the further the form is from what was typed. `bare` is the factor of a marked
    form for a word typed without: less than 1 where others of the query have marks. */
function compareMarks(typed, folded, form, bare = 1) {
  if (typed === form) return 1;
  if (typed === folded) return bare;
  const letters = (text) => text.normalize("NFD").match(/[^\u0300-\u036f][\u0300-\u036f]*/g) || [];
  const [mine, theirs] = [letters(typed), letters(form)];
  const adds = mine.every((letter, at) => {
    const other = theirs[at] || "";
    return (letter[0] === other[0] || (letter === "d" && other === "đ")) && [...letter.slice(1)].every((mark) => other.includes(mark));
  });
  return adds ? ADDED_MARKS : OTHER_MARKS;
}

/** The lists of a part by folded word: those that fit what was typed. */
function groupLists({ lists }) {
  const groups = new Map();
  for (const list of lists) {
    const { folded } = list;
    if (!groups.has(folded)) groups.set(folded, { folded, factor: 0, lists: [] });
    const group = groups.get(folded);
    if (!list.fits) continue;
    group.lists.push(list);
    group.factor = Math.max(group.factor, list.factor);
  }
  return groups.values();
}

function markOf(name) {
  return (hashWord(name) >>> 3) & 63;
}

/** Rarer words weigh more (BM25's idf, Robertson and Zaragoza 2009, kept above zero). */
function rarityOf(all, having) {
  return Math.log(1 + (all - Math.min(all, having) + 0.5) / (having + 0.5));
}

/** A list of a part: how well its marks are those typed, and what it is worth beside the word itself. */
function makeList(form, fit, worth) {
  return { ...form, factor: fit * worth, fits: fit >= BARE, isLoose: worth < 1 };
}

/** A part of the query with its lists. */
function openPart(store, { word, unit, phrase }, bare) {
  if (unit) {
    const [rows] = store.findWord("@" + unit.key);
    return { unit, lists: rows ? [makeList(rows, 1, 1)] : [], rarity: rarityOf(store.count, rows?.count || 0) * PLACE };
  }
  if (phrase) return openPhrase(store, phrase);
  const forms = store.findWord(word.folded);
  if (bare < 1 && forms.some((form) => form.exact === word.exact)) bare = ADDED_MARKS; // "ban" is a word of its own
  const lists = forms.map((form) => makeList(form, compareMarks(word.exact, word.folded, form.exact, bare), 1));
  const own = lists.filter((list) => list.factor >= bare);
  const having = (own.length > 0 ? own : lists).reduce((sum, list) => sum + list.count, 0);
  const isDoubtful = lists.every((list) => list.factor < ADDED_MARKS);
  return { word, lists, rarity: rarityOf(store.count, having), isDoubtful };
}

/** Exhibits in which the words of a phrase follow each other; typed marks bind all of it. */
function openPhrase(store, words) {
  const marked = words.some((word) => word.exact !== word.folded);
  const fits = (exact, wanted) => !marked || exact === wanted.map((word) => word.exact).join(" ");
  let starts = null; // places where the phrase may begin
  words.slice(1).forEach((word, at) => {
    const pair = [words[at], word];
    const found = new Set();
    for (const { exact, places } of store.findPhrase(pair.map((one) => one.folded).join(" "))) {
      if (!fits(exact, pair)) continue;
      for (const place of places) if (!starts || starts.has(place - at)) found.add(place - at);
    }
    starts = found;
  });
  if (!starts) {
    const forms = store.findWord(words[0].folded).filter((form) => fits(form.exact, words));
    return { phrase: words, lists: forms.map((form) => makeList(form, 1, 1)), rarity: 1 };
  }
  const numbers = [...new Set([...starts].map((place) => Math.floor(place / store.step)))].filter((number) => store.has(number));
  const list = { numbers, impacts: numbers.map(() => PHRASE_IMPACT) };
  return { phrase: words, lists: [makeList(list, 1, 1)], rarity: rarityOf(store.count, numbers.length) };
}

function addCompletions(store, part) {
  const { exact, folded } = part.word;
  for (const word of completeWord(store.listCore(), folded, MOST_COMPLETIONS)) {
    for (const form of store.findWord(word)) {
      part.lists.push(makeList(form, compareBeginning(exact, folded, form.exact), BEGUN));
    }
  }
  part.begun = true;
  weighLoose(store, part);
}

/** As compareMarks, for a word in the making: its tone may yet move to another vowel (hò → hoà). */
function compareBeginning(typed, folded, form) {
  const [mine, theirs] = [typed, form].map((text) => text.normalize("NFD").replace(TONE, "").normalize("NFC"));
  const [tone] = typed.normalize("NFD").match(TONE) || [""];
  if (theirs.startsWith(mine) && form.normalize("NFD").includes(tone)) return 1;
  return compareMarks(typed, folded, form.slice(0, typed.length));
}

function addMendings(store, part) {
  const { exact, folded } = part.word;
  for (const word of mendWord(store.listCore(), folded, MOST_MENDINGS)) {
    for (const form of store.findWord(word)) {
      if (exact === folded || isOneSlip(exact, form.exact)) part.lists.push({ ...makeList(form, 1, MENDED), isMended: true });
    }
  }
  weighLoose(store, part);
}

/** A word that no exhibit has is as rare as the words that stand in for it. */
function weighLoose(store, part) {
  if (part.isDoubtful && part.lists.length > 0) {
    part.rarity = rarityOf(store.count, Math.max(...part.lists.map((list) => list.count)));
  }
}

/** What a field keeps for each exhibit, by its number; of parts a bit each. */
const BY_NUMBER = {
  scores: Float32Array,
  literal: Int32Array, // parts that the exhibit has as typed or in other marks
  exact: Int32Array, // those that it has with the marks that were typed
  loose: Int32Array, // or begun, or mended
  inTitle: Uint8Array, // how many neighbours of the query are neighbours in the title
};

/** The scores of all exhibits, and which parts each has. */
class Field {
  constructor(store, parts, isMarked) {
    Object.assign(this, { store, parts, isMarked });
    this.score();
  }

  score() {
    const size = this.store.highest + 1;
    for (const name in BY_NUMBER) this[name] = this.#clear(name, BY_NUMBER[name], size);
    this.all = (1 << this.parts.length) - 1;
    this.#addBase(this.parts.slice(0, -1));
    this.#addParts(this.parts.slice(-1), this.parts.length - 1);
    const quoted = this.parts.reduce((bits, { phrase, lists, bit }) => (phrase && lists[0]?.numbers.length ? bits | bit : bits), 0);
    const { scores, exact, all, isMarked } = this;
    let best = 0;
    for (let number = 0; number < size; number += 1) {
      const mask = exact[number];
      if (isMarked && mask === all) scores[number] *= EXACT;
      if ((mask & quoted) !== quoted) scores[number] = 0; // a phrase that there is is required in any case
      if (scores[number] > scores[best]) best = number;
    }
    this.best = best;
  }

  /** All but the last part, which alone changes while it is typed: what the others add up to is kept for the next key. */
  #addBase(parts) {
    if (parts.length === 0) return;
    const { store } = this;
    const key = JSON.stringify(parts.map(({ lists, rarity, word, unit, phrase }) => [
      word?.folded, unit?.key, phrase, rarity, lists.map(({ exact, factor }) => [exact, factor]),
    ]));
    if (store.kept?.key === key) {
      parts.forEach((part, at) => Object.assign(part, { bit: 1 << at, tops: store.arrays["tops" + at] }));
      for (const name in BY_NUMBER) this[name].set(store.kept[name]);
      return;
    }
    this.#addParts(parts, 0);
    store.kept = { key };
    for (const name in BY_NUMBER) store.kept[name] = this[name].slice();
  }

  #addParts(parts, first) {
    parts.forEach((part, at) => {
      const place = first + at;
      part.bit = 1 << place;
      part.tops = this.#clear("tops" + (place + 1 < this.parts.length ? place : ""), Uint8Array, this.scores.length);
      this.#addPart(part);
      const before = this.parts[place - 1];
      if (before) this.#addPair(before, part);
    });
  }

  /** Zeros in an array of the store's: a field lives until the next query, and new arrays at every key would cost more than it. */
  #clear(name, Kind, size) {
    const { arrays } = this.store;
    return arrays[name] ? arrays[name].fill(0) : (arrays[name] = new Kind(size));
  }

  #addPart({ lists, rarity, bit, tops }) {
    const { scores, literal, exact, loose } = this;
    const gains = this.#clear("gains", Float32Array, scores.length);
    for (const { numbers, impacts, factor, fits, isLoose } of lists) {
      const mixed = fits ? rarity + FORM * (rarityOf(this.store.count, numbers.length) - rarity) : rarity;
      const worth = GAINS.map((gain) => gain * factor * mixed);
      const [whole, fitting] = [isLoose ? 0 : bit, fits ? bit : 0];
      for (let at = 0; at < numbers.length; at += 1) {
        const number = numbers[at];
        const gain = worth[impacts[at]];
        if (fits && impacts[at] > tops[number]) tops[number] = impacts[at];
        if (gain > gains[number]) {
          scores[number] += gain - gains[number];
          gains[number] = gain;
        }
        loose[number] |= bit;
        literal[number] |= whole;
        exact[number] |= fitting;
      }
    }
  }

  /** More for exhibits in which two words of the query follow each other, in whichever form each stands there. */
  #addPair(first, second) {
    if (!first.word || !second.word) return;
    const best = new Map(); // number → [gain, whether in the title]
    for (const one of groupLists(first)) {
      for (const other of groupLists(second)) {
        const found = this.#findNeighbours(one, other, first.bit | second.bit);
        const rarity = rarityOf(this.store.count, found.size) * Math.min(one.factor, other.factor);
        for (const [number, titled] of found) {
          const worth = GAINS[Math.min(first.tops[number], second.tops[number])];
          const gain = rarity * (titled ? worth * TITLE_PAIR : Math.max(worth * PAIR, LEAST_PAIR));
          if (gain > (best.get(number)?.[0] || 0)) best.set(number, [gain, titled]);
        }
      }
    }
    for (const [number, [gain, titled]] of best) {
      this.scores[number] += gain;
      this.inTitle[number] += titled;
    }
  }

  /** Exhibits in which `one` stands before `other` → whether in the title: the list of the rarer form tells. */
  #findNeighbours(one, other, bits) {
    const found = new Map();
    const mostFrequent = ({ lists }) => Math.max(...lists.map((list) => list.count));
    for (const [{ lists }, name, most] of [[one, `>${other.folded}`, mostFrequent(other)], [other, `<${one.folded}`, mostFrequent(one) - 1]]) {
      for (const { marks, count } of lists) {
        if (count > most) continue;
        for (const number of marks.get(markOf(name)) || []) {
          if ((this.exact[number] & bits) === bits && !found.has(number)) found.set(number, 0);
        }
        for (const number of marks.get(markOf("t" + name)) || []) if (found.has(number)) found.set(number, 1);
      }
    }
    return found;
  }

  /** Exhibits that have every part: as typed, or with `loosely` also begun or mended. */
  choose(loosely = false) {
    const masks = loosely ? this.loose : this.literal;
    const chosen = [];
    for (let number = 0; this.all > 0 && number < masks.length; number += 1) if (masks[number] === this.all) chosen.push(number);
    return chosen;
  }

  /** How many of these have every part with the marks typed. */
  countExact(chosen) {
    return chosen.filter((number) => this.exact[number] === this.all).length;
  }

  /** True where the best of all has every part, but not as typed, and stands above those that have. */
  prefersLoose(chosen) {
    return this.loose[this.best] === this.all && this.#topOf(chosen) * LOOSER < this.scores[this.best];
  }

  /** True where an exhibit that lacks a word of several, or all but has the query as its title, stands far above those chosen; of
      a long query, which is a sentence rather than names, above them at all. */
  isPoor(chosen) {
    const { best, scores } = this;
    if (this.#topOf(chosen) >= scores[best] * (this.parts.length > LONG ? 1 : SCATTERED)) return false;
    return this.parts.length >= LONG || this.inTitle[best] >= 2;
  }

  #topOf(chosen) {
    return chosen.reduce((top, number) => Math.max(top, this.scores[number]), 0);
  }

  /** Exhibits that come near to the best, whatever they lack; what stands in for a word does not count. */
  chooseMost() {
    for (const part of this.parts) part.lists = part.lists.filter((list) => !list.isLoose);
    this.score();
    const least = this.scores[this.best] * ENOUGH;
    const chosen = [];
    for (let number = 0; least > 0 && number < this.scores.length; number += 1) if (this.scores[number] >= least) chosen.push(number);
    return chosen;
  }

  /** What the best of those chosen has in place of words that no exhibit has: [[typed, used] …]. */
  namesOfMended(chosen) {
    const top = chosen.reduce((top, number) => (this.scores[number] > this.scores[top] ? number : top), chosen[0]);
    return this.parts.filter((part) => part.isDoubtful).flatMap(({ word, lists }) => {
      const [used] = lists.filter((list) => list.numbers.includes(top)).sort((a, b) => b.factor - a.factor);
      return used?.isLoose ? [[word.exact, used.exact]] : [];
    });
  }
}

/**
 * Answer a query: { numbers, scores, mended: [[typed, used] …], most, parts }, or null where `store.missing` must be
 * fetched first; `isFirst` where that will only complete the last word. `typing`: a single last letter says nothing yet.
 */
export function rankQuery(store, query, typing) {
  const typed = query.parts;
  const isStub = typing && query.open && typed.length > 1 && typed.at(-1).word?.exact.length === 1;
  const isMarked = typed.some(({ word }) => word && word.exact !== word.folded);
  const parts = (isStub ? typed.slice(0, -1) : typed).map((part) => openPart(store, part, isMarked ? BARE : 1));
  const last = parts.at(-1);
  if (store.missing.size > 0) return null;
  const field = new Field(store, parts, isMarked);
  const answer = { mended: [], most: false, parts };
  let chosen = field.choose();
  const isFew = () => field.countExact(chosen) < FEW;
  const wants = () => parts.length > 0 && (chosen.length === 0 || field.isPoor(chosen));
  if (query.open && last?.word && !isStub && (isFew() || wants())) {
    const isPoor = wants();
    addCompletions(store, last);
    if (store.missing.size > 0) return isPoor ? null : finish(store, query, field, chosen, { ...answer, isFirst: true });
    field.score();
    if (last.isDoubtful || wants() || field.prefersLoose(chosen)) chosen = field.choose(true);
    else last.begun = false;
  }
  const doubtful = parts.filter((part) => part.isDoubtful);
  if (wants() && doubtful.length > 0) {
    for (const part of doubtful) addMendings(store, part);
    if (store.missing.size > 0) return null;
    field.score();
    chosen = field.choose(true);
    answer.mended = chosen.length > 0 ? field.namesOfMended(chosen) : [];
  }
  if (wants() && parts.length > 1) {
    const relaxed = field.chooseMost();
    answer.most = relaxed.length > 0;
    if (answer.most) [chosen, answer.mended] = [relaxed, []];
    answer.unknown = parts.filter(({ word, lists }) => word && lists.length === 0).map(({ word }) => word.exact);
  }
  return finish(store, query, field, chosen, answer);
}

function finish(store, query, field, chosen, answer) {
  const scores = new Float32Array(store.highest + 1); // of the chosen alone
  for (const number of chosen) scores[number] = field.scores[number];
  for (const number of query.numbers) {
    if (number > store.highest || !store.has(number)) continue;
    if (!scores[number]) chosen.push(number);
    scores[number] = NUMBER_SCORE;
  }
  const places = query.parts.filter((part) => part.unit).map((part) => part.unit.key.split("/"));
  return { ...answer, numbers: sortBest(chosen, scores), scores, places, cut: query.cut };
}

/** Numbers by their scores, the best and the highest first. Scores are not below zero, so their bits are in the order of their values. */
function sortBest(numbers, scores) {
  const bits = new Uint32Array(scores.buffer);
  const keys = Float64Array.from(numbers.map((number) => bits[number] * NUMBERS + number)).sort().reverse();
  return numbers.map((_, at) => keys[at] % NUMBERS);
}
