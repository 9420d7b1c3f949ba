/* Pagefind: its own index of HTML pages and its own script, with the settings it comes with (marks are ignored and count when typed).
   In: `?wait=` milliseconds after the last key, 300 as its own interface has it; 0 searches at every key. */

const parameters = new URLSearchParams(location.search);
const wait = Number(parameters.get("wait") ?? 300);

export async function openEngine() {
  const pagefind = await import(/* @vite-ignore */ `${location.origin}/pagefind/pagefind.js`);
  if (parameters.get("worker") === "no") await pagefind.options({ noWorker: true });
  await pagefind.init();
  return async (text) => {
    const found = await (wait ? pagefind.debouncedSearch(text, {}, wait) : pagefind.search(text));
    if (!found) return null;
    const shown = await Promise.all(found.results.slice(0, 10).map((result) => result.data()));
    return shown.map(({ url, meta, plain_excerpt: summary }) => ({ number: meta.number, url, title: meta.title, summary }));
  };
}
