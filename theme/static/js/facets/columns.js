/* Filters, counts and order over the columns that expo/search/columns.py makes. Pure: rows in, rows out.
   Within a facet any chosen value will do, between facets all must hold. A count says what choosing that value would
   give under the other facets' filters. */

/** The data with the positions of values looked up: columns.position.get("tinh").get("hue"). */
export function openColumns(data) {
  const position = new Map();
  for (const [facet, values] of Object.entries(data.values)) {
    position.set(facet, new Map(values.map((value, at) => [value, at])));
  }
  return { ...data, count: data.numbers.length, facets: [...position.keys()], position };
}

/**
 * Rows that pass, and the counts of every value. `filters` is a Map facet → values; `scores` a Map of the rows that
 * the search found, or null. Returns { rows, counts: Map facet → array parallel to columns.values[facet] }.
 */
export function filterRows(columns, filters, scores) {
  const wanted = columns.facets.map((facet) => chosenPositions(columns, filters, facet));
  const counts = new Map(columns.facets.map((facet) => [facet, columns.values[facet].map(() => 0)]));
  const rows = [];
  for (let row = 0; row < columns.count; row += 1) {
    if (scores && !scores.has(row)) continue;
    const failing = columns.facets.filter((facet, at) => wanted[at] && !columns.rows[facet][row].some((v) => wanted[at].has(v)));
    if (failing.length === 0) rows.push(row);
    for (const facet of columns.facets) {
      if (failing.length > 1 || (failing.length === 1 && failing[0] !== facet)) continue;
      for (const value of columns.rows[facet][row]) counts.get(facet)[value] += 1;
    }
  }
  return { rows, counts };
}

function chosenPositions(columns, filters, facet) {
  const values = filters.get(facet) || [];
  return values.length > 0 ? new Set(values.map((value) => columns.position.get(facet).get(value))) : null;
}

/** Rows in the order wanted; the newest first where that leaves two equal. */
export function sortRows(columns, rows, sort, scores) {
  const ranks = { ten: columns.by_name, "phan-hoi": columns.by_reply }[sort];
  const rank = sort === "phu-hop" && scores ? (row) => -scores.get(row) : ranks ? (row) => ranks[row] : (row) => row;
  return [...rows].sort((a, b) => rank(a) - rank(b) || a - b);
}
