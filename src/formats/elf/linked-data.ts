import type { ByteSource } from './byte-source.ts';
import type { DynamicSymbol, DynamicSymbols } from './dynamic-symbols.ts';
import { MalformedError } from './malformed.ts';
import { MappedFile } from './mapped-file.ts';
import type { Elf } from './parse-elf.ts';
import { type Relocation, relocations } from './relocations.ts';

/** What a pointer in the data of a file leads to once the loader is done with it. */
export type Pointer =
  | { readonly kind: 'null' }
  /** An address in the file itself. */
  | { readonly kind: 'here'; readonly address: number }
  /** What another file, or the file itself, provides under this name. */
  | { readonly kind: 'symbol'; readonly name: string }
  /** A relocation that is not understood. */
  | { readonly kind: 'unknown' };

/**
 * The initialised data of a file as the loader leaves it, before any code of it runs: numbers and texts as they
 * stand in the file, pointers by their relocations. All readers throw `MalformedError` outside of the file.
 */
export class LinkedData {
  readonly file: MappedFile;
  readonly #elf: Elf;
  readonly #symbols: DynamicSymbols;
  #relocations: ReadonlyMap<number, Relocation> | undefined;
  #named: ReadonlyMap<string, DynamicSymbol> | undefined;
  #definedByIndex: ReadonlyMap<number, DynamicSymbol> | undefined;
  #neededByIndex: ReadonlyMap<number, DynamicSymbol> | undefined;

  constructor(source: ByteSource, elf: Elf, symbols: DynamicSymbols) {
    this.file = new MappedFile(source, elf);
    this.#elf = elf;
    this.#symbols = symbols;
  }

  /** In bytes. */
  get wordSize(): 4 | 8 {
    return this.#elf.bits === 64 ? 8 : 4;
  }

  /** What dlsym(3) would find in the file. */
  symbol(name: string): DynamicSymbol | undefined {
    this.#named ??= new Map(
      this.#symbols.defined.filter(({ bind }) => bind !== 'local').map((symbol) => [symbol.name, symbol]),
    );
    return this.#named.get(name);
  }

  u32(address: number): number {
    return this.file.view(address, 4, 'a number').u32(0);
  }

  word(address: number): number {
    return this.file.view(address, this.wordSize, 'a number').word(0, this.#elf.bits);
  }

  pointer(address: number): Pointer {
    this.#relocations ??= this.#relocationsByAddress();
    const relocation = this.#relocations.get(address);
    if (relocation === undefined) return pointerTo(this.word(address));
    const { type, symbolIndex, addend } = relocation;
    const kinds = RELOCATIONS[this.#elf.machine];
    if (type === 'relative' || type === kinds?.relative) return pointerTo(addend ?? this.word(address));
    if (type !== kinds?.absolute && type !== kinds?.globalData) return { kind: 'unknown' };
    this.#definedByIndex ??= byIndex(this.#symbols.defined);
    this.#neededByIndex ??= byIndex(this.#symbols.needed);
    const here = this.#definedByIndex.get(symbolIndex);
    const symbol = here ?? this.#neededByIndex.get(symbolIndex);
    if (symbol === undefined) return { kind: 'unknown' };
    const offset = type === kinds?.absolute ? (addend ?? this.word(address)) : 0;
    if (here !== undefined) return { kind: 'here', address: here.value + offset };
    return offset === 0 ? { kind: 'symbol', name: symbol.name } : { kind: 'unknown' };
  }

  /** The text that the pointer at `address` leads to; undefined when it leads to none in this file. */
  text(address: number, limit = 4096): string | undefined {
    const pointer = this.pointer(address);
    return pointer.kind === 'here' ? this.file.text(pointer.address, limit, 'a text') : undefined;
  }

  #relocationsByAddress(): ReadonlyMap<number, Relocation> {
    const found = new Map<number, Relocation>();
    for (const relocation of relocations(this.file, this.#elf)) found.set(relocation.address, relocation);
    if (found.size > 0 && RELOCATIONS[this.#elf.machine] === undefined) {
      throw new MalformedError(`relocations of ${this.#elf.machine} are not understood`, 0);
    }
    return found;
  }
}

/** Of two symbols with one index the first counts. */
function byIndex(symbols: readonly DynamicSymbol[]): ReadonlyMap<number, DynamicSymbol> {
  return new Map(symbols.toReversed().map((symbol) => [symbol.index, symbol]));
}

function pointerTo(address: number): Pointer {
  return address === 0 ? { kind: 'null' } : { kind: 'here', address };
}

/** The numbers of R_…_RELATIVE, the plain absolute word, and R_…_GLOB_DAT in the ABI of each machine (elf.h of glibc). */
const RELOCATIONS: Readonly<
  Record<string, { readonly relative: number; readonly absolute: number; readonly globalData: number }>
> = {
  'x86-64': { relative: 8, absolute: 1, globalData: 6 },
  i386: { relative: 8, absolute: 1, globalData: 6 },
  aarch64: { relative: 1027, absolute: 257, globalData: 1025 },
  arm: { relative: 23, absolute: 2, globalData: 21 },
  ppc64: { relative: 22, absolute: 38, globalData: 20 },
  s390: { relative: 12, absolute: 22, globalData: 10 },
  riscv: { relative: 3, absolute: 2, globalData: 2 },
};
