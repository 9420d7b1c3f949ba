/* The files of the search: fetched when asked for, each once, unpacked and looked into. In: the address of the root file,
   which expo/search/index.py describes. Out: look-ups that answer at once from what is here, and note what is missing.
   A file that does not come or is damaged counts as empty until `retry`; the search goes on with the others. */

import { readPlaces, readPostings } from "./bits.js";
import { openUnits } from "./query.js";
import { openCore } from "./slips.js";
import { fold, splitTokens } from "./text.js";

const HASH_SIZE = 3;
const SHARED_BITS = { w: 1, c: 4, p: 0 }; // neighbours share a hash, as in expo/search/shards.py
const encoder = new TextEncoder();
const decoder = new TextDecoder();

const damaged = new Set(); // addresses of which the browser may keep what it got

/** The bytes of one of our files, unpacked. Throws where it does not come or is damaged. */
export async function fetchBytes(address) {
  try {
    const response = await fetch(address, { cache: damaged.has(`${address}`) ? "reload" : "default" });
    if (!response.ok) throw new Error(`${response.status} ${address}`);
    const stream = response.body.pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (error) {
    damaged.add(`${address}`);
    throw error;
  }
}

export async function fetchJson(address) {
  return JSON.parse(decoder.decode(await fetchBytes(address)));
}

/** FNV-1a of a word's UTF-8, as in expo/search/shards.py: its low bits say which file holds the word. */
export function hashWord(word) {
  let value = 0x811c9dc5;
  for (const byte of encoder.encode(word)) value = Math.imul(value ^ byte, 0x01000193);
  return value ^ (value >>> 15);
}

/** Open the root file. Throws where that fails: without it there is no search. */
export async function openStore(address) {
  setTimeout(() => splitTokens("a")); // meanwhile: what a browser makes of the patterns at their first use would keep the answer waiting
  const bytes = await fetchBytes(address);
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const root = JSON.parse(decoder.decode(bytes.subarray(4, 4 + length)));
  return new Store(new URL(".", address), root, bytes.subarray(4 + length));
}

class Store {
  constructor(base, root, hashes) {
    Object.assign(this, root, { base, units: openUnits(root.units), numbers: openNumbers(root.numbers) });
    const words = (root.words >> SHARED_BITS.w) * HASH_SIZE;
    this.tables = { w: hashes.subarray(0, words), c: hashes.subarray(words) };
    this.shards = new Map(); // "w/12" → Map of keys, "p" → hashes in the names of phrases, null where it did not come
    this.loading = new Map(); // name → promise
    this.arrays = {}; // rank.js's, used again at every key
    this.kept = null; // and what all words but the last added up to
    this.missing = new Set(); // files that a look-up wanted since `missing` was last emptied
  }

  /** The address of file `at` of a kind, or "" where there is none. */
  addressOf(kind, at) {
    const group = (at >> SHARED_BITS[kind]) * HASH_SIZE;
    const hash = this.tables[kind].subarray(group, group + HASH_SIZE);
    const name = [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return /[1-9a-f]/.test(name) ? new URL(`${kind}/${at}-${name}.bin`, this.base).href : "";
  }

  /** The known words, read when they are first asked for. */
  listCore() {
    return (this.known ??= openCore(this.core));
  }

  /** Whether there is an exhibit of that number. */
  has(number) {
    return this.numbers.has(number);
  }

  /** Variants of a folded word: [{ exact, count, numbers, impacts } …], empty where no exhibit has it or it is not here yet. */
  findWord(folded) {
    return (this.#find("w", folded)?.get(folded) || []).map((entry) => this.#readList(entry));
  }

  /** Variants of two neighbouring words: [{ exact, places } …]. */
  findPhrase(folded) {
    const entries = (this.#take("p") && this.#find("p", folded)?.get(folded)) || [];
    return entries.map(({ exact, bytes }) => ({ exact, places: readPlaces(bytes, this.step) }));
  }

  #readList(entry) {
    entry.numbers || Object.assign(entry, readPostings(entry.bytes, entry.count, this.highest));
    return entry;
  }

  #find(kind, word) {
    return this.#take(`${kind}/${hashWord(word) & ((kind === "w" ? this.words : this.phrases) - 1)}`);
  }

  /** What a file holds; one that was not asked for yet is noted as missing. */
  #take(name) {
    if (!this.shards.has(name)) this.missing.add(name);
    return this.shards.get(name);
  }

  /** Fetch what was missing. True where any file came or was given up: looking again can now find more. */
  async fetchMissing() {
    const wanted = [...this.missing];
    this.missing.clear();
    await Promise.all(wanted.map((name) => this.loading.get(name) ?? this.#start(name)));
    return wanted.length > 0;
  }

  #start(name) {
    const loading = this.#load(name).finally(() => this.loading.delete(name));
    this.loading.set(name, loading);
    return loading;
  }

  async #load(name) {
    let shard = null;
    try {
      if (name === "p") {
        shard = this.tables.p = await fetchBytes(new URL(this.directory, this.base));
      } else {
        const [kind, at] = name.split("/");
        const address = this.addressOf(kind, Number(at));
        shard = address ? openShard(await fetchBytes(address)) : new Map();
      }
    } catch {
      this.broken = true;
    }
    this.shards.set(name, shard);
  }

  /** Forget what did not come, so that the next search asks for it again. */
  retry() {
    this.broken = false;
    for (const [name, shard] of this.shards) if (!shard) this.shards.delete(name);
  }
}

/** The keys of a shard: folded form → entries; lines of text, an empty line, then the lists. */
function openShard(bytes) {
  const shard = new Map();
  let end = 0;
  while (end < bytes.length && !(bytes[end] === 10 && bytes[end + 1] === 10)) end += 1;
  let start = end + 2;
  for (const line of decoder.decode(bytes.subarray(0, end)).split("\n")) {
    const [exact, count, length] = line.split("\t");
    const folded = fold(exact);
    if (!shard.has(folded)) shard.set(folded, []);
    shard.get(folded).push({ exact, folded, count: Number(count), bytes: bytes.subarray(start, (start += Number(length))) });
  }
  return shard;
}

/** [first, length, first, length …] of runs of numbers → Set. */
function openNumbers(runs) {
  const numbers = new Set();
  for (let at = 0; at < runs.length; at += 2) for (let step = 0; step < runs[at + 1]; step += 1) numbers.add(runs[at] + step);
  return numbers;
}
