/* Filters, counts and orders over the columns that expo/search/columns.py packs. Pure. In: bytes as packed there, and what
   is chosen. Out: numbers of exhibits (2 for SK-0002) and counts. Scores and ranks are arrays indexed by such numbers.
   Damaged bytes throw an Error.
   Within a facet any chosen value will do, between facets all must hold. A count says what choosing that value would
   give under the other facets' filters. */

const HIGHEST_NUMBER = 999999;

/**
 * Returns { count, numbers: newest first, facets: names, values: { facet: […] }, position: Map facet → Map value → index,
 * choices: { facet: rows for panel.js } }.
 * For this module alone: `rowOf`, by number its row among the newest or -1; `first` and `more`, by facet the values of rows.
 */
export function openColumns(bytes) {
  const { take, readNumber, readPlane, finish } = readColumnBytes(bytes);
  const size = take(4).reduce((sum, byte, at) => sum + byte * 256 ** at, 0);
  const { count, facets, choices } = JSON.parse(new TextDecoder().decode(take(size)));
  const numbers = [];
  let highest = 0;
  for (let number = 0; numbers.length < count; numbers.push(number)) {
    const step = readNumber();
    number += step & 1 ? -(step + 1) / 2 : step / 2;
    highest = Math.max(highest, number);
  }
  refuseDamaged(numbers.length !== count || highest > HIGHEST_NUMBER);
  const rowOf = new Int32Array(highest + 1).fill(-1);
  numbers.forEach((number, row) => {
    refuseDamaged(rowOf[number] !== -1); // twice, or below 0
    rowOf[number] = row;
  });
  const columns = { count, numbers: Int32Array.from(numbers), facets: [], values: {}, position: new Map(), choices, rowOf, first: [], more: [] };
  for (const [facet, { values, width, more }] of Object.entries(facets)) {
    columns.facets.push(facet);
    columns.values[facet] = values;
    columns.position.set(facet, new Map(values.map((value, at) => [value, at])));
    const first = readPlane(count, width);
    const pairs = []; // row, place, row, place …
    for (let row = 0, left = more; left > 0; left -= 1) {
      row += readNumber();
      pairs.push(row, readNumber());
      refuseDamaged(row >= count);
    }
    refuseDamaged(first.some((place) => place > values.length) || pairs.some((place, at) => at % 2 && !(place <= values.length)));
    columns.first.push(first);
    columns.more.push(Int32Array.from(pairs));
  }
  finish();
  return columns;
}

/** The ranks of an order, indexed by number; what the order leaves out comes last. */
export function openOrder(bytes, { count, rowOf }) {
  const { take, readNumber, readPlane, finish } = readColumnBytes(bytes);
  const length = readNumber();
  const ranks = new Int32Array(rowOf.length).fill(count);
  readPlane(length, take(1)[0]).forEach((number, rank) => {
    refuseDamaged(!(rowOf[number] >= 0));
    ranks[number] = rank;
  });
  finish();
  return ranks;
}

/**
 * Numbers that pass, newest first, and the counts of every value. `filters` is a Map facet → values; `found` the scores
 * of a search (not found: 0 or beyond its end), or null. Returns { rows, counts: Map facet → array parallel to its values }.
 */
export function filterRows(columns, filters, found) {
  const { count, numbers, facets, values, position, first, more } = columns;
  const failing = new Int32Array(count); // a bit for every facet that stands in the way
  facets.forEach((facet, at) => {
    const chosen = filters.get(facet) || [];
    if (chosen.length === 0) return;
    const wanted = new Uint8Array(values[facet].length + 1);
    for (const value of chosen) wanted[position.get(facet).get(value) + 1] = 1;
    for (let row = 0; row < count; row += 1) if (!wanted[first[at][row]]) failing[row] |= 1 << at;
    for (let pair = 0; pair < more[at].length; pair += 2) if (wanted[more[at][pair + 1]]) failing[more[at][pair]] &= ~(1 << at);
  });
  const rows = [];
  for (let row = 0; row < count; row += 1) {
    if (found && !found[numbers[row]]) failing[row] = -1;
    if (failing[row] === 0) rows.push(numbers[row]);
  }
  const counts = facets.map((facet, at) => {
    const tally = new Int32Array(values[facet].length + 1);
    const others = ~(1 << at);
    for (let row = 0; row < count; row += 1) if (!(failing[row] & others)) tally[first[at][row]] += 1;
    for (let pair = 0; pair < more[at].length; pair += 2) if (!(failing[more[at][pair]] & others)) tally[more[at][pair + 1]] += 1;
    return [facet, [...tally.subarray(1)]];
  });
  return { rows, counts: new Map(counts) };
}

/** Numbers in the order wanted. Of two that it leaves equal the newest comes first, but by score the highest number, as in rank.js,
    which knows no days: a filter must not swap them. `order` is what openOrder gave for this sort. */
export function sortRows({ rowOf }, rows, sort, scores, order) {
  const isBest = sort === "phu-hop" && scores;
  const isRanked = order && (sort === "ten" || sort === "phan-hoi");
  const rank = isBest ? (number) => -scores[number] : isRanked ? (number) => order[number] : () => 0;
  return [...rows].sort((a, b) => rank(a) - rank(b) || (isBest ? b - a : rowOf[a] - rowOf[b]));
}

function refuseDamaged(damaged) {
  if (damaged) throw new Error("The data of the catalogue is damaged.");
}

/** Readers that walk through bytes and never beyond them. */
function readColumnBytes(bytes) {
  let at = 0;
  function take(size) {
    refuseDamaged(!(size >= 0 && size <= bytes.length - at));
    at += size;
    return bytes.subarray(at - size, at);
  }
  function readNumber() {
    let number = 0;
    for (let shift = 0; ; shift += 7) {
      refuseDamaged(shift > 21); // also beyond the end, where no byte is below 128
      number |= (bytes[at] & 127) << shift;
      if (bytes[at++] < 128) return number;
    }
  }
  function readPlane(count, width) {
    refuseDamaged(!(width >= 1));
    const plane = take(count * width);
    const numbers = new Int32Array(count);
    for (let byte = 0; byte < plane.length; byte += count) {
      for (let place = 0; place < count; place += 1) numbers[place] |= plane[byte + place] << ((8 * byte) / count);
    }
    return numbers;
  }
  return { take, readNumber, readPlane, finish: () => refuseDamaged(at !== bytes.length) };
}
