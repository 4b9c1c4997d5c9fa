import {
  bytesIn,
  type Cell,
  cellOf,
  common,
  mask,
  sameCell,
  UNKNOWN,
  valueOf,
  withBytes,
  withoutBytes,
} from './cell.ts';
import type { Budget } from './budget.ts';
import { type Image, isWithin, type Range } from './image.ts';
import { LayeredMap } from './layered-map.ts';
import { asAddress, isStrayed, truncated, type Value } from './value.ts';

/** Where the stack begins, downwards; no file is loaded there. */
export const STACK_TOP = 0x7ff0_0000_0000;
const STACK_SIZE = 0x100_0000;
const LARGEST_OBJECT = 4096;
const LARGEST_ARRAY = 1_000_000;

/**
 * What is in memory while start-up code is followed: the image below what was written. What outside code may have
 * changed (`exposed`) stays unknown whatever is written there.
 */
export class Memory {
  readonly #image: Image;
  readonly #budget: Budget;
  readonly #written: LayeredMap<Cell>;
  /** Where `push` and `call` put something, which an object on the stack never overlaps. */
  readonly #pushed: LayeredMap<true>;
  /** Cells and the bytes of each, a bit each. */
  readonly #exposed: LayeredMap<number>;
  /** Nothing was written to the stack below it. */
  #stackLow: number;
  /** Code that was not followed may have changed any variable. */
  #variablesUnknown: boolean;

  constructor(image: Image, budget: Budget, from?: Memory) {
    this.#image = image;
    this.#budget = budget;
    this.#written = from === undefined ? new LayeredMap() : from.#written.copy();
    this.#pushed = from === undefined ? new LayeredMap() : from.#pushed.copy();
    this.#exposed = from === undefined ? new LayeredMap() : from.#exposed.copy();
    this.#stackLow = from === undefined ? STACK_TOP : from.#stackLow;
    this.#variablesUnknown = from !== undefined && from.#variablesUnknown;
  }

  copy(): Memory {
    return new Memory(this.#image, this.#budget, this);
  }

  load(address: number, size: number): Value {
    const from = address % 8;
    const cell = this.#cell(address - from);
    if (from === 0 && size === 8) return valueOf(cell);
    if (from + size <= 8) return bytesIn(cell, from, size);
    const low = bytesIn(cell, from, 8 - from);
    const high = bytesIn(this.#cell(address - from + 8), 0, from + size - 8);
    return low === undefined || high === undefined ? undefined : low | (high << BigInt((8 - from) * 8));
  }

  store(address: number, size: number, value: Value): void {
    if (isStack(address) && address < this.#stackLow) this.#stackLow = address - (address % 8);
    const from = address % 8;
    const kept = truncated(value, size);
    if (from === 0 && size === 8) {
      this.#write(address, cellOf(kept));
      return;
    }
    const bits = typeof kept === 'bigint' ? kept : undefined;
    const inFirst = Math.min(size, 8 - from);
    const first = address - from;
    this.#write(first, withBytes(this.#cell(first), from, inFirst, bits));
    if (inFirst === size) return;
    const rest = bits === undefined ? undefined : bits >> BigInt(inFirst * 8);
    this.#write(first + 8, withBytes(this.#cell(first + 8), 0, size - inFirst, rest));
  }

  /** Whether outside code can read and change any byte of these. */
  isExposed(address: number, size: number): boolean {
    const from = address % 8;
    const first = this.#exposed.get(address - from) ?? 0;
    if ((first & mask(from, Math.min(size, 8 - from))) !== 0) return true;
    const second = from + size > 8 ? (this.#exposed.get(address - from + 8) ?? 0) : 0;
    return (second & mask(0, from + size - 8)) !== 0;
  }

  push(address: number, value: Value): void {
    this.store(address, 8, value);
    this.#pushed.set(address, true);
  }

  /** Whether anything of the range was ever written. */
  wasWritten(range: Range): boolean {
    for (let cell = range.start - (range.start % 8); cell < range.end; cell += 8) {
      if (this.#written.get(cell) !== undefined) return true;
    }
    return false;
  }

  /**
   * Outside code was handed these addresses: what they point to, and what that points to, may change now or later.
   * Returns every address that became reachable. `stackEnd` says where the frame ends that an address is in.
   */
  expose(values: readonly Value[], stackEnd: (address: number) => number): readonly number[] {
    const pending = values.flatMap((value) => asAddress(value) ?? []);
    const reached: number[] = [];
    for (let address = pending.pop(); address !== undefined; address = pending.pop()) {
      reached.push(address);
      const range = this.#objectAt(address, stackEnd);
      this.#budget.spend(Math.max(1, (range.end - range.start) / 2));
      for (let at = range.start - (range.start % 8); at < range.end; at += 8) {
        const first = Math.max(0, range.start - at);
        const bytes = mask(first, Math.min(8, range.end - at) - first);
        const before = this.#exposed.get(at) ?? 0;
        if (this.#pushed.get(at) === true || (before & bytes) === bytes) continue;
        const pointer = asAddress(valueOf(this.#cell(at)));
        if (pointer !== undefined && this.#isPlace(pointer)) pending.push(pointer);
        this.#exposed.set(at, before | bytes);
      }
    }
    return reached;
  }

  /** Whether who has this address can call code of the file: a function, or a table of them that the loader filled. */
  leadsToCode(address: number): boolean {
    return this.#image.isExecutable(address) || this.#image.isFixedAfterLoading(address);
  }

  /** The frames below `stackPointer` are gone, with what was written and exposed in them. */
  forgetBelow(stackPointer: number): void {
    this.#budget.spend(Math.max(0, stackPointer - this.#stackLow) / 8);
    for (let cell = this.#stackLow; cell < stackPointer; cell += 8) {
      this.#written.delete(cell);
      this.#pushed.delete(cell);
      this.#exposed.delete(cell);
    }
    this.#stackLow = Math.max(this.#stackLow, stackPointer);
  }

  /** Code was not followed: no variable is known any more, except those in `watched`. */
  forgetVariables(watched: readonly Range[]): void {
    this.#variablesUnknown = true;
    for (const cell of this.#cells(this.#written)) {
      if (!isStack(cell) && !watched.some((range) => isWithin(range, cell))) this.#written.set(cell, UNKNOWN);
    }
  }

  /** Something was written that may have hit anything: only what `push` saved is still known, and `watched`. */
  forgetAll(watched: readonly Range[]): void {
    this.forgetVariables(watched);
    for (const cell of this.#cells(this.#written)) {
      if (isStack(cell) && this.#pushed.get(cell) !== true) this.#written.set(cell, UNKNOWN);
    }
  }

  /** Whether an address within `range` was written anywhere. */
  holdsPointerInto(range: Range): boolean {
    for (const at of this.#cells(this.#written)) {
      const pointer = asAddress(valueOf(this.#cell(at)));
      if (pointer !== undefined && isWithin(range, pointer)) return true;
    }
    return false;
  }

  /** Whether an address lies where something can be written. */
  isChangeable(address: number): boolean {
    return isStack(address) || this.#image.isWritable(address);
  }

  /**
   * Takes in the other way that execution may have gone; `either` is what two values that differ become. Returns
   * whether less is known than before.
   */
  merge(other: Memory, either: (mine: Value, theirs: Value) => Value): boolean {
    let changed = other.#variablesUnknown && !this.#variablesUnknown;
    for (const at of this.#cells(this.#written, other.#written)) {
      const [mine, theirs] = [this.#cell(at), other.#cell(at)];
      if (sameCell(mine, theirs) || isStrayedCell(mine)) continue;
      const strayed = either(valueOf(mine), valueOf(theirs));
      const both = strayed === undefined ? common(mine, theirs) : cellOf(strayed);
      this.#written.set(at, both);
      if (!sameCell(both, mine)) changed = true;
    }
    for (const at of this.#cells(this.#exposed, other.#exposed)) {
      const bytes = other.#exposed.get(at) ?? 0;
      const before = this.#exposed.get(at) ?? 0;
      if ((before | bytes) === before) continue;
      this.#exposed.set(at, before | bytes);
      changed = true;
    }
    this.#stackLow = Math.min(this.#stackLow, other.#stackLow);
    this.#variablesUnknown ||= other.#variablesUnknown;
    for (const at of this.#cells(this.#pushed, other.#pushed)) {
      if (other.#pushed.get(at) !== true) this.#pushed.delete(at);
    }
    return changed;
  }

  /** The cells that a map has something about, or those in which it may differ from another. */
  #cells<V>(map: LayeredMap<V>, other?: LayeredMap<V>): ReadonlySet<number> {
    const cells = other === undefined ? map.keys() : map.keysApart(other);
    this.#budget.spend(cells.size);
    return cells;
  }

  #write(at: number, cell: Cell): void {
    this.#written.set(at, cell);
    this.#pushed.delete(at);
  }

  #cell(at: number): Cell {
    const cell = this.#written.get(at) ?? this.#imageCell(at);
    const exposed = this.#exposed.get(at);
    return exposed === undefined ? cell : withoutBytes(cell, exposed);
  }

  #imageCell(at: number): Cell {
    if (isStack(at)) return UNKNOWN;
    if (this.#variablesUnknown && (this.#image.isWritable(at) || this.#image.isWritable(at + 7)))
      return UNKNOWN;
    const word = this.#image.word(at);
    if (word !== undefined) return cellOf(word);
    let cell = UNKNOWN;
    for (let byte = 0; byte < 8; byte += 1) {
      const value = this.#image.byte(at + byte);
      if (value !== undefined) cell = withBytes(cell, byte, 1, BigInt(value));
    }
    return cell;
  }

  #isPlace(address: number): boolean {
    return isStack(address) || this.#image.segmentAt(address) !== undefined;
  }

  /** The object that an address is in, or the most that it can be; empty where nothing can change. */
  #objectAt(address: number, stackEnd: (address: number) => number): Range {
    if (isStack(address)) return { start: address, end: Math.max(stackEnd(address), address) };
    if (!this.#image.isWritable(address)) return { start: address, end: address };
    const { around, next } = this.#image.objectNear(address);
    if (around !== undefined)
      return { start: around.start, end: Math.min(around.end, around.start + LARGEST_ARRAY) };
    return { start: address, end: Math.min(next ?? Infinity, address + LARGEST_OBJECT) };
  }
}

function isStack(address: number): boolean {
  return address <= STACK_TOP && address > STACK_TOP - STACK_SIZE;
}

function isStrayedCell(cell: Cell): boolean {
  return isStrayed(valueOf(cell));
}
