/* MiniSearch: every word is indexed in both forms. A query asks for the words as typed or the words without marks, so a document that has
   the marks too gets both scores. All words first, the last one also as a beginning; with no such document all with slips (fuzzy 0.2 in
   words of four letters and more); then any word. */

import MiniSearch from "minisearch";
import { bothForms, foldWord, splitWords } from "../words.js";

const OPTIONS = {
  idField: "number",
  fields: ["title", "summary", "filing", "body"],
  storeFields: ["url", "title", "summary"],
  tokenize: splitWords,
  processTerm: bothForms,
};
const SEARCH = {
  boost: { title: 4, summary: 2, filing: 2 },
  prefix: (term, place, terms) => place === terms.length - 1,
};

export function makeIndex(documents) {
  const index = new MiniSearch(OPTIONS);
  index.addAll(documents);
  return JSON.stringify(index);
}

export async function openEngine() {
  const index = MiniSearch.loadJSON(await (await fetch("/index.json")).text(), OPTIONS);
  const find = (text, combineWith, fuzzy) =>
    index.search({
      combineWith: "OR",
      queries: [
        { queries: [text], combineWith, processTerm: (term) => term },
        { queries: [text], combineWith, processTerm: foldWord },
      ],
    }, { ...SEARCH, fuzzy });
  const slips = (term) => term.length >= 4 && 0.2;
  return (text) => {
    for (const way of [["AND", false], ["AND", slips], ["OR", slips]]) {
      const found = find(text, ...way);
      if (found.length) return found.slice(0, 10).map(({ id, ...stored }) => ({ number: id, ...stored }));
    }
    return [];
  };
}
