import { type Image, isWithin, type Range } from './image.ts';
import {
  asAddress,
  isStrayed,
  type Outside,
  sameValue,
  type Strayed,
  truncated,
  type Value,
} from './value.ts';

/** Addresses that no file uses: where the stack begins, downwards, and where `operator new` takes memory from. */
export const STACK_TOP = 0x7ff0_0000_0000;
export const HEAP_START = 0x6000_0000_0000;
const STACK_SIZE = 0x100_0000;
const LARGEST_OBJECT = 4096;

/** A byte that was written: its bits, a part of an address elsewhere, or `unknown`. */
type Written = number | 'unknown' | { readonly value: Outside | Strayed; readonly part: number };

/**
 * What is in memory while start-up code is followed: the image below what was written. What outside code may have
 * changed (`exposed`) stays unknown whatever is written there.
 */
export class Memory {
  readonly #image: Image;
  readonly #written: Map<number, Written>;
  /** Where `push` and `call` put something, which an object on the stack never overlaps. */
  readonly #pushed: Set<number>;
  #exposed: readonly Range[];
  /** Nothing was written to the stack below it. */
  #stackLow: number;
  /** Code that was not followed may have changed any variable of the image and anything allocated. */
  #variablesUnknown: boolean;

  constructor(image: Image, from?: Memory) {
    this.#image = image;
    this.#written = new Map(from === undefined ? [] : from.#written);
    this.#pushed = new Set(from === undefined ? [] : from.#pushed);
    this.#exposed = from === undefined ? [] : from.#exposed;
    this.#stackLow = from === undefined ? STACK_TOP : from.#stackLow;
    this.#variablesUnknown = from !== undefined && from.#variablesUnknown;
  }

  copy(): Memory {
    return new Memory(this.#image, this);
  }

  load(address: number, size: number): Value {
    if (this.#exposed.some((range) => range.start < address + size && address < range.end)) return undefined;
    const first = this.#written.get(address);
    if (typeof first === 'object') return this.#loadOutside(address, size);
    let value = 0n;
    for (let at = address + size - 1; at >= address; at -= 1) {
      const byte = this.#written.get(at);
      const known = byte === undefined ? this.#imageByte(at) : byte;
      if (typeof known === 'number') value = (value << 8n) | BigInt(known);
      else if (byte !== undefined || size !== 8) return undefined;
      else return this.#untouchedWord(address);
    }
    return value;
  }

  store(address: number, size: number, value: Value): void {
    const kept = truncated(value, size);
    if (isStack(address) && address < this.#stackLow) this.#stackLow = address;
    for (let part = 0; part < size; part += 1) {
      const byte: Written =
        typeof kept === 'bigint'
          ? Number((kept >> BigInt(8 * part)) & 0xffn)
          : kept === undefined
            ? 'unknown'
            : { value: kept, part };
      this.#written.set(address + part, byte);
      this.#pushed.delete(address + part);
    }
  }

  push(address: number, value: Value): void {
    this.store(address, 8, value);
    for (let part = 0; part < 8; part += 1) this.#pushed.add(address + part);
  }

  /** Whether anything of the range was ever written. */
  wasWritten(range: Range): boolean {
    for (let at = range.start; at < range.end; at += 1) if (this.#written.has(at)) return true;
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
      if (range === undefined || this.#exposed.some((known) => contains(known, range))) continue;
      for (let at = range.start; at + 8 <= range.end; at += 1) {
        if (!this.#written.has(at) && at % 8 !== 0) continue;
        const pointer = asAddress(this.load(at, 8));
        if (pointer !== undefined && pointer > LARGEST_OBJECT && this.#isPlace(pointer))
          pending.push(pointer);
      }
      const parts = this.#withoutPushed(range).filter(
        (part) => !this.#exposed.some((known) => contains(known, part)),
      );
      this.#exposed = [...this.#exposed, ...parts];
    }
    return reached;
  }

  /** Whether who has this address can call code of the file: a function, or a table of them that the loader filled. */
  leadsToCode(address: number): boolean {
    return this.#image.isExecutable(address) || this.#image.isFixedAfterLoading(address);
  }

  /** The frames below `stackPointer` are gone, with what was written and exposed in them. */
  forgetBelow(stackPointer: number): void {
    for (let address = this.#stackLow; address < stackPointer; address += 1) {
      this.#written.delete(address);
      this.#pushed.delete(address);
    }
    this.#stackLow = Math.max(this.#stackLow, stackPointer);
    this.#exposed = this.#exposed.filter(({ end }) => !isStack(end - 1) || end > stackPointer);
  }

  /** Code was not followed: no variable is known any more, except those in `watched`. */
  forgetVariables(watched: readonly Range[]): void {
    this.#variablesUnknown = true;
    for (const address of this.#written.keys()) {
      if (isStack(address) || watched.some((range) => isWithin(range, address))) continue;
      this.#written.set(address, 'unknown');
    }
  }

  /** Something was written that may have hit anything: only what `push` saved is still known, and `watched`. */
  forgetAll(watched: readonly Range[]): void {
    this.forgetVariables(watched);
    for (const address of this.#written.keys()) {
      if (isStack(address) && !this.#pushed.has(address)) this.#written.set(address, 'unknown');
    }
  }

  /** Whether an address within `range` was written anywhere. */
  holdsPointerInto(range: Range): boolean {
    for (const start of this.#written.keys()) {
      const pointer = asAddress(this.load(start, 8));
      if (pointer !== undefined && isWithin(range, pointer)) return true;
    }
    return false;
  }

  /** Whether an address lies where something can be written. */
  isChangeable(address: number): boolean {
    return isStack(address) || address >= HEAP_START || this.#image.isWritable(address);
  }

  /**
   * Takes in the other way that execution may have gone; `either` is what two values that differ become. Returns
   * whether less is known than before.
   */
  merge(other: Memory, either: (mine: Value, theirs: Value) => Value): boolean {
    let changed = false;
    for (const address of new Set([...this.#written.keys(), ...other.#written.keys()])) {
      const [mine, theirs] = [this.#byteAt(address), other.#byteAt(address)];
      if (sameByte(mine, theirs) || isStrayedByte(mine)) continue;
      const word = address - (address % 8);
      const strayed = either(this.load(word, 8), other.load(word, 8));
      if (strayed === undefined && mine === 'unknown') continue;
      if (strayed === undefined) this.#written.set(address, 'unknown');
      else this.store(word, 8, strayed);
      changed = true;
    }
    this.#stackLow = Math.min(this.#stackLow, other.#stackLow);
    const exposed = other.#exposed.filter((range) => !this.#exposed.some((known) => contains(known, range)));
    this.#exposed = [...this.#exposed, ...exposed];
    changed ||= exposed.length > 0 || (other.#variablesUnknown && !this.#variablesUnknown);
    this.#variablesUnknown ||= other.#variablesUnknown;
    for (const address of this.#pushed) if (!other.#pushed.has(address)) this.#pushed.delete(address);
    return changed;
  }

  #byteAt(address: number): Written {
    return this.#written.get(address) ?? this.#imageByte(address) ?? 'unknown';
  }

  #loadOutside(address: number, size: number): Value {
    const first = this.#written.get(address);
    if (size !== 8 || typeof first !== 'object') return undefined;
    for (let part = 0; part < 8; part += 1) {
      const byte = this.#written.get(address + part);
      if (typeof byte !== 'object' || byte.part !== part || !sameValue(byte.value, first.value))
        return undefined;
    }
    return first.value;
  }

  #untouchedWord(address: number): Value {
    for (let at = address; at < address + 8; at += 1) {
      if (this.#written.has(at) || (this.#variablesUnknown && this.#image.isWritable(at))) return undefined;
    }
    return this.#image.word(address);
  }

  #imageByte(address: number): number | undefined {
    if (this.#variablesUnknown && this.#image.isWritable(address)) return undefined;
    return this.#image.byte(address);
  }

  #isPlace(address: number): boolean {
    return isStack(address) || address >= HEAP_START || this.#image.segmentAt(address) !== undefined;
  }

  /** The object that an address is in, or the most that it can be; undefined where nothing can change. */
  #objectAt(address: number, stackEnd: (address: number) => number): Range | undefined {
    if (isStack(address)) return { start: address, end: Math.max(stackEnd(address), address + 1) };
    if (address >= HEAP_START) return { start: address, end: address + LARGEST_OBJECT };
    if (!this.#image.isWritable(address)) return undefined;
    const around = this.#image.objects.find((object) => isWithin(object, address));
    if (around !== undefined) return around;
    const next = this.#image.objects.find((object) => object.start > address);
    return { start: address, end: Math.min(next?.start ?? Infinity, address + LARGEST_OBJECT) };
  }

  #withoutPushed(range: Range): Range[] {
    const parts: Range[] = [];
    let start = range.start;
    for (let at = range.start; at <= range.end; at += 1) {
      if (at < range.end && !this.#pushed.has(at)) continue;
      if (at > start) parts.push({ start, end: at });
      start = at + 1;
    }
    return parts;
  }
}

function isStack(address: number): boolean {
  return address <= STACK_TOP && address > STACK_TOP - STACK_SIZE;
}

function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function isStrayedByte(byte: Written): boolean {
  return typeof byte === 'object' && isStrayed(byte.value);
}

function sameByte(one: Written, other: Written): boolean {
  if (typeof one === 'object' && typeof other === 'object') {
    return one.part === other.part && sameValue(one.value, other.value);
  }
  return one === other;
}
