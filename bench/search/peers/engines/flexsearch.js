/* FlexSearch: a document index, "forward" (beginnings of words), with an encoder that takes the marks off; the phonetic ones (LatinBalance and
   further) make one word of too many Vietnamese syllables. Documents with all words in a field first; with none, `suggest` lists those
   with most. It forgives no slips without the phonetic encoders. */

import { Document, Encoder } from "flexsearch";
import { foldWord, splitWords } from "../words.js";

const makeDocument = () => {
  const encoder = new Encoder({ normalize: (text) => splitWords(text).map(foldWord).join(" "), dedupe: false, numeric: false });
  const field = (name) => ({ field: name, tokenize: "forward", encoder });
  return new Document({
    document: { id: "number", store: ["number", "url", "title", "summary"], index: ["title", "summary", "filing", "body"].map(field) },
  });
};

export async function makeIndex(documents) {
  const index = makeDocument();
  documents.forEach((document) => index.add(document));
  const parts = {};
  await index.export((key, data) => {
    parts[key] = data;
  });
  return JSON.stringify(parts);
}

export async function openEngine() {
  const index = makeDocument();
  const parts = await (await fetch("/index.json")).json();
  for (const [key, data] of Object.entries(parts)) index.import(key, data);
  return (text) => {
    for (const suggest of [false, true]) {
      const found = index.search(text, { limit: 10, suggest, enrich: true, merge: true });
      if (found.length) return found.slice(0, 10).map(({ doc }) => doc);
    }
    return [];
  };
}
