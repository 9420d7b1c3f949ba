/* Elements, and links to other states of the catalogue. In: a state. Out: an element; its text goes in as text. */

import { writeState } from "./state.js";

/** A link to a state; catalogue.js follows it without loading the page. */
export function makeLink(className, text, state) {
  const link = makeElement("a", { className, href: writeState(state) || location.pathname, textContent: text });
  link.dataset.state = "";
  return link;
}

export function makeElement(name, values) {
  return Object.assign(document.createElement(name), values);
}
