import type { DynamicSymbol, DynamicSymbols, SymbolsResult } from './dynamic-symbols.ts';
import type { LoadedObject } from './loaded-object.ts';

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
  const unreadable: { object: LoadedObject; reason: string }[] = [];
  const tables = new Map<LoadedObject, SymbolTable>();
  for (const object of new Set([...scope, ...objects])) {
    const symbols = symbolsOf(object);
    if (symbols.kind === 'symbols') tables.set(object, { symbols, byName: indexByName(symbols.defined) });
    else unreadable.push({ object, reason: symbols.reason });
  }
  const providers = scope.flatMap((object) => tables.get(object) ?? []);
  const symbols: MissingSymbol[] = [];
  const versions: MissingVersion[] = [];
  for (const neededBy of objects) {
    const table = tables.get(neededBy);
    if (table === undefined) continue;
    for (const need of table.symbols.needed) {
      const isBoundElsewhere = need.bind !== 'weak' && need.bind !== 'local' && isVisible(need);
      if (!isBoundElsewhere || providers.some((provider) => provides(provider, need))) continue;
      const { name, version, versionLibrary } = need;
      symbols.push({ name, version, versionLibrary, neededBy });
    }
    for (const { name: version, library: libraryName, weak } of table.symbols.versionsNeeded) {
      const library = byName.get(libraryName ?? '');
      const defined = library && tables.get(library)?.symbols.versionsDefined;
      // A library without any versions is taken with a warning.
      if (library === undefined || defined === undefined || defined.length === 0 || weak) continue;
      if (!defined.some(({ name }) => name === version)) versions.push({ version, library, neededBy });
    }
  }
  return { symbols, versions, unreadable };
}

interface SymbolTable {
  readonly symbols: DynamicSymbols;
  readonly byName: ReadonlyMap<string, readonly DynamicSymbol[]>;
}

function indexByName(defined: readonly DynamicSymbol[]): ReadonlyMap<string, readonly DynamicSymbol[]> {
  const index = new Map<string, DynamicSymbol[]>();
  for (const symbol of defined) {
    const same = index.get(symbol.name);
    if (same === undefined) index.set(symbol.name, [symbol]);
    else same.push(symbol);
  }
  return index;
}

/** check_match of glibc's elf/dl-lookup.c, for every symbol of that name. */
function provides(provider: SymbolTable, need: DynamicSymbol): boolean {
  const candidates = (provider.byName.get(need.name) ?? []).filter(isBindable);
  if (need.version !== undefined) return candidates.some((symbol) => fitsVersion(symbol, need));
  // Without a version: the first version of a symbol, or else its one default version.
  if (candidates.some(({ versionIndex }) => versionIndex === undefined || versionIndex < 3)) return true;
  return candidates.filter(({ versionHidden }) => !versionHidden).length === 1;
}

function fitsVersion(symbol: DynamicSymbol, need: DynamicSymbol): boolean {
  if (symbol.versionIndex === undefined || symbol.version === need.version) return true;
  return !need.versionHidden && symbol.version === undefined && !symbol.versionHidden;
}

function isBindable(symbol: DynamicSymbol): boolean {
  const hasPlace = symbol.value !== 0 || symbol.absolute || symbol.type === 'tls';
  const isOfKind = !['section', 'file', 'other'].includes(symbol.type);
  return hasPlace && isOfKind && symbol.bind !== 'local' && symbol.bind !== 'other' && isVisible(symbol);
}

function isVisible(symbol: DynamicSymbol): boolean {
  return symbol.visibility === 'default' || symbol.visibility === 'protected';
}
