/* Links to other states of the catalogue. In: a state. Out: an element; its text goes in as text. */

import { writeState } from "./state.js";

/** A link to a state; catalogue.js follows it without loading the page. */
export function makeLink(className, text, state) {
  const link = document.createElement("a");
  link.className = className;
  link.href = writeState(state) || location.pathname;
  link.dataset.state = "";
  link.textContent = text;
  return link;
}
