/* Lists of numbers out of bits: the twin of expo/search/bits.py. Pure. In: bytes. Out: numbers. Bytes that end too early
   give the numbers up to there; nothing here runs longer than the bytes are. */

const IMPACT_ORDER = [2, 3, 4, 1, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
const POSITION_PARAMETER = 6;
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

/** `count` ascending numbers up to `highest`, each with an impact and the marks of neighbours: arrays of one length; marks
    are bits of two words, `low` and `high`. */
export function readPostings(bytes, count, highest) {
  const [numbers, low, high] = [0, 1, 2].map(() => new Int32Array(count));
  const impacts = new Uint8Array(count);
  const reader = new BitReader(bytes);
  const parameter = riceParameter(highest, count);
  let number = -1;
  for (let at = 0; at < count; at += 1) {
    number += reader.rice(parameter) + 1;
    const code = reader.unary();
    const marks = reader.unary();
    const step = marks && riceParameter(HIGHEST_MARK, marks);
    for (let left = marks, mark = -1; left > 0 && mark < HIGHEST_MARK; left -= 1) {
      mark += reader.rice(step) + 1;
      if (mark < 32) low[at] |= 1 << mark;
      else high[at] |= 1 << (mark - 32);
    }
    if (reader.done || number > highest) return { numbers: numbers.slice(0, at), impacts, low, high };
    numbers[at] = number;
    impacts[at] = IMPACT_ORDER[code] || 1;
  }
  return { numbers, impacts, low, high };
}

/** A Map of number → ascending positions. */
export function readPositions(bytes, count, highest) {
  const found = new Map();
  const reader = new BitReader(bytes);
  const parameter = riceParameter(highest, count);
  let number = -1;
  for (let at = 0; at < count; at += 1) {
    number += reader.rice(parameter) + 1;
    const positions = new Array(Math.min(reader.unary() + 1, bytes.length * 8));
    let position = -1;
    for (let place = 0; place < positions.length; place += 1) {
      positions[place] = position += reader.rice(POSITION_PARAMETER) + 1;
    }
    if (reader.done || number > highest) break;
    found.set(number, positions);
  }
  return found;
}
