import { showSearchRule } from '../../formats/elf/loader/loaded-object.ts';
import type { MissingSymbol } from '../../formats/elf/loader/missing-symbols.ts';
import type { Plugin } from './plugin.ts';
import { firstOf } from '../../text/first-of.ts';

export interface WhyNotOpened {
  /** A whole sentence. */
  readonly reason: string;
  readonly remedy: string;
  /** In words, how it was found. */
  readonly evidence?: readonly string[];
}

/** Why dlopen(3) with RTLD_NOW would refuse the plugin, in the words of the loader; empty where it takes it. */
export function whyNotOpened({ file, path, directive, place, library }: Plugin): WhyNotOpened[] {
  if (library === undefined) return [];
  const without =
    'how' in place ? `set ${directive} otherwise` : `take ${directive} out at ${place.file}:${place.line}`;
  const named = 'how' in place ? '' : `, correct the name at ${place.file}:${place.line}`;
  if (library.kind === 'absent') {
    const tried = library.tried.map(({ path: at, rule }) => `${at} (${showSearchRule(rule)})`);
    return [
      {
        reason: `There is no such file: ${file}: cannot open shared object file.`,
        remedy: `Install the package that has it${named}, or ${without}.`,
        evidence: [`tried ${tried.length === 0 ? 'nothing' : tried.join(', ')}`],
      },
    ];
  }
  if (library.kind === 'unusable') {
    return [
      {
        reason: `The loader can not use the file ${library.path}: ${library.reason}.`,
        remedy: `Copy ${library.path} again from where it was built, reinstall its package, or ${without}.`,
      },
    ];
  }
  const missing = library.missing.map(({ name, requestedBy, tried }) => ({
    reason: `${requestedBy.path} needs ${name}, which the loader does not find: cannot open shared object file.`,
    remedy: `Install the package that has ${name}, or ${without}.`,
    evidence: [`tried ${tried.map(({ path: at }) => at).join(', ')}`],
  }));
  // Without a library nothing can be said of symbols.
  if (missing.length > 0) return missing;
  const { symbols, versions } = library.binding();
  return [
    ...(symbols.length === 0 ? [] : [missingSymbols(path, symbols, without)]),
    ...versions.map(({ version, unversioned, library: { path: of }, neededBy }) => ({
      reason: `${neededBy.path} needs version ${version} of ${of}, which has ${unversioned ? 'no versions at all' : `no such version: version \`${version}' not found`}.`,
      remedy: `Install a build of ${path} for this ${of}, or ${without}.`,
    })),
  ];
}

function missingSymbols(path: string, symbols: readonly MissingSymbol[], without: string): WhyNotOpened {
  const names = symbols.map(({ name, version }) => (version === undefined ? name : `${name}@${version}`));
  return {
    reason: `It needs ${firstOf(names, 3)}, which nothing provides that is loaded before it: ${symbols[0]?.neededBy.path}: undefined symbol${names.length === 1 ? `: ${symbols[0]?.name}` : ''}.`,
    remedy: `Let the plugin that provides it be loaded first, install a build of ${path} for this program, or ${without}.`,
    evidence: symbols
      .slice(0, 20)
      .map(({ name, neededBy }) => `${neededBy.path} needs ${name} (its symbol table)`),
  };
}
