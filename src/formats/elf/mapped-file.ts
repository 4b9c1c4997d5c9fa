import type { ByteSource } from './byte-source.ts';
import { MalformedError } from './malformed.ts';
import type { Segment } from './segments.ts';
import { type ByteOrder, StructView } from './struct-view.ts';

const WINDOW = 1024;

/** A file seen through its load segments, as a loader maps it, without reading more than is asked for. */
export class MappedFile {
  readonly #source: ByteSource;
  readonly #loads: readonly Segment[];
  readonly #order: ByteOrder;
  #window = new Uint8Array();
  #windowStart = 0;

  constructor(
    source: ByteSource,
    layout: { readonly byteOrder: ByteOrder; readonly segments: readonly Segment[] },
  ) {
    this.#source = source;
    this.#order = layout.byteOrder;
    this.#loads = layout.segments.filter((segment) => segment.type === 'load');
  }

  /** Where in the file the byte at `address` is, and how many more follow it; undefined when it is not in it. */
  locate(address: number): { readonly offset: number; readonly available: number } | undefined {
    const segment = this.#loads.find(
      (load) => load.address <= address && address < load.address + load.fileSize,
    );
    if (segment === undefined) return undefined;
    const offset = segment.offset + (address - segment.address);
    const inFile = Math.max(0, this.#source.size - offset);
    return { offset, available: Math.min(segment.address + segment.fileSize - address, inFile) };
  }

  /** Exactly `length` bytes at `address`; `what` names them in the fault. */
  bytes(address: number, length: number, what: string): Uint8Array {
    const place = this.locate(address);
    if (place === undefined) throw new MalformedError(`${what} lies outside the file`, this.#source.size);
    if (length > place.available) throw new MalformedError(`the file ends inside ${what}`, place.offset);
    return this.#read(place.offset, length);
  }

  view(address: number, length: number, what: string): StructView {
    return new StructView(this.bytes(address, length, what), this.#order);
  }

  /** The text at `address` up to its NUL, of at most `limit` bytes. */
  text(address: number, limit: number, what: string): string {
    const place = this.locate(address);
    if (place === undefined) throw new MalformedError(`${what} lies outside the file`, this.#source.size);
    const available = Math.min(limit + 1, place.available);
    for (let length = Math.min(256, available); ; length = Math.min(length * 4, available)) {
      const bytes = this.#read(place.offset, length);
      const end = bytes.indexOf(0);
      if (end !== -1) return Buffer.from(bytes.subarray(0, end)).toString('utf8');
      if (length === available) throw new MalformedError(`${what} does not end`, place.offset);
    }
  }

  #read(offset: number, length: number): Uint8Array {
    const from = offset - this.#windowStart;
    if (from >= 0 && from + length <= this.#window.length) return this.#window.subarray(from, from + length);
    if (length > WINDOW) return this.#whole(offset, length);
    this.#window = this.#source.read(offset, Math.min(WINDOW, this.#source.size - offset)).slice();
    this.#windowStart = offset;
    if (this.#window.length < length) throw new MalformedError('the file became shorter', offset);
    return this.#window.subarray(0, length);
  }

  #whole(offset: number, length: number): Uint8Array {
    const bytes = this.#source.read(offset, length);
    if (bytes.length < length) throw new MalformedError('the file became shorter', offset);
    return bytes;
  }
}
