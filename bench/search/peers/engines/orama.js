/* Orama: a tokenizer that gives both forms of every word of a document, and the words of a query as they are. It scores a word with a slip
   like the word itself, so whichever first lists something: all words as typed (threshold 0), all without marks, all without marks
   with tolerance 1, any without marks (threshold 1). Beginnings of words always match. */

import { create, insertMultiple, load, save, search } from "@orama/orama";
import { bothForms, foldWord, splitWords } from "../words.js";

const OPTIONS = {
  schema: { title: "string", summary: "string", filing: "string", body: "string" },
  components: {
    tokenizer: {
      language: "vietnamese",
      normalizationCache: new Map(),
      // Only with a document is the name of a field handed in.
      tokenize: (text, language, field) => [...new Set(field ? splitWords(text).flatMap(bothForms) : splitWords(text))],
    },
  },
};

export async function makeIndex(documents) {
  const index = create(OPTIONS);
  await insertMultiple(index, documents.map((one) => ({ ...one, id: String(one.number) })), 1000, "vietnamese");
  const data = save(index);
  for (const stored of Object.values(data.docs.docs)) delete stored.body, delete stored.filing; // indexed, not shown
  return JSON.stringify(data);
}

export async function openEngine() {
  const index = create(OPTIONS);
  load(index, await (await fetch("/index.json")).json());
  const ways = [[(word) => word, { threshold: 0 }], [foldWord, { threshold: 0 }], [foldWord, { threshold: 0, tolerance: 1 }], [foldWord, { threshold: 1 }]];
  return async (text) => {
    for (const [form, options] of ways) {
      const term = splitWords(text).map(form).join(" ");
      const { hits } = await search(index, { term, boost: { title: 4, summary: 2, filing: 2 }, limit: 10, ...options });
      if (hits.length) return hits.map(({ document }) => document);
    }
    return [];
  };
}
