import { nearest } from '../../../text/nearest.ts';
import { type GivenFlag, knownFlag, takesFlag } from '../flags/agent-flags.ts';
import { isAtLeast } from '../mesos-version.ts';
import { AGENT_FLAGS, type AgentFlag } from '../tables/agent-flags.ts';
import { type AgentCheck, type AgentFinding, versionUnknown } from './agent-check.ts';

export const flagsCheck: AgentCheck = {
  id: 'mesos-flags',
  title: "Tomorrow's agent knows every flag it is given",
  explains:
    'The agent takes its flags from MESOS_* variables and from its command line. A variable that it does not know is ' +
    'ignored without a word, so a setting can stop to apply unnoticed; an unknown flag on the command line, and a ' +
    'required flag that is missing (work_dir from 1.0.0), end the start. Flags are known for every release from ' +
    '0.23 to 1.11. The check is silent when every flag given today is known tomorrow, and nothing required is missing.',
  run(today, tomorrow) {
    const { version } = tomorrow.agent;
    if (version === undefined) return versionUnknown(tomorrow);
    const { given, foreign, unknown } = tomorrow.flags;
    const findings: AgentFinding[] = [];
    for (const flag of foreign) {
      const isLoss = !today.flags.foreign.some(({ spelling }) => spelling === flag.spelling);
      const reason = `${tomorrow.mesos} has no flag ${flag.name}${rangeOf(knownFlag(flag.name))}`;
      findings.push(unknownFlag(flag, reason, isLoss));
    }
    for (const [name, flag] of given) {
      if (
        flag.name === name ||
        !takesFlag(version, name) ||
        (flag.name === today.flags.given.get(name)?.name && today.isSameRelease(tomorrow))
      )
        continue;
      findings.push({
        severity: 'note',
        subject: flag.spelling,
        reason: `${tomorrow.mesos} calls it ${name} and still takes the old name: Loaded deprecated flag '${flag.name}'.`,
        evidence: [flag.placeAt(0)],
        remedy: `Write ${flag.isVariable ? `MESOS_${name.toUpperCase()}` : `--${name}`} when the old release no longer needs to read it.`,
      });
    }
    for (const flag of unknown) {
      if (flag.isVariable && NOT_FLAGS.has(flag.spelling)) continue;
      const near = nearest(
        flag.name,
        AGENT_FLAGS.map(({ name }) => name),
      );
      const reason = `No Mesos from 0.23 to 1.11 has a flag ${flag.name}${near === undefined ? '' : ` (did you mean ${near}?)`}`;
      findings.push(unknownFlag(flag, reason, false));
    }
    for (const { name, requiredSince } of AGENT_FLAGS) {
      if (requiredSince === undefined || !isAtLeast(version, requiredSince) || given.has(name)) continue;
      findings.push({
        severity: 'blocker',
        subject: `--${name}`,
        reason: `${tomorrow.mesos} does not start without it: Flag '${name}' is required, but it was not provided.`,
        evidence: [
          { how: `MESOS_${name.toUpperCase()} is not set and --${name} is not on the command line` },
        ],
        remedy: `Set MESOS_${name.toUpperCase()}${name === 'work_dir' ? '; the default of older releases was /tmp/mesos' : ''}.`,
      });
    }
    return { examined: given.size + foreign.length + unknown.length, findings };
  },
};

function rangeOf({ since, until }: Partial<AgentFlag> = {}): string {
  const parts = [
    ...(since === undefined ? [] : [`added in ${since}`]),
    ...(until === undefined ? [] : [`gone since ${until}`]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function unknownFlag(flag: GivenFlag, reason: string, isLoss: boolean): AgentFinding {
  const evidence = [flag.placeAt(0)];
  if (!flag.isVariable) {
    return {
      severity: 'blocker',
      subject: flag.spelling,
      reason: `${reason}; on the command line it ends the start: Failed to load unknown flag '${flag.name}'.`,
      evidence,
      remedy: `Take ${flag.spelling} off the command line.`,
    };
  }
  return {
    severity: isLoss ? 'warning' : 'note',
    subject: flag.spelling,
    reason: `${reason}; the variable is ignored without a word.`,
    evidence,
    remedy: `Unset ${flag.spelling}, or find what does the same in tomorrow's release.`,
  };
}

/** Variables of this prefix that are for Mesos's own scripts and for frameworks, not flags of the agent. */
const NOT_FLAGS = new Set([
  'MESOS_NATIVE_LIBRARY',
  'MESOS_NATIVE_JAVA_LIBRARY',
  'MESOS_SOURCE_DIR',
  'MESOS_BUILD_DIR',
]);
