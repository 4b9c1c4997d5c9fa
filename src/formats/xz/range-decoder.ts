import { MalformedArchive } from '../archive/malformed-archive.ts';

const TOP = 0x1000000;
const PROBABILITY_BITS = 11;
const MOVE_BITS = 5;
const EVEN = 1 << (PROBABILITY_BITS - 1);

/** As many adaptive bits, each as likely 0 as 1. */
export function evenProbabilities(count: number): Uint16Array {
  return new Uint16Array(count).fill(EVEN);
}

/** Reads bits of a range-coded stream. Source: LZMA specification (lzma-specification.txt of the LZMA SDK). */
export class RangeDecoder {
  readonly #input: Uint8Array;
  #position = 0;
  #end = 0;
  #range = 0;
  #code = 0;

  constructor(input: Uint8Array) {
    this.#input = input;
  }

  /** Begins to read at `start`, up to `end`. */
  begin(start: number, end: number): void {
    this.#position = start;
    this.#end = end;
    if (this.#next() !== 0) throw new MalformedArchive('its compressed data is damaged');
    this.#range = 0xffffffff;
    this.#code = 0;
    for (let count = 0; count < 4; count += 1) this.#code = ((this.#code << 8) | this.#next()) >>> 0;
  }

  /** All that was there has been read, and nothing is left over. */
  get isAtEnd(): boolean {
    return this.#position === this.#end && this.#code === 0;
  }

  bit(probabilities: Uint16Array, index: number): 0 | 1 {
    const probability = probabilities[index] ?? EVEN;
    const bound = (this.#range >>> PROBABILITY_BITS) * probability;
    if (this.#code < bound) {
      this.#range = bound;
      probabilities[index] = probability + (((1 << PROBABILITY_BITS) - probability) >>> MOVE_BITS);
      if (this.#range < TOP) this.#normalise();
      return 0;
    }
    this.#range -= bound;
    this.#code -= bound;
    probabilities[index] = probability - (probability >>> MOVE_BITS);
    if (this.#range < TOP) this.#normalise();
    return 1;
  }

  /** `count` bits that are as likely 0 as 1, the highest first. */
  direct(count: number): number {
    let value = 0;
    for (let left = count; left > 0; left -= 1) {
      this.#range >>>= 1;
      const bit = this.#code >= this.#range ? 1 : 0;
      if (bit === 1) this.#code -= this.#range;
      if (this.#range < TOP) this.#normalise();
      value = value * 2 + bit;
    }
    return value;
  }

  /** A number of `count` bits, the highest first, each with its own probability; `offset` is where they stand. */
  tree(probabilities: Uint16Array, offset: number, count: number): number {
    let node = 1;
    for (let left = count; left > 0; left -= 1) node = (node << 1) | this.bit(probabilities, offset + node);
    return node - (1 << count);
  }

  /** Likewise, the lowest first. */
  reverseTree(probabilities: Uint16Array, offset: number, count: number): number {
    let node = 1;
    let value = 0;
    for (let at = 0; at < count; at += 1) {
      const bit = this.bit(probabilities, offset + node);
      node = (node << 1) | bit;
      value |= bit << at;
    }
    return value;
  }

  #normalise(): void {
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | this.#next()) >>> 0;
  }

  #next(): number {
    if (this.#position >= this.#end) throw new MalformedArchive('its compressed data is damaged');
    const byte = this.#input[this.#position] ?? 0;
    this.#position += 1;
    return byte;
  }
}
