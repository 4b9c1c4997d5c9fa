import { TAG } from './dynamic-section.ts';
import { MalformedError } from './malformed.ts';
import type { MappedFile } from './mapped-file.ts';

const MOST_ENTRIES = 65_536; // a version index has 15 bits

/** A version that this file's symbols can carry, by the index that the version table uses. */
export interface SymbolVersion {
  readonly name: string;
  /** The library it is needed from (its SONAME); undefined for a version that this file defines. */
  readonly library: string | undefined;
  /** Needed weakly: the loader starts without it. */
  readonly weak: boolean;
}

/** Version index → version, from DT_VERDEF and DT_VERNEED (LSB Core, `Symbol Versioning`). */
export function readSymbolVersions(
  file: MappedFile,
  tags: ReadonlyMap<number, number>,
  textAt: (offset: number) => string,
): ReadonlyMap<number, SymbolVersion> {
  const versions = new Map<number, SymbolVersion>();
  const chain = boundedChain(file);
  for (const at of chain(tags.get(TAG.versionDefinitions), tags.get(TAG.versionDefinitionsCount), 20, 16)) {
    const definition = file.view(at, 20, 'a version definition');
    const isFileItself = (definition.u16(2) & 1) !== 0;
    if (isFileItself || definition.u16(6) === 0) continue;
    const name = file.view(at + definition.u32(12), 8, 'a version name');
    versions.set(definition.u16(4) & 0x7fff, { name: textAt(name.u32(0)), library: undefined, weak: false });
  }
  for (const at of chain(tags.get(TAG.versionNeeds), tags.get(TAG.versionNeedsCount), 16, 12)) {
    const need = file.view(at, 16, 'a version need');
    const library = textAt(need.u32(4));
    for (const entryAt of chain(at + need.u32(8), need.u16(2), 16, 12)) {
      const entry = file.view(entryAt, 16, 'a version need');
      const weak = (entry.u16(4) & 2) !== 0;
      versions.set(entry.u16(6) & 0x7fff, { name: textAt(entry.u32(8)), library, weak });
    }
  }
  return versions;
}

/** The addresses of a list whose entries say how far on the next one is; bounded over all lists of a file. */
function boundedChain(file: MappedFile) {
  let seen = 0;
  return function* chain(
    start: number | undefined,
    count: number | undefined,
    size: number,
    nextAt: number,
  ): Generator<number> {
    let at = start ?? 0;
    for (let left = start === undefined ? 0 : (count ?? 0); left > 0; left -= 1) {
      seen += 1;
      if (seen > MOST_ENTRIES)
        throw new MalformedError('too many symbol versions', file.locate(at)?.offset ?? 0);
      yield at;
      const step = file.view(at, size, 'the version table').u32(nextAt);
      if (step === 0) return;
      at += step;
    }
  };
}
