import { shortName } from '../formats/cxx-name/short-name.ts';
import type { LoadedProgram } from '../service/service-start.ts';
import { reportedSymbols } from './reported-symbols.ts';
import { firstOf } from '../text/first-of.ts';

const MOST_NAMED = 5;

/**
 * What the symbols of a program's closure say of each of its files, by path: how many it gives, which it lacks, which come
 * from another library than the one they were linked with.
 */
export function symbolAttributes(
  loaded: LoadedProgram | undefined,
): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const attributes = new Map<string, Record<string, string>>();
  if (loaded === undefined) return attributes;
  const of = (path: string): Record<string, string> => {
    const known = attributes.get(path) ?? {};
    attributes.set(path, known);
    return known;
  };
  const { providers, missing, missingVersions, elsewhere, unreadable } = reportedSymbols(
    loaded,
    loaded.closure,
  );
  for (const { path, symbols } of providers)
    of(path)['gives'] = `${symbols} ${symbols === 1 ? 'symbol' : 'symbols'}`;
  for (const [path, symbols] of byFile(missing)) {
    of(path)['undefined symbols'] = named(symbols.map(({ name, version }) => versioned(name, version)));
  }
  for (const [path, versions] of byFile(missingVersions)) {
    of(path)['missing versions'] = named(versions.map(({ version, library }) => `${version} of ${library}`));
  }
  for (const [path, symbols] of byFile(elsewhere)) {
    of(path)['from elsewhere'] = named(
      symbols.map(
        ({ name, version, from, expected }) => `${versioned(name, version)} from ${from}, not ${expected}`,
      ),
    );
  }
  for (const { path, reason } of unreadable) of(path)['symbols not read'] = reason;
  return attributes;
}

function byFile<T extends { readonly neededBy: string }>(
  all: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const files = new Map<string, T[]>();
  for (const one of all) files.set(one.neededBy, [...(files.get(one.neededBy) ?? []), one]);
  return files;
}

function versioned(name: string, version: string | undefined): string {
  return version === undefined ? shortName(name) : `${shortName(name)} (${version})`;
}

function named(names: readonly string[]): string {
  return firstOf(names, MOST_NAMED);
}
