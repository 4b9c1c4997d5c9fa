import type { SymbolsResult } from '../dynamic-symbols.ts';
import type { LoadedObject } from './loaded-object.ts';
import { isLookedUp, SymbolScope } from './symbol-scope.ts';

/** A symbol that an object needs and nothing in its scope provides. */
export interface MissingSymbol {
  readonly name: string;
  readonly version: string | undefined;
  /** The library that the version was expected from when the object was linked. */
  readonly versionLibrary: string | undefined;
  readonly neededBy: LoadedObject;
}

/** A version that an object needs of a library which defines versions, but not this one; it does not start. */
export interface MissingVersion {
  readonly version: string;
  /** The library defines no versions at all, though the object was linked with one that did. */
  readonly unversioned: boolean;
  readonly library: LoadedObject;
  readonly neededBy: LoadedObject;
}

export interface Binding {
  readonly symbols: readonly MissingSymbol[];
  readonly versions: readonly MissingVersion[];
  /** Objects whose symbol table could not be read: what they provide or need is not known. */
  readonly unreadable: readonly { readonly object: LoadedObject; readonly reason: string }[];
}

/**
 * Looks up what `objects` need in `scope`, in order, as glibc does (elf/dl-lookup.c, elf/dl-version.c). For a
 * program both are its closure; for a library opened at run time the scope is the program's objects, then the
 * library's. `byName` tells which object a version was meant to come from. Weak needs may stay open.
 */
export function missingSymbols(
  objects: readonly LoadedObject[],
  scope: readonly LoadedObject[],
  byName: ReadonlyMap<string, LoadedObject>,
  symbolsOf: (object: LoadedObject) => SymbolsResult,
): Binding {
  const lookup = new SymbolScope(scope, objects, symbolsOf);
  const symbols: MissingSymbol[] = [];
  const versions: MissingVersion[] = [];
  for (const neededBy of objects) {
    const table = lookup.symbolsOf(neededBy);
    if (table === undefined) continue;
    for (const need of table.needed) {
      if (!isLookedUp(need)) continue;
      const { name, version, versionLibrary } = need;
      const provider = lookup.providerOf(need, neededBy);
      if (provider === undefined && need.bind !== 'weak') {
        symbols.push({ name, version, versionLibrary, neededBy });
      }
      // An assertion of glibc's elf/dl-lookup.c: the very library that was to have the version has none.
      const library = provider?.symbol.versionIndex === undefined ? provider?.object : undefined;
      if (version === undefined || library === undefined || byName.get(versionLibrary ?? '') !== library)
        continue;
      const isKnown = versions.some((known) => known.neededBy === neededBy && known.library === library);
      if (!isKnown) versions.push({ version, unversioned: true, library, neededBy });
    }
    for (const { name: version, library: libraryName, weak } of table.versionsNeeded) {
      const library = byName.get(libraryName ?? '');
      const defined = library && lookup.symbolsOf(library)?.versionsDefined;
      // A library without any versions is warned about, and taken unless it has not even a table of them.
      if (library === undefined || defined === undefined || defined.length === 0 || weak) continue;
      if (!defined.some(({ name }) => name === version)) {
        versions.push({ version, unversioned: false, library, neededBy });
      }
    }
  }
  return { symbols, versions, unreadable: lookup.unreadable };
}
