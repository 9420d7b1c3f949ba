/* Lays out the site of one peer. In: `page ENGINE SITE` bundles its page; `index ENGINE DOCUMENTS SITE` makes its index, the part that is
   timed. DOCUMENTS is JSON: [{number, url, title, summary, filing, body}]. Pagefind's index is made by its own program. */

import { copyFile, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [verb, engine, ...rest] = process.argv.slice(2);
const module = join(here, "engines", `${engine}.js`);

if (verb === "page") {
  const { build } = await import("esbuild");
  const [site] = rest;
  await copyFile(join(here, "page.html"), join(site, "index.html"));
  await build({
    entryPoints: [join(here, "page.js")],
    outfile: join(site, "app.js"),
    alias: { engine: module },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    logLevel: "warning",
  });
} else {
  const [documents, site] = rest;
  const { makeIndex } = await import(module);
  await writeFile(join(site, "index.json"), await makeIndex(JSON.parse(await readFile(documents, "utf8"))));
}
