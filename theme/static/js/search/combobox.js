/* The list of suggestions under a search box: a combobox with a listbox, as ARIA 1.2 has it. In: the box, suggest(text), what to
   do with a choice, words. Nothing is chosen beforehand, so Enter searches as before. Keys belong to the keyboard's own
   method (Telex, VNI) as long as it composes. A suggestion with an href is a link that the browser itself follows. */

import { markTyped } from "./suggest.js";

const SAY_PAUSE = 600; // milliseconds; whoever types on is not talked over

/**
 * `suggest(text)` gives [{ kind, label or title, note or number, href or facet and value }]; `choose(suggestion)` gets those
 * without an href. Returns { refresh() }: call it when suggest() would now answer otherwise.
 */
export function openCombobox(input, { suggest, choose, words }) {
  const list = makePart("div", { class: "suggest", id: `${input.id}-list`, role: "listbox", "aria-label": words.suggestions });
  const status = makePart("p", { class: "vh", role: "status" });
  let stops, active, shown, pause; // stops: none, which is the text itself, then every option
  let wanted; // from typing or an arrow to Esc, a choice or leaving
  let isLate = false; // a key was pressed, and its answers are to be painted before its suggestions

  const point = (option) => {
    active?.removeAttribute("aria-selected");
    active = option;
    input.setAttribute("aria-activedescendant", option?.id ?? "");
    option?.setAttribute("aria-selected", true);
    option?.scrollIntoView({ block: "nearest" });
    const text = option?.href ? words.enter_opens : option ? words.enter_filters : stops[1] ? words.suggestions_count : "";
    clearTimeout(pause);
    pause = setTimeout(() => (status.textContent = text.replace("{count}", stops.length - 1)), SAY_PAUSE);
  };

  const makeOption = (one) => {
    const { kind, href } = one;
    const parts = markTyped(one.label ?? one.title, input.value);
    const label = parts.map((part, at) => (at % 2 || !part ? part : makePart("mark", {}, part)));
    const note = makePart("small", {}, one.note ?? `SK-${String(one.number).padStart(4, 0)}`);
    const id = list.id + (href ?? one.facet + one.value);
    const told = [makePart("span", {}, ...label), note, makePart("small", {}, words[kind])];
    const option = makePart("a", { role: "option", id, ...(href && { href }) }, ...told);
    option.addEventListener("click", () => {
      close();
      if (!href) choose(one);
    });
    return option;
  };

  const draw = (want) => {
    wanted = want;
    isLate = false;
    const found = wanted ? suggest(input.value) : [];
    const asked = input.value + JSON.stringify(found);
    if (asked === shown) return; // an option that a finger is on must stay
    shown = asked;
    const kinds = [...new Set(found.map(({ kind }) => kind))];
    list.replaceChildren(...kinds.map((kind) => {
      const own = found.filter((one) => one.kind === kind).map(makeOption);
      return makePart("div", { role: "group", "aria-label": words[kind] }, ...own);
    }));
    stops = [undefined, ...list.querySelectorAll("a")];
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", !list.hidden);
    point(stops.find((one) => one?.id === active?.id));
  };

  const press = (event) => {
    const { key } = event;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (event.isComposing || event.keyCode === 229 || event.shiftKey) return;
    if (step || isLate) draw(true);
    if (list.hidden) return;
    if (step) point(stops[(stops.indexOf(active) + step + stops.length) % stops.length]);
    else if (key === "Enter" && active) active.click();
    else if (key === "Escape") draw(false);
    else return /Home|End|Left|Right/.test(key) && point(); // these are for the text
    event.preventDefault();
  };

  const close = () => draw(false);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.form.append(list, status);
  close();
  input.addEventListener("input", () => {
    wanted = isLate = true;
    requestAnimationFrame(() => setTimeout(() => setTimeout(() => isLate && draw(true))));
  });
  input.addEventListener("keydown", press);
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps focus, and a phone its keyboard
  return { refresh: () => draw(wanted) };
}

function makePart(tag, attributes, ...children) {
  const part = document.createElement(tag);
  for (const name in attributes) part.setAttribute(name, attributes[name]);
  part.append(...children);
  return part;
}
