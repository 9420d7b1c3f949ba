/* Lunr: both forms of every word, no stemmer, no stop words, no trimmer (they are for English; the trimmer cuts off letters with
   marks). Words without marks are required, and forms as typed add to the score. Whichever first lists something: all words; all, the last
   one as a beginning; all with one slip in words of four letters and more; any word. */

import lunr from "lunr";
import { bothForms, foldWord, splitWords } from "../words.js";

const { MUST, MAY } = { MUST: lunr.Query.presence.REQUIRED, MAY: lunr.Query.presence.OPTIONAL };

export function makeIndex(documents) {
  const index = lunr(function build() {
    this.pipeline.reset();
    this.searchPipeline.reset();
    this.tokenizer = (text) => splitWords(text ?? "").flatMap(bothForms).map((word) => new lunr.Token(word));
    this.ref("number");
    this.field("title", { boost: 4 });
    this.field("summary", { boost: 2 });
    this.field("filing", { boost: 2 });
    this.field("body");
    documents.forEach((document) => this.add(document));
  });
  const shown = Object.fromEntries(documents.map(({ body, filing, ...rest }) => [rest.number, rest]));
  return JSON.stringify({ index, shown });
}

function ask(query, words, presence, unfinished, slips) {
  words.forEach((word, place) => {
    const folded = foldWord(word);
    const last = unfinished && place === words.length - 1;
    query.term(folded, {
      presence,
      editDistance: folded.length >= 4 ? slips : 0,
      wildcard: last ? lunr.Query.wildcard.TRAILING : lunr.Query.wildcard.NONE,
    });
    query.term(folded, { presence: MAY, boost: 4 });
    if (word !== folded) query.term(word, { presence: MAY, boost: 8 });
  });
}

export async function openEngine() {
  const { index, shown } = await (await fetch("/index.json")).json();
  const opened = lunr.Index.load(index);
  return (text) => {
    const words = splitWords(text);
    const ways = words.length ? [[MUST, false, 0], [MUST, true, 0], [MUST, true, 1], [MAY, true, 1]] : [];
    for (const way of ways) {
      const found = opened.query((query) => ask(query, words, ...way));
      if (found.length) return found.slice(0, 10).map(({ ref }) => shown[ref]);
    }
    return [];
  };
}
