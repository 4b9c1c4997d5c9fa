import type { ByteSource } from './byte-source.ts';
import { MalformedError } from './malformed.ts';
import type { Segment } from './segments.ts';
import { type ByteOrder, StructView } from './struct-view.ts';
import { textUpToNul } from './text-up-to-nul.ts';

const WINDOW = 1024;

/** A file seen through its load segments, as a loader maps it, without reading more than is asked for. */
export class MappedFile {
  readonly #source: ByteSource;
  readonly #loads: readonly Segment[];
  readonly #order: ByteOrder;
  /** Small reads of the source cost nothing, and what is read holds until the next one: see `bufferedSource`. */
  readonly #isBuffered: boolean;
  #window: Uint8Array = new Uint8Array();
  #windowStart = 0;

  constructor(
    source: ByteSource,
    layout: { readonly byteOrder: ByteOrder; readonly segments: readonly Segment[] },
    isBuffered = false,
  ) {
    this.#source = source;
    this.#isBuffered = isBuffered;
    this.#order = layout.byteOrder;
    this.#loads = layout.segments.filter((segment) => segment.type === 'load');
  }

  /** Where in the file the byte at `address` is, and how many more follow it; undefined when it is not in it. */
  locate(address: number): { readonly offset: number; readonly available: number } | undefined {
    const place = this.#placeOf(address);
    if (place === undefined) return undefined;
    const inFile = Math.max(0, this.#source.size - place.offset);
    return { offset: place.offset, available: Math.min(place.inSegment, inFile) };
  }

  /** Exactly `length` bytes at `address`; `what` names them in the fault. */
  bytes(address: number, length: number, what: string): Uint8Array {
    const place = this.#placeOf(address);
    if (place === undefined) throw new MalformedError(`${what} lies outside the file`, this.#source.size);
    const bytes = length > place.inSegment ? undefined : this.#read(place.offset, length);
    if (bytes === undefined || bytes.length < length) {
      throw new MalformedError(`the file ends inside ${what}`, place.offset);
    }
    return bytes;
  }

  view(address: number, length: number, what: string): StructView {
    return new StructView(this.bytes(address, length, what), this.#order);
  }

  /** The text at `address` up to its NUL, of at most `limit` bytes. */
  text(address: number, limit: number, what: string): string {
    const place = this.#placeOf(address);
    if (place === undefined) throw new MalformedError(`${what} lies outside the file`, this.#source.size);
    const available = Math.min(limit + 1, place.inSegment);
    for (let length = Math.min(256, available); ; length = Math.min(length * 4, available)) {
      const bytes = this.#read(place.offset, length);
      const text = textUpToNul(bytes);
      if (text !== undefined) return text;
      if (length === available || bytes.length < length) {
        throw new MalformedError(`${what} does not end`, place.offset);
      }
    }
  }

  /** `inSegment`: the bytes from there that its segment says are in the file. */
  #placeOf(address: number): { readonly offset: number; readonly inSegment: number } | undefined {
    for (const load of this.#loads) {
      const [from, inSegment] = [address - load.address, load.address + load.fileSize - address];
      if (from >= 0 && inSegment > 0) return { offset: load.offset + from, inSegment };
    }
    return undefined;
  }

  /** Fewer bytes where the file ends. */
  #read(offset: number, length: number): Uint8Array {
    if (this.#isBuffered) return this.#source.read(offset, length);
    const from = offset - this.#windowStart;
    if (from >= 0 && from + length <= this.#window.length) return this.#window.subarray(from, from + length);
    const inFile = Math.max(0, this.#source.size - offset);
    if (length > WINDOW) return this.#source.read(offset, Math.min(length, inFile));
    this.#window = this.#source.read(offset, Math.min(WINDOW, inFile));
    this.#windowStart = offset;
    return this.#window.subarray(0, length);
  }
}
