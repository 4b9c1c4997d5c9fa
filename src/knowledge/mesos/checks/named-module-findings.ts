import { nearest } from '../../../text/nearest.ts';
import { showPlace } from '../../../text/place.ts';
import type { AgentExamination } from '../agent-examination.ts';
import { builtInIsolator } from '../isolators.ts';
import { isAtLeast } from '../mesos-version.ts';
import type { NamedModule } from '../named-modules.ts';
import { BUILT_IN_ISOLATORS } from '../tables/built-in-isolators.ts';
import type { CheckRun } from '../../check-outcome.ts';
import { refusalOfModule } from './refusal-of-module.ts';
import { type AgentFinding, versionUnknown, withoutName } from './agent-check.ts';

/** Names in the given flags that tomorrow's agent can not make anything of. */
export function checkNamedModules(
  today: AgentExamination,
  tomorrow: AgentExamination,
  flags: ReadonlySet<string>,
): CheckRun {
  const named = tomorrow.named.filter(({ of }) => flags.has(of.flag));
  if (tomorrow.agent.version === undefined && named.some(({ means }) => means.kind !== 'module')) {
    return versionUnknown(tomorrow);
  }
  return { examined: named.length, findings: named.flatMap((one) => findingOf(one, today, tomorrow)) };
}

/** A build of the same release has it today; the one of tomorrow is taken to be of the same kind. */
function isThereToday(today: AgentExamination, tomorrow: AgentExamination, name: string): boolean {
  const isKnown = today.refusal === undefined && today.isSameRelease(tomorrow);
  return isKnown && today.named.some((named) => named.name === name && named.means.kind === 'built-in');
}

function findingOf(named: NamedModule, today: AgentExamination, tomorrow: AgentExamination): AgentFinding[] {
  const { flag, name, of, means, place } = named;
  const subject = `${name} in ${flag.spelling}`;
  const leaveOut = of.list ? withoutName(flag, name) : withoutName({ ...flag, value: name }, name);
  if (means.kind === 'unknown') {
    const { version } = tomorrow.agent;
    const says = of.refusals.find(([since]) => version !== undefined && isAtLeast(version, since))?.[1];
    const exit = says === undefined ? '' : ` The agent exits: ${says.replaceAll('%', name)}.`;
    return [
      {
        severity: 'blocker',
        subject,
        reason: `${reasonUnknown(named, tomorrow)}${exit}`,
        evidence: [place],
        remedy: `Have a module of that name loaded, or ${leaveOut}.`,
      },
    ];
  }
  if (means.kind === 'built-in') {
    if (means.onlyWhen === undefined || isThereToday(today, tomorrow, name)) return [];
    return [
      {
        severity: 'warning',
        subject,
        reason: `${tomorrow.mesos} has it only when ${means.onlyWhen}, which can not be told from here.`,
        evidence: [place],
        remedy: `Make sure of the build, or ${leaveOut}.`,
      },
    ];
  }
  const { record } = means.module;
  const refusal = refusalOfModule(means.library, means.module, tomorrow.agent.version);
  const evidence = [place, means.module.place];
  if (refusal !== undefined) {
    return [
      {
        severity: 'blocker',
        subject,
        reason: `${tomorrow.mesos} does not have it built in, and the module of that name in ${means.library.path} can not be loaded: ${refusal}.`,
        evidence,
        remedy: `Have a module of that name loaded that fits ${tomorrow.mesos}, or ${leaveOut}.`,
      },
    ];
  }
  if (record.kind !== 'record' || record.moduleKind === of.kind) return [];
  return [
    {
      severity: 'blocker',
      subject,
      reason: `${flag.spelling} asks for a module of the kind ${of.kind}, and the one in ${means.library.path} is of the kind ${record.moduleKind}.`,
      evidence,
      remedy: `Correct ${showPlace(place)}: ${leaveOut}.`,
    },
  ];
}

function reasonUnknown({ name, of }: NamedModule, { mesos, agent, libraries }: AgentExamination): string {
  const none = libraries.length === 0 ? 'no module is loaded' : 'no module that is loaded has this name';
  if (of.flag === 'isolation') {
    if (name.trim() !== name && builtInIsolator(name.trim(), agent.version) !== undefined) {
      return `The blank counts: ${mesos} knows '${name.trim()}', not '${name}'.`;
    }
    const names = BUILT_IN_ISOLATORS.map((isolator) => isolator.name);
    const since = BUILT_IN_ISOLATORS.find((isolator) => isolator.name === name)?.since;
    if (since !== undefined) {
      return `${mesos} does not have it built in, Mesos from ${since} on does; ${none}.`;
    }
    const near = nearest(name, names);
    if (near !== undefined) return `${mesos} does not have it built in, and ${none}; did you mean ${near}?`;
  }
  return `${mesos} does not have it built in, and ${none}.`;
}
