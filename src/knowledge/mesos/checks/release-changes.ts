import type { AgentExamination } from '../agent-examination.ts';
import { flagValue } from '../flags/flag-value.ts';
import { isAtLeast, type MesosVersion } from '../mesos-version.ts';
import { ISOLATOR_RULES } from '../tables/release-rules/isolator-rules.ts';
import { MODULE_RULES } from '../tables/release-rules/module-rules.ts';
import type { Condition, ReleaseRule } from '../tables/release-rules/release-rule.ts';
import { SETTINGS_RULES } from '../tables/release-rules/settings-rules.ts';
import { STATE_RULES } from '../tables/release-rules/state-rules.ts';
import { SURROUNDINGS_RULES } from '../tables/release-rules/surroundings-rules.ts';
import { type AgentCheck, versionUnknown } from './agent-check.ts';

/** Every rule that is data alone, in the order it is reported. */
export const RELEASE_RULES: readonly ReleaseRule[] = [
  ...SETTINGS_RULES,
  ...ISOLATOR_RULES,
  ...MODULE_RULES,
  ...STATE_RULES,
  ...SURROUNDINGS_RULES,
];

export const releaseChangesCheck: AgentCheck = {
  id: 'mesos-release-changes',
  title: "Nothing that this agent relies on is otherwise in tomorrow's release",
  explains:
    'Between releases defaults move, variables get other names, endpoints go, and executors, fetchers and volumes behave ' +
    'otherwise. Each such change is an entry of a table with the releases between which it lies, what of the ' +
    'configuration it touches, and the document or commit it was taken from. The check is silent about a change that ' +
    'does not lie between the two releases or that nothing in the configuration touches.',
  run(today, tomorrow) {
    const [before, after] = [today.agent.version, tomorrow.agent.version];
    if (before === undefined || after === undefined)
      return versionUnknown(before === undefined ? today : tomorrow);
    if (before.text === after.text) return { examined: RELEASE_RULES.length, findings: [] };
    const findings = RELEASE_RULES.filter(
      ({ from, to, when }) =>
        isIn(before, from) && isIn(after, to) && (when === undefined || holds(when, tomorrow)),
    ).map(({ id, severity, subject, reason, remedy, source, when }) => ({
      severity,
      subject,
      reason,
      remedy,
      evidence: [...placesOf(when, tomorrow), { how: `${id}: ${source}` }],
    }));
    return { examined: RELEASE_RULES.length, findings };
  },
};

function isIn(version: MesosVersion, range: string): boolean {
  if (range.startsWith('>=')) return isAtLeast(version, range.slice(2));
  return range === '*' || !isAtLeast(version, range.slice(1));
}

function holds(condition: Condition, agent: AgentExamination): boolean {
  const { flags, start, workDirectory } = agent;
  if ('flag' in condition) {
    const given = flags.given.get(condition.flag);
    return given !== undefined && (condition.values?.includes(given.value) ?? true);
  }
  if ('list' in condition) {
    const names = (flagValue(flags, condition.list, agent.agent.version) ?? '').split(',');
    const { has } = condition;
    return names.some((name) => name === has || (has.endsWith('/') && name.startsWith(has)));
  }
  if ('variable' in condition) return variables(condition.variable, agent).length > 0;
  if ('module' in condition) {
    const { module: kind } = condition;
    return agent.libraries.some(({ modules }) =>
      modules.some(({ record }) => record.kind === 'record' && record.moduleKind === kind),
    );
  }
  if ('state' in condition) return agent.checkpoint.kind === 'agent';
  if ('file' in condition) {
    return workDirectory !== undefined && start.host.stat(`${workDirectory}/${condition.file}`) !== undefined;
  }
  if ('all' in condition) return condition.all.every((one) => holds(one, agent));
  return !holds(condition.not, agent);
}

function variables(pattern: string, { start }: AgentExamination): string[] {
  const names = [...(start.launch?.environment.keys() ?? [])];
  return pattern.endsWith('*')
    ? names.filter((name) => name.startsWith(pattern.slice(0, -1)))
    : names.filter((name) => name === pattern);
}

function placesOf(
  condition: Condition | undefined,
  agent: AgentExamination,
): { file: string; line: number; column: number }[] {
  if (condition === undefined) return [];
  const { flags, start } = agent;
  if ('flag' in condition) return [flags.given.get(condition.flag)?.placeAt(0) ?? []].flat();
  if ('list' in condition) {
    const given = flags.given.get(condition.list);
    const at = given?.value.indexOf(condition.has) ?? -1;
    return given === undefined || at === -1 ? [] : [given.placeAt(at)];
  }
  if ('variable' in condition) {
    return variables(condition.variable, agent).flatMap(
      (name) => start.service.environment.effective.get(name)?.place ?? [],
    );
  }
  return 'all' in condition ? condition.all.flatMap((one) => placesOf(one, agent)) : [];
}
