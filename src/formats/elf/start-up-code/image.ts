import type { ByteSource } from '../byte-source.ts';
import type { DynamicSymbol, DynamicSymbols } from '../dynamic-symbols.ts';
import { MalformedError } from '../malformed.ts';
import { MappedFile } from '../mapped-file.ts';
import type { Elf } from '../parse-elf.ts';
import { type Relocation, relocations } from '../relocations.ts';
import type { Segment } from '../segments.ts';
import { ADDRESS_END, type Value } from './value.ts';

/** A stretch of memory: `end` is the first address past it. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export function isWithin(range: Range, address: number): boolean {
  return range.start <= address && address < range.end;
}

/** R_X86_64_… of the x86-64 ABI, table 4.9. */
const RELOCATION = { absolute: 1, globalData: 6, jumpSlot: 7, relative: 8 };

/** Of all segments together, in bytes; far more of either than any library has. */
const LARGEST_CONTENT = 64 * 1024 * 1024;
const MOST_SEGMENTS = 256;

/**
 * An x86-64 file as the loader lays it out at address 0, its relocations done. What depends on other files is
 * `Outside` or not known. Throws `MalformedError` when its tables contradict themselves.
 */
export class Image {
  readonly loads: readonly Segment[];
  /** The objects that the file exports, by address; those that overlap count as one. */
  readonly #objects: readonly Range[];
  readonly #bytes = new Map<Segment, Uint8Array>();
  readonly #relocations = new Map<number, Relocation>();
  readonly #symbols = new Map<number, DynamicSymbol>();
  readonly #needed: ReadonlySet<number>;
  readonly #fixedAfterLoading: readonly Range[];
  readonly #file: MappedFile;
  /** Every relocated word lies at an address divisible by eight. */
  #isAligned = true;

  constructor(source: ByteSource, elf: Elf, symbols: DynamicSymbols) {
    this.#file = new MappedFile(source, elf);
    this.loads = elf.segments.filter(({ type }) => type === 'load');
    refuseTooMuch(this.loads);
    for (const load of this.loads) {
      if (load.address + load.memorySize > ADDRESS_END)
        throw new MalformedError('a segment outside of memory', load.offset);
      this.#bytes.set(load, contentOf(this.#file, load));
    }
    for (const symbol of [...symbols.defined, ...symbols.needed]) this.#symbols.set(symbol.index, symbol);
    this.#needed = new Set(symbols.needed.map(({ index }) => index));
    this.#objects = joined(
      symbols.defined
        .filter(({ type, size }) => type === 'object' && size > 0)
        .map(({ value, size }) => ({ start: value, end: value + size })),
    );
    for (const relocation of relocations(this.#file, elf)) {
      if (relocation.address >= ADDRESS_END) throw new MalformedError('a relocation outside of memory', 0);
      this.#relocations.set(relocation.address, relocation);
      this.#isAligned &&= relocation.address % 8 === 0;
    }
    this.#fixedAfterLoading = elf.segments
      .filter(({ type }) => type === 'relro')
      .map(({ address, memorySize }) => ({ start: address, end: address + memorySize }));
  }

  /** The exported object that an address is in, and where the next one starts. */
  objectNear(address: number): { readonly around: Range | undefined; readonly next: number | undefined } {
    let low = 0;
    let high = this.#objects.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#objects[middle]?.start ?? Infinity) <= address) low = middle + 1;
      else high = middle;
    }
    const before = this.#objects[low - 1];
    const around = before !== undefined && isWithin(before, address) ? before : undefined;
    return { around, next: this.#objects[low]?.start };
  }

  segmentAt(address: number): Segment | undefined {
    return this.loads.find((load) => load.address <= address && address < load.address + load.memorySize);
  }

  isExecutable(address: number): boolean {
    return this.segmentAt(address)?.executable === true;
  }

  /** Whether start-up code can change the byte; the loader's own slots count as fixed. */
  isWritable(address: number): boolean {
    if (this.segmentAt(address)?.writable !== true) return false;
    return !this.isFixedAfterLoading(address) && !this.#isLoaderSlot(address);
  }

  /** In the part that the loader fills and then protects (RELRO): virtual tables, constant pointers. */
  isFixedAfterLoading(address: number): boolean {
    return this.#fixedAfterLoading.some((range) => isWithin(range, address));
  }

  /** Up to `length` bytes of the file's content at an address; fewer at the end of a segment. */
  content(address: number, length: number): Uint8Array {
    const segment = this.segmentAt(address);
    if (segment === undefined) return new Uint8Array();
    const from = address - segment.address;
    return this.#content(segment).subarray(from, from + length);
  }

  byte(address: number): number | undefined {
    for (let start = this.#firstWordWith(address); start <= address; start += 1) {
      if (!this.#relocations.has(start)) continue;
      const word = this.word(start);
      return typeof word === 'bigint' ? Number((word >> BigInt(8 * (address - start))) & 0xffn) : undefined;
    }
    return this.#plainByte(address);
  }

  /** Eight bytes as the loader leaves them. */
  word(address: number): Value {
    const relocation = this.#relocations.get(address);
    if (relocation !== undefined) return this.#relocated(relocation);
    if (address % 8 === 0 && this.#isAligned) return this.#plainWord(address);
    let value = 0n;
    for (let at = address + 7; at >= address; at -= 1) {
      const byte = this.byte(at);
      if (byte === undefined) return undefined;
      value = (value << 8n) | BigInt(byte);
    }
    return value;
  }

  /** The words that the loader makes point into `range`, and whether each is a slot of its own table (the GOT). */
  *pointersInto(range: Range): Generator<{ readonly address: number; readonly isLoaderSlot: boolean }> {
    for (const { address } of this.#relocations.values()) {
      const value = this.word(address);
      if (typeof value !== 'bigint' || !isWithin(range, Number(value))) continue;
      yield { address, isLoaderSlot: this.#isLoaderSlot(address) };
    }
  }

  #isLoaderSlot(address: number): boolean {
    for (let start = this.#firstWordWith(address); start <= address; start += 1) {
      const type = this.#relocations.get(start)?.type;
      if (type === RELOCATION.globalData || type === RELOCATION.jumpSlot) return true;
    }
    return false;
  }

  /** Where the first word can begin that is relocated and has this byte in it. */
  #firstWordWith(address: number): number {
    return this.#isAligned ? address - (address % 8) : address - 7;
  }

  #relocated({ address, type, symbolIndex, addend }: Relocation): Value {
    const plain = () => this.#plainWord(address);
    if (type === 'relative' || type === RELOCATION.relative)
      return addend === undefined ? plain() : bits(addend);
    if (type !== RELOCATION.absolute && type !== RELOCATION.globalData && type !== RELOCATION.jumpSlot)
      return undefined;
    const symbol = this.#symbols.get(symbolIndex);
    if (symbol === undefined || symbol.type === 'tls' || symbol.type === 'ifunc') return undefined;
    const offset = type === RELOCATION.absolute ? addend : 0;
    if (offset === undefined) return undefined;
    if (!this.#needed.has(symbolIndex)) return bits(symbol.value + offset);
    return offset === 0 ? { outside: symbol.name } : undefined;
  }

  #plainWord(address: number): bigint | undefined {
    let value = 0n;
    for (let at = address + 7; at >= address; at -= 1) {
      const byte = this.#plainByte(at);
      if (byte === undefined) return undefined;
      value = (value << 8n) | BigInt(byte);
    }
    return value;
  }

  #plainByte(address: number): number | undefined {
    const segment = this.segmentAt(address);
    if (segment === undefined) return undefined;
    return this.#content(segment)[address - segment.address] ?? 0;
  }

  #content(segment: Segment): Uint8Array {
    return this.#bytes.get(segment) ?? new Uint8Array();
  }
}

function refuseTooMuch(loads: readonly Segment[]): void {
  if (loads.length > MOST_SEGMENTS)
    throw new MalformedError(`${loads.length} load segments, more than are read`, 0);
  const size = loads.reduce((sum, { fileSize }) => sum + fileSize, 0);
  if (size > LARGEST_CONTENT)
    throw new MalformedError(`load segments of ${size} bytes, more than is read`, 0);
}

function joined(ranges: readonly Range[]): Range[] {
  const apart: Range[] = [];
  for (const range of ranges.toSorted((one, other) => one.start - other.start)) {
    const last = apart.at(-1);
    if (last === undefined || last.end <= range.start) apart.push(range);
    else apart[apart.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
  }
  return apart;
}

function contentOf(file: MappedFile, { address, fileSize }: Segment): Uint8Array {
  return fileSize === 0 ? new Uint8Array() : file.bytes(address, fileSize, 'a load segment').slice();
}

function bits(value: number): bigint | undefined {
  return Number.isSafeInteger(value) ? BigInt.asUintN(64, BigInt(value)) : undefined;
}
