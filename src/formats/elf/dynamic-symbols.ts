import type { ByteSource } from './byte-source.ts';
import { TAG } from './dynamic-section.ts';
import { type Malformed, MalformedError, orMalformed } from './malformed.ts';
import { MappedFile } from './mapped-file.ts';
import type { Elf } from './parse-elf.ts';
import { stringTable } from './string-table.ts';
import type { StructView } from './struct-view.ts';
import { dynamicSymbolCount } from './symbol-count.ts';
import { readSymbolVersions, type SymbolVersion } from './symbol-versions.ts';

export interface DynamicSymbol {
  /** As in the file, mangled. */
  readonly name: string;
  readonly version: string | undefined;
  /**
   * The library that a needed version is expected from. A defined symbol has one when the program keeps a copy
   * of a library's variable (a copy relocation).
   */
  readonly versionLibrary: string | undefined;
  /** The entry of the version table, without its hidden bit; undefined when the file has no such table. */
  readonly versionIndex: number | undefined;
  /** Defined under `name@version`, not under the default `name@@version`. */
  readonly versionHidden: boolean;
  readonly bind: 'local' | 'global' | 'weak' | 'unique' | 'other';
  readonly type: 'none' | 'object' | 'function' | 'section' | 'file' | 'common' | 'tls' | 'ifunc' | 'other';
  readonly visibility: 'default' | 'internal' | 'hidden' | 'protected';
  /** Not relative to where the file is loaded. */
  readonly absolute: boolean;
  /** Address before relocation. */
  readonly value: number;
  readonly size: number;
  /** Place in the symbol table, which relocations name. */
  readonly index: number;
}

export interface DynamicSymbols {
  readonly kind: 'symbols';
  readonly defined: readonly DynamicSymbol[];
  readonly needed: readonly DynamicSymbol[];
  readonly versionsDefined: readonly SymbolVersion[];
  readonly versionsNeeded: readonly SymbolVersion[];
}

export type SymbolsResult = DynamicSymbols | Malformed;

const LONGEST_STRINGS = 64 * 1024 * 1024;

/** The dynamic symbol table with its versions; empty for a file without a dynamic section. Never throws on content. */
export function readDynamicSymbols(source: ByteSource, elf: Elf): SymbolsResult {
  const tags = elf.dynamic?.tags;
  const [symbolsAt, stringsAt] = [tags?.get(TAG.symbols), tags?.get(TAG.strings)];
  if (tags === undefined || symbolsAt === undefined || stringsAt === undefined) {
    return { kind: 'symbols', defined: [], needed: [], versionsDefined: [], versionsNeeded: [] };
  }
  return orMalformed(() => {
    const file = new MappedFile(source, elf);
    const count = dynamicSymbolCount(file, elf, tags);
    const size = elf.bits === 64 ? 24 : 16;
    const stringsSize = tags.get(TAG.stringsSize) ?? 0;
    if (stringsSize > LONGEST_STRINGS) throw new MalformedError('the string table is longer than is read', 0);
    const textAt = stringTable(file.bytes(stringsAt, stringsSize, 'the string table'));
    const table = file.view(symbolsAt, count * size, 'the symbol table');
    const versions = readSymbolVersions(file, tags, textAt);
    const versionsAt = tags.get(TAG.versionSymbols);
    const indexes =
      versionsAt === undefined ? undefined : file.view(versionsAt, count * 2, 'the version table');
    const defined: DynamicSymbol[] = [];
    const needed: DynamicSymbol[] = [];
    for (let index = 1; index < count; index += 1) {
      const raw = rawSymbol(table, index * size, elf.bits);
      const symbol = dynamicSymbol(raw, index, textAt, versions, indexes?.u16(index * 2));
      (raw.section === 0 ? needed : defined).push(symbol);
    }
    return {
      kind: 'symbols',
      defined,
      needed,
      versionsDefined: [...versions.values()].filter(({ library }) => library === undefined),
      versionsNeeded: [...versions.values()].filter(({ library }) => library !== undefined),
    };
  });
}

interface RawSymbol {
  readonly name: number;
  readonly info: number;
  readonly other: number;
  readonly section: number;
  readonly value: number;
  readonly size: number;
}

function rawSymbol(table: StructView, at: number, bits: 32 | 64): RawSymbol {
  const name = table.u32(at);
  if (bits === 64) {
    const [info, other, section] = [table.u8(at + 4), table.u8(at + 5), table.u16(at + 6)];
    return { name, info, other, section, value: table.u64(at + 8), size: table.u64(at + 16) };
  }
  const [info, other, section] = [table.u8(at + 12), table.u8(at + 13), table.u16(at + 14)];
  return { name, info, other, section, value: table.u32(at + 4), size: table.u32(at + 8) };
}

function dynamicSymbol(
  raw: RawSymbol,
  index: number,
  textAt: (offset: number) => string,
  versions: ReadonlyMap<number, SymbolVersion>,
  versionWord: number | undefined,
): DynamicSymbol {
  const versionIndex = versionWord === undefined ? undefined : versionWord & 0x7fff;
  const version = versionIndex === undefined ? undefined : versions.get(versionIndex);
  return {
    name: textAt(raw.name),
    version: version?.name,
    versionLibrary: version?.library,
    versionIndex,
    versionHidden: ((versionWord ?? 0) & 0x8000) !== 0,
    bind: BINDS[raw.info >> 4] ?? 'other',
    type: TYPES[raw.info & 15] ?? 'other',
    visibility: VISIBILITIES[raw.other & 3] ?? 'default',
    absolute: raw.section === 0xfff1,
    value: raw.value,
    size: raw.size,
    index,
  };
}

const BINDS: Record<number, DynamicSymbol['bind']> = { 0: 'local', 1: 'global', 2: 'weak', 10: 'unique' };
const VISIBILITIES: readonly DynamicSymbol['visibility'][] = ['default', 'internal', 'hidden', 'protected'];
const TYPES: Record<number, DynamicSymbol['type']> = {
  0: 'none',
  1: 'object',
  2: 'function',
  3: 'section',
  4: 'file',
  5: 'common',
  6: 'tls',
  10: 'ifunc',
};
