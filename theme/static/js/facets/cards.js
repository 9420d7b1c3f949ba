/* The exhibits on the wall: fetched by the dozen, each file once, kept as elements. In: rows to show. Our own fragments,
   made by the same template as the page's first wall, are the only thing that is ever read as HTML. */

/** Returns load(rows) → Promise of elements. `first` are the elements that the page came with: rows 0, 1, 2 … */
export function openCards(files, perFile, base, first) {
  const elements = new Map([...first].map((element, row) => [row, element]));
  const loading = new Map();

  async function loadFile(at) {
    const response = await fetch(new URL(files[at], base));
    if (!response.ok) throw new Error(`${response.status} ${files[at]}`);
    const template = document.createElement("template");
    (await response.json()).forEach((fragment, place) => {
      template.innerHTML = fragment;
      const row = at * perFile + place;
      if (!elements.has(row)) elements.set(row, template.content.firstElementChild);
    });
  }

  return async function load(rows) {
    const missing = new Set(rows.filter((row) => !elements.has(row)).map((row) => Math.floor(row / perFile)));
    await Promise.all(
      [...missing].map((at) => {
        if (!loading.has(at)) loading.set(at, loadFile(at).catch((error) => {
          loading.delete(at); // the next try asks again
          throw error;
        }));
        return loading.get(at);
      }),
    );
    return rows.map((row) => elements.get(row));
  };
}
