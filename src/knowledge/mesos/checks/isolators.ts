import type { AgentExamination } from '../agent-examination.ts';
import type { GivenFlag } from '../flags/agent-flags.ts';
import { isAtLeast } from '../mesos-version.ts';
import type { AgentCheck, AgentFinding } from './agent-check.ts';
import { withoutName } from './agent-check.ts';
import { checkNamedModules } from './named-module-findings.ts';

export const isolatorsCheck: AgentCheck = {
  id: 'mesos-isolators',
  title: "Tomorrow's agent knows every isolator",
  explains:
    'Every name in --isolation must be built in to the agent or be the name of an Isolator module that it loads; ' +
    'one that is neither ends the start with "Unknown or unsupported isolator". Blanks around a name count, and ' +
    'from 1.0.0 a name may stand there once. What is built in is known for every release from 0.23 to 1.11. The ' +
    'check is silent when each name is one or the other.',
  run(_today, tomorrow) {
    const run = checkNamedModules(tomorrow, new Set(['isolation']));
    if ('couldNotRun' in run) return run;
    const flag = tomorrow.flags.given.get('isolation');
    return flag === undefined ? run : { ...run, findings: [...run.findings, ...repeated(flag, tomorrow)] };
  },
};

function repeated(flag: GivenFlag, { agent, mesos }: AgentExamination): AgentFinding[] {
  const { version } = agent;
  if (version === undefined || !isAtLeast(version, '1.0.0')) return [];
  const names = flag.value.split(',');
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  const findings = twice.map(
    (name): AgentFinding => ({
      severity: 'blocker',
      subject: `${name} in ${flag.spelling}`,
      reason: `It is there twice, which ${mesos} refuses: Duplicate entries found in --isolation flag.`,
      evidence: [flag.placeAt(flag.value.lastIndexOf(name))],
      remedy: `Write it once: set ${flag.spelling}=${[...new Set(names)].join(',')}.`,
    }),
  );
  const both = names.includes('posix/disk') && names.includes('disk/du') && !isAtLeast(version, '1.6.0');
  if (!both) return findings;
  return [
    ...findings,
    {
      severity: 'blocker',
      subject: `posix/disk in ${flag.spelling}`,
      reason: `It is the old name of disk/du, and ${mesos} refuses the two together.`,
      evidence: [flag.placeAt(flag.value.indexOf('posix/disk'))],
      remedy: `Leave the old name out: ${withoutName(flag, 'posix/disk')}.`,
    },
  ];
}
