import {
  type DynamicSymbols,
  readDynamicSymbols,
  type SymbolsResult,
} from '../formats/elf/dynamic-symbols.ts';
import { type ReadGetopt, readGetopt } from '../formats/elf/getopt/read-getopt.ts';
import type { FoundFile, Lookup } from '../formats/elf/loader/found-file.ts';
import type { LoadedObject } from '../formats/elf/loader/loaded-object.ts';
import type { Malformed } from '../formats/elf/malformed.ts';
import { type ElfResult, parseElf } from '../formats/elf/parse-elf.ts';
import { relocatedSymbols } from '../formats/elf/relocations.ts';
import type { Host } from '../host/host.ts';
import { withFile } from '../host/with-file.ts';

/** The ELF files of a host, each read once under each of its names, however many programs use it. */
export class ElfFiles {
  readonly host: Host;
  readonly lookup: Lookup;
  readonly #found: Map<string, FoundFile | undefined> = new Map();
  readonly #parsed: Map<string, ElfResult> = new Map();
  readonly #relocated: Map<string, ReadonlySet<number> | Malformed> = new Map();
  readonly #symbols: Map<string, SymbolsResult> = new Map();
  readonly #getopt: Map<string, ReadGetopt> = new Map();

  constructor(host: Host) {
    this.host = host;
    this.lookup = (path) => {
      if (!this.#found.has(path)) this.#found.set(path, this.#find(path));
      return this.#found.get(path);
    };
  }

  symbolsOf(object: LoadedObject): SymbolsResult {
    const known = this.#symbols.get(object.realPath) ?? symbolsAt(this.host, object);
    this.#symbols.set(object.realPath, known);
    return known;
  }

  relocatedOf(object: LoadedObject): ReadonlySet<number> | Malformed {
    const known = this.#relocated.get(object.realPath) ?? relocatedAt(this.host, object);
    this.#relocated.set(object.realPath, known);
    return known;
  }

  /** The options that the code of a program has getopt(3) look for. */
  getoptOf(object: LoadedObject): ReadGetopt {
    const known = this.#getopt.get(object.realPath) ?? getoptAt(this.host, object, this.symbolsOf(object));
    this.#getopt.set(object.realPath, known);
    return known;
  }

  /** What is neither a file nor absent can be opened and not be read: the loader stops at it as at any other file. */
  #find(path: string): FoundFile | undefined {
    const facts = this.host.stat(path);
    if (facts === undefined) return undefined;
    const realPath = this.host.realPath(path) ?? path;
    const { identity } = facts;
    if (facts.type !== 'file') return { realPath, identity, elf: { kind: 'not-elf' } };
    const elf = this.#parsed.get(identity) ?? elfAt(this.host, realPath);
    this.#parsed.set(identity, elf);
    return { realPath, identity, setUserId: (facts.mode & SET_USER_ID) !== 0, elf };
  }
}

const SET_USER_ID = 0o4000;

function elfAt(host: Host, path: string): ElfResult {
  return withFile(host, path, (file) => parseElf(file));
}

function symbolsAt(host: Host, object: LoadedObject): DynamicSymbols | Malformed {
  return withFile(host, object.realPath, (file) => readDynamicSymbols(file, object.elf));
}

function relocatedAt(host: Host, object: LoadedObject): ReadonlySet<number> | Malformed {
  return withFile(host, object.realPath, (file) => relocatedSymbols(file, object.elf));
}

function getoptAt(host: Host, object: LoadedObject, symbols: SymbolsResult): ReadGetopt {
  if (symbols.kind === 'malformed') return { kind: 'unknown', reason: symbols.reason };
  return withFile(host, object.realPath, (file) => readGetopt(file, object.elf, symbols));
}
