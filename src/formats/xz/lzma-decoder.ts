import { MalformedArchive } from '../archive/malformed-archive.ts';
import { evenProbabilities, type RangeDecoder } from './range-decoder.ts';

const STATES = 12;
const FIRST_STATE_AFTER_LITERAL = 7;
const MAX_POSITION_STATES = 16;
const MIN_MATCH = 2;
const END_POSITION_MODEL = 14;

/** Where the output stands, and how far back it may be copied from. */
export interface Output {
  readonly bytes: Uint8Array;
  /** Where the dictionary begins: nothing before it may be copied. */
  dictionaryStart: number;
  at: number;
}

/**
 * The LZMA decoder of one LZMA2 stream: what it has learned stays between chunks unless it is told to forget.
 * Source: lzma-specification.txt of the LZMA SDK.
 */
export class LzmaDecoder {
  readonly #range: RangeDecoder;
  readonly #dictionarySize: number;
  #literalContextBits = 0;
  #literalPositionMask = 0;
  #positionMask = 0;
  #literals: Uint16Array = evenProbabilities(0);
  #isMatch: Uint16Array = evenProbabilities(0);
  #isRepeat: Uint16Array = evenProbabilities(0);
  #isRepeat0: Uint16Array = evenProbabilities(0);
  #isRepeat1: Uint16Array = evenProbabilities(0);
  #isRepeat2: Uint16Array = evenProbabilities(0);
  #isRepeat0Long: Uint16Array = evenProbabilities(0);
  #slots: Uint16Array = evenProbabilities(0);
  #distances: Uint16Array = evenProbabilities(0);
  #align: Uint16Array = evenProbabilities(0);
  #matchLength = lengthModel();
  #repeatLength = lengthModel();
  #state = 0;
  readonly #last: [number, number, number, number] = [0, 0, 0, 0];

  constructor(range: RangeDecoder, dictionarySize: number) {
    this.#range = range;
    this.#dictionarySize = dictionarySize;
  }

  /** The properties byte of a chunk. Source: LZMA2: lc + lp is at most 4. */
  setProperties(byte: number): void {
    const literalContextBits = byte % 9;
    const literalPositionBits = Math.floor(byte / 9) % 5;
    const positionBits = Math.floor(byte / 45);
    if (positionBits > 4 || literalContextBits + literalPositionBits > 4)
      throw new MalformedArchive('its compressed data is damaged');
    this.#literalContextBits = literalContextBits;
    this.#literalPositionMask = (1 << literalPositionBits) - 1;
    this.#positionMask = (1 << positionBits) - 1;
    this.#literals = evenProbabilities(0x300 << (literalContextBits + literalPositionBits));
  }

  forget(): void {
    this.#literals.fill(1024);
    this.#isMatch = evenProbabilities(STATES * MAX_POSITION_STATES);
    this.#isRepeat = evenProbabilities(STATES);
    this.#isRepeat0 = evenProbabilities(STATES);
    this.#isRepeat1 = evenProbabilities(STATES);
    this.#isRepeat2 = evenProbabilities(STATES);
    this.#isRepeat0Long = evenProbabilities(STATES * MAX_POSITION_STATES);
    this.#slots = evenProbabilities(4 * 64);
    this.#distances = evenProbabilities(128);
    this.#align = evenProbabilities(16);
    this.#matchLength = lengthModel();
    this.#repeatLength = lengthModel();
    this.#state = 0;
    this.#last.fill(0);
  }

  /** Decodes until the output stands at `end`. */
  decode(output: Output, end: number): void {
    const { bytes, dictionaryStart } = output;
    const range = this.#range;
    while (output.at < end) {
      const { at } = output;
      const positionState = (at - dictionaryStart) & this.#positionMask;
      if (range.bit(this.#isMatch, (this.#state << 4) + positionState) === 0) {
        bytes[at] = this.#literal(output);
        output.at = at + 1;
        continue;
      }
      const length = this.#match(positionState);
      if (length > 0) this.#copy(output, length, end);
    }
  }

  /** Reads a match into `#last[0]`; its length. */
  #match(positionState: number): number {
    const range = this.#range;
    const state = this.#state;
    const last = this.#last;
    if (range.bit(this.#isRepeat, state) === 0) {
      [last[1], last[2], last[3]] = [last[0], last[1], last[2]];
      const length = readLength(range, this.#matchLength, positionState);
      this.#state = state < FIRST_STATE_AFTER_LITERAL ? 7 : 10;
      last[0] = this.#distance(length);
      return length;
    }
    if (range.bit(this.#isRepeat0, state) === 0) {
      if (range.bit(this.#isRepeat0Long, (state << 4) + positionState) === 0) {
        this.#state = state < FIRST_STATE_AFTER_LITERAL ? 9 : 11;
        return 1;
      }
    } else if (range.bit(this.#isRepeat1, state) === 0) {
      [last[0], last[1]] = [last[1], last[0]];
    } else if (range.bit(this.#isRepeat2, state) === 0) {
      [last[0], last[1], last[2]] = [last[2], last[0], last[1]];
    } else {
      [last[0], last[1], last[2], last[3]] = [last[3], last[0], last[1], last[2]];
    }
    this.#state = state < FIRST_STATE_AFTER_LITERAL ? 8 : 11;
    return readLength(range, this.#repeatLength, positionState);
  }

  #literal({ bytes, dictionaryStart, at }: Output): number {
    const range = this.#range;
    const before = at > dictionaryStart ? (bytes[at - 1] ?? 0) : 0;
    const context =
      (((at - dictionaryStart) & this.#literalPositionMask) << this.#literalContextBits) +
      (before >> (8 - this.#literalContextBits));
    const offset = 0x300 * context;
    let symbol = 1;
    const state = this.#state;
    if (state >= FIRST_STATE_AFTER_LITERAL) {
      let matched = this.#byteBack(bytes, at, dictionaryStart);
      while (symbol < 0x100) {
        const matchedBit = (matched >> 7) & 1;
        matched <<= 1;
        const bit = range.bit(this.#literals, offset + ((1 + matchedBit) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (matchedBit !== bit) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | range.bit(this.#literals, offset + symbol);
    this.#state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
    return symbol & 0xff;
  }

  #byteBack(bytes: Uint8Array, at: number, dictionaryStart: number): number {
    this.#refuseFarther(at - dictionaryStart);
    return bytes[at - this.#last[0] - 1] ?? 0;
  }

  #distance(length: number): number {
    const range = this.#range;
    const slot = range.tree(this.#slots, Math.min(length - MIN_MATCH, 3) * 64, 6);
    if (slot < 4) return slot;
    const directBits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) * 2 ** directBits;
    if (slot < END_POSITION_MODEL) return base + range.reverseTree(this.#distances, base - slot, directBits);
    return base + range.direct(directBits - 4) * 16 + range.reverseTree(this.#align, 0, 4);
  }

  #copy(output: Output, length: number, end: number): void {
    const { bytes, dictionaryStart, at } = output;
    this.#refuseFarther(at - dictionaryStart);
    if (at + length > end) throw new MalformedArchive('its compressed data is damaged');
    const back = this.#last[0] + 1;
    if (back >= length) bytes.copyWithin(at, at - back, at - back + length);
    else for (let to = at; to < at + length; to += 1) bytes[to] = bytes[to - back] ?? 0;
    output.at = at + length;
  }

  #refuseFarther(available: number): void {
    if (this.#last[0] < available && this.#last[0] < this.#dictionarySize) return;
    throw new MalformedArchive('its compressed data is damaged');
  }
}

interface LengthModel {
  readonly choice: Uint16Array;
  readonly low: Uint16Array;
  readonly middle: Uint16Array;
  readonly high: Uint16Array;
}

function lengthModel(): LengthModel {
  return {
    choice: evenProbabilities(2),
    low: evenProbabilities(MAX_POSITION_STATES * 8),
    middle: evenProbabilities(MAX_POSITION_STATES * 8),
    high: evenProbabilities(256),
  };
}

function readLength(range: RangeDecoder, model: LengthModel, positionState: number): number {
  if (range.bit(model.choice, 0) === 0) return MIN_MATCH + range.tree(model.low, positionState * 8, 3);
  if (range.bit(model.choice, 1) === 0) return MIN_MATCH + 8 + range.tree(model.middle, positionState * 8, 3);
  return MIN_MATCH + 16 + range.tree(model.high, 0, 8);
}
