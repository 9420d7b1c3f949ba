/* The page of a peer: searches with every key and lists ten results. In: `?q=` or keys; the engine, whose `openEngine` gives a
   function from text to ten documents (or null, when a later key has overtaken it). `findNumbers` serves the measure of quality. */

import { openEngine } from "engine";

const input = document.getElementById("q");
const list = document.getElementById("results");
let engine;
let turn = 0;

const search = async (text) => (await (engine ??= openEngine()))(text);

async function draw() {
  const mine = (turn += 1);
  const found = input.value.trim() ? await search(input.value) : [];
  if (mine !== turn || !found) return;
  list.dataset.turn = mine; // a list that stays the same is painted again, too
  list.replaceChildren(...found.map(showDocument));
}

function showDocument({ number, url, title, summary }) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const line = document.createElement("p");
  item.dataset.number = number;
  link.href = url;
  link.textContent = title;
  line.textContent = summary;
  item.append(link, line);
  return item;
}

globalThis.findNumbers = async (text) => (await search(text)).map(({ number }) => Number(number));

input.addEventListener("input", draw);
const asked = new URLSearchParams(location.search).get("q");
if (asked) {
  input.value = asked;
  draw();
}
