import type { ElfHeader } from './elf-header.ts';
import { MalformedError } from './malformed.ts';
import type { MappedFile } from './mapped-file.ts';
import type { Segment } from './segments.ts';

/** What a file tells the dynamic loader (elf(5), `Dynamic tags`). Names and paths are as written. */
export interface DynamicSection {
  readonly needed: readonly string[];
  readonly soname: string | undefined;
  /** DT_RPATH as written; the loader ignores it when there is a DT_RUNPATH. */
  readonly rpath: string | undefined;
  readonly runpath: string | undefined;
  /** What it needs and what filters it, in the order written. */
  readonly links: readonly DynamicLink[];
  /** Every symbol is bound at the start (`-z now`). */
  readonly bindNow: boolean;
  /** The default directories are not searched for what this file needs (`-z nodefaultlib`). */
  readonly noDefaultLibraries: boolean;
  /** Its own symbols are looked up in itself first (DT_SYMBOLIC). */
  readonly symbolic: boolean;
  /** A program, not a library, though its type says otherwise (DF_1_PIE). */
  readonly positionIndependentProgram: boolean;
  /** The last value of every tag, by its number. */
  readonly tags: ReadonlyMap<number, number>;
}

/**
 * Another library that this one asks for. A filter (DT_FILTER) and an auxiliary one (DT_AUXILIARY) are searched for
 * symbols before it; an auxiliary one may be missing.
 */
export interface DynamicLink {
  readonly kind: 'needed' | 'filter' | 'auxiliary';
  readonly name: string;
}

export const TAG = {
  needed: 1,
  pltRelocationsSize: 2,
  hash: 4,
  strings: 5,
  symbols: 6,
  rela: 7,
  relaSize: 8,
  stringsSize: 10,
  soname: 14,
  rpath: 15,
  symbolic: 16,
  rel: 17,
  relSize: 18,
  pltRelocationsKind: 20,
  pltRelocations: 23,
  bindNow: 24,
  initArray: 25,
  initArraySize: 27,
  runpath: 29,
  flags: 30,
  relrSize: 35,
  relr: 36,
  gnuHash: 0x6ffffef5,
  versionSymbols: 0x6ffffff0,
  flags1: 0x6ffffffb,
  versionDefinitions: 0x6ffffffc,
  versionDefinitionsCount: 0x6ffffffd,
  versionNeeds: 0x6ffffffe,
  versionNeedsCount: 0x6fffffff,
  auxiliary: 0x7ffffffd,
  filter: 0x7fffffff,
} as const;

const MOST_ENTRIES = 16_384;
const LONGEST_PATH = 65_536;
const LONGEST_NAME = 4096; // PATH_MAX

export function readDynamicSection(file: MappedFile, header: ElfHeader, segment: Segment): DynamicSection {
  const { tags, names } = readEntries(file, header, segment);
  const strings = tags.get(TAG.strings);
  const text = (at: number, limit: number, what: string): string => {
    if (strings === undefined)
      throw new MalformedError('the dynamic section has no string table', segment.offset);
    if (at >= (tags.get(TAG.stringsSize) ?? Infinity)) {
      throw new MalformedError(`${what} lies outside the string table`, segment.offset);
    }
    return file.text(strings + at, limit, what);
  };
  const one = (tag: number, limit: number, what: string): string | undefined => {
    const at = tags.get(tag);
    return at === undefined ? undefined : text(at, limit, what);
  };
  const links = names.map(
    ({ kind, value }): DynamicLink => ({ kind, name: text(value, LONGEST_NAME, LINK_NAMES[kind]) }),
  );
  return {
    needed: links.filter(({ kind }) => kind === 'needed').map(({ name }) => name),
    soname: one(TAG.soname, LONGEST_NAME, 'the SONAME'),
    rpath: one(TAG.rpath, LONGEST_PATH, 'the RPATH'),
    runpath: one(TAG.runpath, LONGEST_PATH, 'the RUNPATH'),
    links,
    bindNow: tags.has(TAG.bindNow) || flag(tags, TAG.flags, 8) || flag(tags, TAG.flags1, 1),
    noDefaultLibraries: flag(tags, TAG.flags1, 0x800),
    symbolic: tags.has(TAG.symbolic) || flag(tags, TAG.flags, 2),
    positionIndependentProgram: flag(tags, TAG.flags1, 0x08000000),
    tags,
  };
}

const LINK_KINDS: Record<number, DynamicLink['kind']> = {
  [TAG.needed]: 'needed',
  [TAG.filter]: 'filter',
  [TAG.auxiliary]: 'auxiliary',
};
const LINK_NAMES: Record<DynamicLink['kind'], string> = {
  needed: 'the name of a needed library',
  filter: 'the name of a filter',
  auxiliary: 'the name of a filter',
};

interface LinkEntry {
  readonly kind: DynamicLink['kind'];
  /** Where its name begins in the string table. */
  readonly value: number;
}

function readEntries(file: MappedFile, header: ElfHeader, segment: Segment) {
  const step = header.bits / 8;
  const count = Math.min(Math.floor(segment.fileSize / (2 * step)), MOST_ENTRIES);
  const view = file.view(segment.address, count * 2 * step, 'the dynamic section');
  const tags = new Map<number, number>();
  const names: LinkEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    const tag = view.word(index * 2 * step, header.bits);
    const value = view.word(index * 2 * step + step, header.bits);
    if (tag === 0) return { tags, names };
    tags.set(tag, value);
    const kind = LINK_KINDS[tag];
    if (kind !== undefined) names.push({ kind, value });
  }
  throw new MalformedError('the dynamic section does not end', segment.offset);
}

function flag(tags: ReadonlyMap<number, number>, tag: number, bit: number): boolean {
  return ((tags.get(tag) ?? 0) & bit) !== 0;
}
