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

/** The ELF files of a host, the same for all who ask of one that remembers; what is read of a file, for all who see it. */
export function elfFilesOf(host: Host): ElfFiles {
  return kept.of(host, () => new ElfFiles(host, host.over === undefined ? undefined : elfFilesOf(host.over)));
}

const kept = new KeptPerHost<ElfFiles>();

/** The ELF files of a host, each read once under each of its names, however many programs use it. */
export class ElfFiles {
  readonly host: Host;
  readonly lookup: Lookup;
  readonly #found: Map<string, FoundFile | undefined> = new Map();
  /** By the identity of the file. */
  readonly #parsed: Map<string, ElfResult>;
  readonly #relocated: Map<string, ReadonlySet<number> | Malformed>;
  readonly #symbols: Map<string, SymbolsResult>;
  readonly #buffer = new Uint8Array(BUFFER_SIZE);

  constructor(host: Host, under?: ElfFiles) {
    this.host = host;
    this.#parsed = under === undefined ? new Map() : under.#parsed;
    this.#relocated = under === undefined ? new Map() : under.#relocated;
    this.#symbols = under === undefined ? new Map() : under.#symbols;
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

  #read<T>(
    known: Map<string, T>,
    { path, realPath, elf }: LoadedObject,
    read: (file: OpenFile, elf: Elf) => T,
  ): T {
    const key = this.lookup(path)?.identity ?? realPath;
    const value = known.get(key) ?? withFile(this.host, realPath, (file) => read(file, elf));
    known.set(key, value);
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
