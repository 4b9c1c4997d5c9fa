import type { DynamicSymbol, DynamicSymbols, SymbolsResult } from '../dynamic-symbols.ts';
import type { LoadedObject } from './loaded-object.ts';

/** Who gives a needed symbol, and which of its symbols. */
export interface Provider {
  readonly object: LoadedObject;
  readonly symbol: DynamicSymbol;
}

/** The objects in which the loader looks for symbols, in order, with their symbol tables. */
export class SymbolScope {
  /** Objects whose symbol table could not be read: what they provide or need is not known. */
  readonly unreadable: { readonly object: LoadedObject; readonly reason: string }[] = [];
  readonly #tables: Map<LoadedObject, DynamicSymbols> = new Map();
  readonly #order: (readonly [LoadedObject, SymbolIndex])[] = [];

  constructor(
    scope: readonly LoadedObject[],
    others: readonly LoadedObject[],
    symbolsOf: (object: LoadedObject) => SymbolsResult,
  ) {
    for (const object of new Set([...scope, ...others])) {
      const symbols = symbolsOf(object);
      if (symbols.kind === 'symbols') this.#tables.set(object, symbols);
      else this.unreadable.push({ object, reason: symbols.reason });
    }
    for (const object of scope) {
      const symbols = this.#tables.get(object);
      if (symbols !== undefined) this.#order.push([object, indexOf(symbols)]);
    }
  }

  symbolsOf(object: LoadedObject): DynamicSymbols | undefined {
    return this.#tables.get(object);
  }

  /** What `from` is given for its need (glibc elf/dl-lookup.c): a symbolic library looks into itself first. */
  providerOf(need: DynamicSymbol, from: LoadedObject): Provider | undefined {
    const own = from.elf.dynamic?.symbolic === true ? this.#tables.get(from) : undefined;
    const inside = own && fitting(indexOf(own).get(need.name), need);
    if (inside !== undefined) return { object: from, symbol: inside };
    for (const [object, index] of this.#order) {
      const symbol = fitting(index.get(need.name), need);
      if (symbol !== undefined) return { object, symbol };
    }
    return undefined;
  }
}

/** What is looked up beyond the object itself: neither local nor of a visibility that keeps it inside. */
export function isLookedUp(need: DynamicSymbol): boolean {
  return need.bind !== 'local' && isVisible(need);
}

/** One symbol by its name, or all of one name. */
type SymbolIndex = ReadonlyMap<string, DynamicSymbol | readonly DynamicSymbol[]>;

const indexes = new WeakMap<DynamicSymbols, SymbolIndex>();

function indexOf(symbols: DynamicSymbols): SymbolIndex {
  const known = indexes.get(symbols);
  if (known !== undefined) return known;
  const index = new Map<string, DynamicSymbol | readonly DynamicSymbol[]>();
  for (const symbol of symbols.defined) {
    if (!isBindable(symbol)) continue;
    const same = index.get(symbol.name);
    index.set(symbol.name, same === undefined ? symbol : 'name' in same ? [same, symbol] : [...same, symbol]);
  }
  indexes.set(symbols, index);
  return index;
}

/** `check_match` of glibc's elf/dl-lookup.c, over every symbol of that name. */
function fitting(
  candidates: DynamicSymbol | readonly DynamicSymbol[] | undefined,
  need: DynamicSymbol,
): DynamicSymbol | undefined {
  if (candidates === undefined) return undefined;
  const all = 'name' in candidates ? [candidates] : candidates;
  if (need.version !== undefined) return all.find((symbol) => fitsVersion(symbol, need));
  // Without a version: the first version of a symbol, or else its one default version.
  const first = all.find(({ versionIndex }) => versionIndex === undefined || versionIndex < 3);
  if (first !== undefined) return first;
  const defaults = all.filter(({ versionHidden }) => !versionHidden);
  return defaults.length === 1 ? defaults[0] : undefined;
}

function fitsVersion(symbol: DynamicSymbol, need: DynamicSymbol): boolean {
  if (symbol.versionIndex === undefined || symbol.version === need.version) return true;
  return !need.versionHidden && symbol.version === undefined && !symbol.versionHidden;
}

function isBindable(symbol: DynamicSymbol): boolean {
  const hasPlace = symbol.value !== 0 || symbol.absolute || symbol.type === 'tls';
  const isOfKind = symbol.type !== 'section' && symbol.type !== 'file' && symbol.type !== 'other';
  return hasPlace && isOfKind && symbol.bind !== 'local' && symbol.bind !== 'other' && isVisible(symbol);
}

function isVisible(symbol: DynamicSymbol): boolean {
  return symbol.visibility === 'default' || symbol.visibility === 'protected';
}
