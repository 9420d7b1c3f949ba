/* What is being filtered, as chips: each a link to the same view without it. In: the state and the panel's labels.
   Texts go in as text, never as HTML. */

import { makeLink } from "./links.js";
import { toggleValue } from "./state.js";

const CROSS = "M5 5l14 14M19 5L5 19";
const SVG = "http://www.w3.org/2000/svg";

/** Fill `box` with chips and "clear all"; empty and hidden where nothing is chosen. */
export function showChips(box, state, labelOf, words) {
  const chips = [];
  for (const [facet, values] of state.filters) {
    for (const value of values) {
      chips.push(makeChip(labelOf(facet, value), toggleValue(state, facet, value, false), words));
    }
  }
  if (chips.length > 0) chips.push(makeLink("chips__clear", words.clear, { ...state, filters: new Map(), page: 1 }));
  box.replaceChildren(...chips);
  box.hidden = chips.length === 0;
}

function makeChip(label, state, words) {
  const chip = makeLink("chip", label, state);
  const cross = document.createElementNS(SVG, "svg");
  cross.setAttribute("viewBox", "0 0 24 24");
  cross.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", CROSS);
  cross.append(path);
  const hint = document.createElement("span");
  hint.className = "vh";
  hint.textContent = ` ${words.remove}`;
  chip.append(cross, hint);
  return chip;
}
