/* What a careful user who knows Vietnamese gives every engine. In: any string. Out: its words as typed (NFC, small letters), and the
   same without marks, đ → d. */

export function splitWords(text) {
  return text.normalize("NFC").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

export function foldWord(word) {
  return word.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");
}

/** A word in both forms; one, where they are the same. */
export function bothForms(word) {
  const folded = foldWord(word);
  return folded === word ? [word] : [word, folded];
}
