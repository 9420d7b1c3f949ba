/* What is searched, filtered and shown ↔ the address. Pure. The names in the address are a promise: links that people
   have shared must go on working. What it does not know it hands back, so that the page can say so. */

export const SORTS = ["phu-hop", "moi", "ten", "phan-hoi"];
export const LONGEST_QUERY = 201; // one more letter than is searched for (query.js), so that the page can say it was cut

/** The state of an address: { state: { q, filters, sort, page }, ignored: ["tinh=xyz" …] }. `known`: Map facet → values. */
export function readState(search, known) {
  const parameters = new URLSearchParams(search);
  const ignored = [];
  const filters = new Map();
  for (const [facet, choices] of known) {
    const taken = [];
    for (const value of new Set(parameters.getAll(facet))) {
      if (!value) continue;
      if (choices.has(value)) taken.push(value);
      else ignored.push(`${facet}=${value}`);
    }
    if (taken.length > 0) filters.set(facet, taken);
  }
  const q = (parameters.get("q") || "").slice(0, LONGEST_QUERY);
  const sort = parameters.get("sap-xep") || "";
  if (sort && !SORTS.includes(sort)) ignored.push(`sap-xep=${sort}`);
  const trang = parameters.get("trang") || "";
  const page = /^[1-9]\d{0,5}$/.test(trang) ? Number(trang) : 1;
  if (trang && String(page) !== trang) ignored.push(`trang=${trang}`);
  return { state: { q, filters, sort: SORTS.includes(sort) ? sort : "", page }, ignored };
}

/** The query part of the address of a state: "" or "?q=…&tinh=…". */
export function writeState({ q, filters, sort, page }) {
  const parameters = new URLSearchParams();
  if (q.trim()) parameters.append("q", q.trim());
  for (const [facet, values] of filters) for (const value of values) parameters.append(facet, value);
  if (sortOf({ q, sort }) !== defaultSort(q)) parameters.append("sap-xep", sort);
  if (page > 1) parameters.append("trang", page);
  const text = parameters.toString();
  return text ? `?${text}` : "";
}

/** The order that holds: without a query nothing is best. */
export function sortOf({ q, sort }) {
  return sort === "phu-hop" || !sort ? defaultSort(q) : sort;
}

/** Best first for a query, else newest first. */
export function defaultSort(q) {
  return q.trim() ? "phu-hop" : "moi";
}

/** The state with a value chosen or no longer chosen; back on the first page. */
export function toggleValue(state, facet, value, chosen) {
  const filters = new Map(state.filters);
  const values = (filters.get(facet) || []).filter((one) => one !== value);
  if (chosen) values.push(value);
  if (values.length > 0) filters.set(facet, values);
  else filters.delete(facet);
  return { ...state, filters, page: 1 };
}
