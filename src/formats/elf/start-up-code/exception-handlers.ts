import type { Elf } from '../parse-elf.ts';
import type { Image } from './image.ts';
import { UnreadableTableError, UnwindCursor } from './unwind-cursor.ts';

interface CallSite {
  readonly start: number;
  readonly end: number;
  readonly handler: number;
}

const HEADER = 12;
const ENTRY = 8;
const LONGEST_TABLE = 65_536;

/**
 * Where an exception that leaves a call is caught: `.eh_frame_hdr` → the function's entry → its table of call sites
 * (LSB Core; Itanium C++ ABI, Exception Handling Tables). Only handlers that catch count, for one that cleans up
 * passes the exception on.
 */
export class ExceptionHandlers {
  readonly #image: Image;
  readonly #header: number | undefined;
  readonly #byFunction = new Map<number, readonly CallSite[]>();

  constructor(image: Image, elf: Elf) {
    this.#image = image;
    this.#header = elf.segments.find(({ type }) => type === 'unwind')?.address;
  }

  /** The handler for what the call before `returnAddress` may throw; `unreadable` when that cannot be told. */
  handlerFor(returnAddress: number): number | 'unreadable' | undefined {
    try {
      const entry = this.#entryFor(returnAddress - 1);
      if (entry === undefined) return undefined;
      const sites = this.#byFunction.get(entry) ?? this.#callSites(entry);
      this.#byFunction.set(entry, sites);
      return sites.find(({ start, end }) => start < returnAddress && returnAddress <= end)?.handler;
    } catch (error) {
      if (!(error instanceof UnreadableTableError)) throw error;
      return 'unreadable';
    }
  }

  /** The frame description of the function that has this address in it, by the sorted table of the header. */
  #entryFor(address: number): number | undefined {
    if (this.#header === undefined) return undefined;
    const header = this.#cursor(this.#header);
    const encodings = [header.u8(), header.u8(), header.u8(), header.u8()];
    if (encodings.join() !== [1, 0x1b, 3, 0x3b].join()) throw new UnreadableTableError();
    header.skip(4);
    const count = header.u32();
    const table = this.#header + HEADER;
    let [low, high] = [0, count];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#header + this.#cursor(table + middle * ENTRY).i32() <= address) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? undefined : this.#header + this.#cursor(table + (low - 1) * ENTRY + 4).i32();
  }

  #callSites(entry: number): readonly CallSite[] {
    const cursor = this.#cursor(entry);
    cursor.skip(4);
    const common = cursor.address - cursor.u32();
    const { pointers, tables } = this.#commonEncodings(common);
    const start = cursor.pointer(pointers);
    const size = cursor.number(pointers);
    cursor.uleb();
    const table = tables === undefined ? undefined : cursor.pointer(tables);
    if (start === undefined || table === undefined) return [];
    return this.#handlersIn(table, start).map((site) => ({ ...site, end: Math.min(site.end, start + size) }));
  }

  /** How addresses are written in the entries that share a common part; only augmentations of GCC and clang. */
  #commonEncodings(address: number): { readonly pointers: number; readonly tables: number | undefined } {
    const cursor = this.#cursor(address);
    cursor.skip(8);
    const version = cursor.u8();
    const augmentation = cursor.text();
    cursor.uleb();
    cursor.uleb();
    if (version === 1) cursor.u8();
    else cursor.uleb();
    if (!augmentation.startsWith('z')) throw new UnreadableTableError();
    cursor.uleb();
    let pointers = 0;
    let tables: number | undefined;
    for (const letter of augmentation.slice(1)) {
      if (letter === 'R') pointers = cursor.u8();
      else if (letter === 'L') tables = cursor.u8();
      else if (letter === 'P') cursor.skipPointer(cursor.u8());
      else if (letter !== 'S' && letter !== 'B') throw new UnreadableTableError();
    }
    return { pointers, tables };
  }

  #handlersIn(table: number, functionStart: number): CallSite[] {
    const cursor = this.#cursor(table);
    const base = cursor.pointer(cursor.u8()) ?? functionStart;
    if (cursor.u8() !== 0xff) cursor.uleb();
    const encoding = cursor.u8();
    const length = cursor.uleb();
    const end = cursor.address + length;
    if (length > LONGEST_TABLE) throw new UnreadableTableError();
    const sites: CallSite[] = [];
    while (cursor.address < end) {
      const start = functionStart + cursor.number(encoding);
      const size = cursor.number(encoding);
      const handler = cursor.number(encoding);
      const isCaught = cursor.uleb() !== 0;
      if (handler !== 0 && isCaught) sites.push({ start, end: start + size, handler: base + handler });
    }
    return sites;
  }

  #cursor(address: number): UnwindCursor {
    return new UnwindCursor(this.#image.content(address, LONGEST_TABLE), address);
  }
}
