import type { ByteSource } from '../byte-source.ts';
import type { Elf } from '../parse-elf.ts';
import { type LoadedAddress, loadedAddress } from './loaded-address.ts';

/** One call of a function of getopt(3), with the addresses that the code before it puts into its arguments. */
export interface GetoptCall {
  readonly name: string;
  /** The first argument, of argp_parse(3). */
  readonly argp: LoadedAddress | undefined;
  /** The third argument; undefined where the code before the call does not tell. */
  readonly optionString: LoadedAddress | undefined;
  /** The fourth one. */
  readonly longOptions: LoadedAddress | undefined;
}

/** In bytes, of all segments with code. */
const MOST_CODE = 64 * 1024 * 1024;

/**
 * Every call in the code of a program for x86-64 of the functions that `slots` leads to, through its procedure linkage
 * table or without one (-fno-plt), and of those that it has itself at the addresses `own`. A text when there is none, or more code than is read.
 */
export function getoptCalls(
  source: ByteSource,
  { segments }: Elf,
  slots: ReadonlyMap<number, string>,
  own: ReadonlyMap<number, string>,
): readonly GetoptCall[] | string {
  const codes = segments
    .filter(({ type, executable }) => type === 'load' && executable)
    .map(({ offset, address, fileSize }) => ({ offset, address, size: fileSize }));
  if (codes.reduce((sum, { size }) => sum + size, 0) > MOST_CODE) return 'it has more code than is read';
  const parts = codes.map(({ offset, address, size }) => {
    const bytes = source.read(offset, size);
    return { address, bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
  });
  const stubs = new Map([...own, ...parts.flatMap((part) => [...stubsIn(part, slots)])]);
  const calls = parts.flatMap((part) => callsIn(part, slots, stubs));
  return calls.length === 0 ? 'where it calls getopt(3) was not found' : calls;
}

export interface Code {
  readonly address: number;
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** `jmp *slot(%rip)`, with `endbr64` or `bnd` before it or not: the addresses that such a stub may be called at. */
function* stubsIn(
  { address, bytes, view }: Code,
  slots: ReadonlyMap<number, string>,
): Generator<[number, string]> {
  for (let at = bytes.indexOf(0xff); at !== -1 && at + 6 <= bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] !== 0x25) continue;
    const name = slots.get(address + at + 6 + view.getInt32(at + 2, true));
    if (name === undefined) continue;
    for (const before of [0, 1, 4, 5]) yield [address + at - before, name];
  }
}

/** `call stub`, `jmp stub` where nothing comes after it, and `call *slot(%rip)`. */
function callsIn(
  code: Code,
  slots: ReadonlyMap<number, string>,
  stubs: ReadonlyMap<number, string>,
): GetoptCall[] {
  const { address, bytes, view } = code;
  const calls: GetoptCall[] = [];
  for (let at = 0; at + 6 <= bytes.length; at += 1) {
    const name =
      bytes[at] === 0xe8 || bytes[at] === 0xe9
        ? stubs.get(address + at + 5 + view.getInt32(at + 1, true))
        : bytes[at] === 0xff && bytes[at + 1] === 0x15
          ? slots.get(address + at + 6 + view.getInt32(at + 2, true))
          : undefined;
    if (name === undefined) continue;
    calls.push({
      name,
      argp: name === 'argp_parse' ? loadedAddress(code, at, RDI) : undefined,
      optionString: loadedAddress(code, at, RDX),
      longOptions: name === 'getopt' ? undefined : loadedAddress(code, at, RCX),
    });
  }
  return calls;
}

/** The registers of the first, the third and the fourth argument (System V ABI for x86-64). */
const RDI = 7;
const RCX = 1;
const RDX = 2;
