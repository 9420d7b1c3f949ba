/* Page links under the wall. In: the state and how many pages there are. Out: links that carry the whole state. */

import { makeElement, makeLink } from "./links.js";

const NEIGHBOURS = 1;

/** Pages to name: first, last, this one and its neighbours; 0 stands for a gap. */
export function pagesToShow(page, last) {
  const pages = [];
  for (let at = 1; at <= last; at += 1) {
    if (at === 1 || at === last || Math.abs(at - page) <= NEIGHBOURS) pages.push(at);
    else if (pages.at(-1) !== 0) pages.push(0);
  }
  return pages;
}

/** Fill the pager; hidden where one page holds all. */
export function showPager(nav, state, last, words) {
  const links = pagesToShow(state.page, last).map((page) => {
    if (page === 0) return makeElement("span", { textContent: "…" });
    const link = makeLink("btn", String(page), { ...state, page });
    link.setAttribute("aria-label", words.page.replace("{page}", page));
    if (page === state.page) link.setAttribute("aria-current", "page");
    return link;
  });
  if (state.page > 1) links.unshift(makeLink("btn", words.previous, { ...state, page: state.page - 1 }));
  if (state.page < last) links.push(makeLink("btn", words.next, { ...state, page: state.page + 1 }));
  nav.replaceChildren(...links);
  nav.hidden = last < 2;
}
