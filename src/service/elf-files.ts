import { BUFFER_SIZE } from '../formats/elf/buffered-source.ts';
import { readDynamicSymbols, type SymbolsResult } from '../formats/elf/dynamic-symbols.ts';
import type { FoundFile, Lookup } from '../formats/elf/loader/found-file.ts';
import type { LoadedObject } from '../formats/elf/loader/loaded-object.ts';
import type { Malformed } from '../formats/elf/malformed.ts';
import { type Elf, type ElfResult, parseElf } from '../formats/elf/parse-elf.ts';
import { relocatedSymbols } from '../formats/elf/relocations.ts';
import type { Host, OpenFile } from '../host/host.ts';
import { KeptPerHost } from '../host/kept-per-host.ts';
import { withFile } from '../host/with-file.ts';

/** The ELF files of a host, the same for all who ask of one that remembers. */
export function elfFilesOf(host: Host): ElfFiles {
  return kept.of(host, () => new ElfFiles(host));
}

const kept = new KeptPerHost<ElfFiles>();

/** The ELF files of a host, each read once under each of its names, however many programs use it. */
export class ElfFiles {
  readonly host: Host;
  readonly lookup: Lookup;
  readonly #found: Map<string, FoundFile | undefined> = new Map();
  readonly #parsed: Map<string, ElfResult> = new Map();
  readonly #relocated: Map<string, ReadonlySet<number> | Malformed> = new Map();
  readonly #symbols: Map<string, SymbolsResult> = new Map();
  readonly #buffer = new Uint8Array(BUFFER_SIZE);

  constructor(host: Host) {
    this.host = host;
    this.lookup = (path) => {
      const known = this.#found.get(path);
      if (known !== undefined || this.#found.has(path)) return known;
      const found = this.#find(path);
      this.#found.set(path, found);
      return found;
    };
  }

  symbolsOf(object: LoadedObject): SymbolsResult {
    return this.#read(this.#symbols, object, readDynamicSymbols);
  }

  relocatedOf(object: LoadedObject): ReadonlySet<number> | Malformed {
    return this.#read(this.#relocated, object, relocatedSymbols);
  }

  #read<T>(known: Map<string, T>, { realPath, elf }: LoadedObject, read: (file: OpenFile, elf: Elf) => T): T {
    const value = known.get(realPath) ?? withFile(this.host, realPath, (file) => read(file, elf));
    known.set(realPath, value);
    return value;
  }

  /** What is neither a file nor absent can be opened and not be read: the loader stops at it as at any other file. */
  #find(path: string): FoundFile | undefined {
    const facts = this.host.stat(path);
    if (facts === undefined) return undefined;
    const realPath = this.host.realPath(path) ?? path;
    const { identity } = facts;
    if (facts.type !== 'file') return { realPath, identity, elf: { kind: 'not-elf' } };
    const elf =
      this.#parsed.get(identity) ?? withFile(this.host, realPath, (file) => parseElf(file, this.#buffer));
    this.#parsed.set(identity, elf);
    return { realPath, identity, setUserId: (facts.mode & SET_USER_ID) !== 0, elf };
  }
}

const SET_USER_ID = 0o4000;
