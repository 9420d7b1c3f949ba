/* One letter wrong: the known word nearest to an unknown one. Pure. In: a folded word and the index. Out: a folded word
   of the index one insertion, deletion, replacement or swap away, or "". Numbers and words under three letters are left. */

const SHORTEST = 3;

/** True where one insertion, deletion, replacement or swap of neighbours turns a into b. */
export function isOneSlip(a, b) {
  if (a.length > b.length) [a, b] = [b, a];
  if (b.length - a.length > 1 || a === b) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  if (a.length < b.length) return a.slice(start) === b.slice(start + 1);
  if (a.slice(start + 1) === b.slice(start + 1)) return true;
  return a[start] === b[start + 1] && a[start + 1] === b[start] && a.slice(start + 2) === b.slice(start + 2);
}

/** The likeliest known word: same first letter before other, of the same length before shorter, then the most frequent. */
export function mendWord(folded, index) {
  if (folded.length < SHORTEST || /\d/.test(folded)) return "";
  let best = "";
  let bestRank = 0;
  for (const word of index.words) {
    if (!isOneSlip(folded, word)) continue;
    const rank = (word[0] === folded[0] ? 4e6 : 0) + (word.length >= folded.length ? 2e6 : 0) + countRows(index.terms.get(word));
    if (rank > bestRank) [best, bestRank] = [word, rank];
  }
  return best;
}

function countRows(forms) {
  return forms.reduce((sum, form) => sum + form.rows.length, 0);
}
