import type { MissingSymbol } from '../../formats/elf/loader/missing-symbols.ts';
import type { Finding } from '../../documents/check-report.ts';
import { showSearchRule } from '../../formats/elf/loader/loaded-object.ts';
import { showPlace } from '../../text/place.ts';
import type { CheckRun } from '../check-outcome.ts';
import type { ConfiguredProgram } from './configured-program.ts';
import type { Plugin } from './plugin.ts';

type PluginFinding = Omit<Finding, 'id'>;
type Said = Pick<PluginFinding, 'reason' | 'remedy'> & { readonly evidence?: readonly string[] };

/** Whether every plugin's file is there, is whole, and finds the libraries and symbols that it needs. */
export function pluginsOpen(program: ConfiguredProgram, plugins: readonly Plugin[]): CheckRun {
  if (plugins.length > 0 && program.start.loaded === undefined) return unreadable(program);
  const findings = plugins.flatMap((plugin) => whyNotOpened(plugin).map((said) => refusal(plugin, said)));
  return { examined: plugins.length, findings };
}

/** Whether the program takes what is in every plugin's file: versions, signatures, magic numbers. */
export function pluginsFit(program: ConfiguredProgram, plugins: readonly Plugin[]): CheckRun {
  if (plugins.length > 0 && program.start.loaded === undefined) return unreadable(program);
  const findings = plugins.flatMap((plugin) => [
    ...(plugin.identity?.misfits ?? []).map((misfit) => refusal(plugin, misfit)),
    ...(plugin.identity?.remarks ?? []).map((remark) => finding(plugin, 'note', remark)),
    ...(plugin.identity?.doubts ?? []).map((doubt) => inDoubt(program, plugin, doubt)),
  ]);
  return { examined: plugins.filter(({ identity }) => identity !== undefined).length, findings };
}

function unreadable({ name }: ConfiguredProgram): CheckRun {
  return { couldNotRun: `the program that loads the plugins of ${name} could not be read` };
}

function whyNotOpened({ file, path, directive, place, library }: Plugin): Said[] {
  if (library === undefined) return [];
  const without = `take ${directive} out at ${place.file}:${place.line}`;
  if (library.kind === 'absent') {
    const tried = library.tried.map(({ path: at, rule }) => `${at} (${showSearchRule(rule)})`);
    return [
      {
        reason: `There is no such file: ${file}: cannot open shared object file.`,
        remedy: `Install the package that has it, correct the name at ${place.file}:${place.line}, or ${without}.`,
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

function missingSymbols(path: string, symbols: readonly MissingSymbol[], without: string): Said {
  const names = symbols.map(({ name, version }) => (version === undefined ? name : `${name}@${version}`));
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return {
    reason: `It needs ${names.slice(0, 3).join(', ')}${more}, which nothing provides that is loaded before it: undefined symbol.`,
    remedy: `Let the plugin that provides it be loaded first, install a build of ${path} for this program, or ${without}.`,
    evidence: symbols
      .slice(0, 20)
      .map(({ name, neededBy }) => `${neededBy.path} needs ${name} (its symbol table)`),
  };
}

function refusal(plugin: Plugin, said: Said): PluginFinding {
  return finding(plugin, plugin.severity, said, ` ${plugin.consequence}`);
}

function inDoubt({ title }: ConfiguredProgram, plugin: Plugin, doubt: string): PluginFinding {
  return finding(plugin, 'warning', {
    reason: `Whether it fits ${title} can not be told without loading it: ${doubt}.`,
    remedy: `Make sure that it was built for ${title}.`,
  });
}

function finding(
  { path, place, directive }: Plugin,
  severity: PluginFinding['severity'],
  { reason, remedy, evidence = [] }: Said,
  consequence = '',
): PluginFinding {
  return {
    severity,
    subject: path,
    reason: `${reason} ${directive} at ${showPlace(place)} asks for it.${consequence}`,
    evidence: [place, ...evidence.map((how) => ({ how }))],
    remedy,
  };
}
