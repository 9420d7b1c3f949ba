// The peer of bench/build.py: exhibits, listings by place and theme of 24, home, feed, sitemap.

const PAGE_SIZE = 24;
const ADDRESS = "https://example.org";

function slugOf(name) {
  const plain = name.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

function dayOf(date) {
  return date.toISOString().slice(0, 10);
}

// Every page of every listing: Eleventy pages through one list only.
function listings(items, key, folder) {
  const found = new Map();
  for (const item of items)
    for (const name of [item.data[key]].flat()) {
      if (!found.has(name)) found.set(name, []);
      found.get(name).push(item);
    }
  const pages = [];
  for (const [name, list] of [...found].sort((one, other) => one[0].localeCompare(other[0], "vi"))) {
    const total = Math.ceil(list.length / PAGE_SIZE);
    const url = (page) => `/${folder}/${slugOf(name)}/` + (page > 1 ? `trang/${page}/` : "");
    for (let page = 1; page <= total; page++)
      pages.push({
        name, page, total, count: list.length, url: url(page),
        previous: page > 1 ? url(page - 1) : "", next: page < total ? url(page + 1) : "",
        items: list.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
      });
  }
  return pages;
}

export default function (config) {
  let newest = null;
  const sorted = (api) => (newest ??= api.getFilteredByGlob("content/*.md").sort((one, other) => other.date - one.date));
  config.on("eleventy.before", () => { newest = null; });
  config.addCollection("exhibits", sorted);
  config.addCollection("placePages", (api) => listings(sorted(api), "place", "tinh-thanh"));
  config.addCollection("themePages", (api) => listings(sorted(api), "themes", "chu-de"));
  config.addCollection("placeList", (api) => listings(sorted(api), "place", "tinh-thanh").filter((one) => one.page === 1));
  config.addCollection("themeList", (api) => listings(sorted(api), "themes", "chu-de").filter((one) => one.page === 1));
  config.addFilter("slugOf", slugOf);
  config.addFilter("day", dayOf);
  config.addFilter("shownDay", (date) => dayOf(date).split("-").reverse().join("/"));
  config.addFilter("first", (list, count) => list.slice(0, count));
  config.addGlobalData("site", { title: "Triển lãm sáng kiến", address: ADDRESS });
  return { dir: { input: ".", includes: "_includes", output: "output" }, markdownTemplateEngine: false };
}
