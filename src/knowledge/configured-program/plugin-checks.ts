import type { Finding } from '../../documents/check-report.ts';
import type { CheckRun } from '../check-outcome.ts';
import type { ConfiguredProgram } from './configured-program.ts';
import { askedAt, type Plugin } from './plugin.ts';
import { type WhyNotOpened, whyNotOpened } from './why-not-opened.ts';

type PluginFinding = Omit<Finding, 'id'>;

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

function refusal(plugin: Plugin, said: WhyNotOpened): PluginFinding {
  return finding(plugin, plugin.severity, said, ` ${plugin.consequence}`);
}

function inDoubt({ title }: ConfiguredProgram, plugin: Plugin, doubt: string): PluginFinding {
  return finding(plugin, 'warning', {
    reason: `Whether it fits ${title} can not be told without loading it: ${doubt}.`,
    remedy: `Make sure that it was built for ${title}.`,
  });
}

function finding(
  { path, ...asked }: Plugin,
  severity: PluginFinding['severity'],
  { reason, remedy, evidence = [] }: WhyNotOpened,
  consequence = '',
): PluginFinding {
  return {
    severity,
    subject: path,
    reason: `${reason} ${askedAt(asked)}.${consequence}`,
    evidence: [asked.place, ...evidence.map((how) => ({ how }))],
    remedy,
  };
}
