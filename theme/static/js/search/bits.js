/* Lists of numbers out of bits: the twin of expo/search/bits.py. Pure. In: bytes. Out: numbers. Bytes that end too early
   give the numbers up to there; nothing here runs longer than the bytes are. */

const IMPACT_ORDER = [2, 3, 4, 1, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
const HIGHEST_MARK = 63;

/** Reads bits, the most significant first. Beyond the end it counts as done. */
class BitReader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
    this.end = bytes.length * 8;
  }

  /** Zeros before the next one. */
  unary() {
    const { bytes, end } = this;
    const start = this.at;
    let at = start;
    while (at < end) {
      const rest = (bytes[at >> 3] << (at & 7)) & 255;
      if (rest) {
        at += Math.clz32(rest) - 24;
        this.at = at + 1;
        return at - start;
      }
      at = (at | 7) + 1;
    }
    this.at = end + 1;
    return 0;
  }

  rice(parameter) {
    return this.unary() * 2 ** parameter + this.take(parameter);
  }

  /** One more than the value is told: the length of its bits, then these. */
  gamma() {
    const size = this.unary();
    return 2 ** size + this.take(size) - 1;
  }

  take(size) {
    let value = 0;
    for (const end = this.at + size; this.at < end; this.at += 1) {
      value = value * 2 + ((this.bytes[this.at >> 3] >> (7 - (this.at & 7))) & 1);
    }
    return value;
  }

  get done() {
    return this.at > this.end;
  }
}

function riceParameter(highest, count) {
  return Math.max(0, 31 - Math.clz32(Math.floor(((highest + 1) * 7) / (count * 10))));
}

/** `count` ascending numbers below `universe`: those told, or all but those told where they are more than half. */
function readSet(reader, count, universe) {
  const inverse = 2 * count > universe;
  const told = inverse ? universe - count : count;
  const parameter = told && riceParameter(universe - 1, told);
  const members = new Int32Array(count);
  let size = 0;
  let number = 0;
  const fillTo = (end) => {
    for (; number < end; number += 1, size += 1) members[size] = number;
  };
  for (let left = told; left > 0; left -= 1) {
    const next = number + reader.rice(parameter);
    if (reader.done || next >= universe) return members.subarray(0, size);
    if (inverse) fillTo(next);
    else members[size++] = next;
    number = next + 1;
  }
  if (inverse) fillTo(universe);
  return members.subarray(0, size);
}

/** `count` ascending numbers up to `highest`, an impact for each, and which have a mark: Map of mark → numbers. */
export function readPostings(bytes, count, highest) {
  const reader = new BitReader(bytes);
  const numbers = readSet(reader, count, highest + 1);
  const impacts = new Uint8Array(numbers.length).fill(IMPACT_ORDER[0]);
  let rows = numbers.map((_, row) => row);
  for (let layer = 1; rows.length > 0 && !reader.done; layer += 1) {
    const having = Math.min(reader.take(32 - Math.clz32(rows.length)), rows.length);
    rows = readSet(reader, having, rows.length).map((at) => rows[at]);
    for (const row of rows) impacts[row] = IMPACT_ORDER[layer] || 1;
  }
  const marks = new Map();
  for (const mark of readSet(reader, Math.min(reader.gamma(), HIGHEST_MARK + 1), HIGHEST_MARK + 1)) {
    const having = Math.min(reader.gamma() + 1, numbers.length);
    marks.set(mark, readSet(reader, having, numbers.length).map((row) => numbers[row]));
  }
  return { numbers, impacts, marks };
}

/** Places as expo/search/index.py has them, each a number × step + position, ascending. */
export function readPlaces(bytes, step) {
  const { buffer } = bytes.slice();
  if (step > 65536) return Array.from(new BigUint64Array(buffer, 0, bytes.length >> 3), Number);
  return new Uint32Array(buffer, 0, bytes.length >> 2);
}
