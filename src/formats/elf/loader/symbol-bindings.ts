import type { DynamicSymbol, SymbolsResult } from '../dynamic-symbols.ts';
import type { Malformed } from '../malformed.ts';
import type { LoadedObject } from './loaded-object.ts';
import { isLookedUp, type Provider, SymbolScope } from './symbol-scope.ts';

/** One symbol that an object looks up, and who gives it; nobody for one that is missing or may stay open. */
export interface SymbolBinding {
  readonly object: LoadedObject;
  readonly need: DynamicSymbol;
  readonly provider: Provider | undefined;
}

export interface SymbolBindings {
  readonly bindings: readonly SymbolBinding[];
  /** Objects whose symbol table could not be read. */
  readonly unreadable: readonly { readonly object: LoadedObject; readonly reason: string }[];
}

/**
 * Who gives each symbol that the relocations of `objects` name, looked up in `scope` in order: what the loader would
 * bind, were every symbol bound at the start. A library's own symbol that is given by another one is among them.
 */
export function symbolBindings(
  objects: readonly LoadedObject[],
  scope: readonly LoadedObject[],
  tables: SymbolTables,
): SymbolBindings {
  const lookup = new SymbolScope(scope, objects, tables.symbolsOf);
  const unreadable = [...lookup.unreadable];
  const bindings = objects.flatMap((object): SymbolBinding[] => {
    const symbols = lookup.symbolsOf(object);
    const relocated = tables.relocatedOf(object);
    if ('reason' in relocated) unreadable.push({ object, reason: relocated.reason });
    if (symbols === undefined || 'reason' in relocated) return [];
    return [...symbols.needed, ...symbols.defined]
      .filter((symbol) => relocated.has(symbol.index) && isLookedUp(symbol))
      .map((need) => ({ object, need, provider: lookup.providerOf(need, object) }));
  });
  return { bindings, unreadable };
}

/** What is read of each object. */
export interface SymbolTables {
  readonly symbolsOf: (object: LoadedObject) => SymbolsResult;
  /** See `relocatedSymbols`. */
  readonly relocatedOf: (object: LoadedObject) => ReadonlySet<number> | Malformed;
}
