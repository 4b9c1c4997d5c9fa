import type { LibraryReportSymbols } from '../documents/library-report.ts';
import { missingSymbols } from '../formats/elf/loader/missing-symbols.ts';
import type { Closure } from '../formats/elf/loader/resolve-closure.ts';
import { symbolBindings, type SymbolTables } from '../formats/elf/loader/symbol-bindings.ts';

/** Who gives each symbol in a closure, what is missing, and what comes from another library than it was linked with. */
export function reportedSymbols(tables: SymbolTables, { objects, byName }: Closure): LibraryReportSymbols {
  const { bindings, unreadable } = symbolBindings(objects, objects, tables);
  const { symbols, versions } = missingSymbols(objects, objects, byName, tables.symbolsOf);
  const given = new Map(objects.map(({ path }) => [path, 0]));
  for (const { provider } of bindings) {
    if (provider !== undefined) given.set(provider.object.path, (given.get(provider.object.path) ?? 0) + 1);
  }
  return {
    providers: [...given].filter(([, count]) => count > 0).map(([path, count]) => ({ path, symbols: count })),
    missing: symbols.map(({ name, version, neededBy }) => shown(name, version, neededBy.path)),
    missingVersions: versions.map(({ version, library, neededBy }) => ({
      version,
      library: library.path,
      neededBy: neededBy.path,
    })),
    elsewhere: bindings.flatMap(({ object, need, provider }) => {
      const expected = byName.get(need.versionLibrary ?? '');
      if (expected === undefined || provider === undefined || provider.object === expected) return [];
      const from = provider.object.path;
      return [{ ...shown(need.name, need.version, object.path), expected: expected.path, from }];
    }),
    unreadable: unreadable.map(({ object, reason }) => ({ path: object.path, reason })),
  };
}

function shown(name: string, version: string | undefined, neededBy: string) {
  return { name, ...(version === undefined ? {} : { version }), neededBy };
}
