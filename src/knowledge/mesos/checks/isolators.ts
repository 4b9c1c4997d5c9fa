import type { AgentExamination } from '../agent-examination.ts';
import type { GivenFlag } from '../flags/agent-flags.ts';
import { flagValue } from '../flags/flag-value.ts';
import { isAtLeast } from '../mesos-version.ts';
import { EXCLUSIVE_FAMILIES } from '../tables/isolator-rules.ts';
import type { AgentCheck, AgentFinding } from './agent-check.ts';
import { withoutName } from './agent-check.ts';
import { checkNamedModules } from './named-module-findings.ts';

export const isolatorsCheck: AgentCheck = {
  id: 'mesos-isolators',
  title: "Tomorrow's agent knows every isolator",
  explains:
    'Every name in --isolation must be built in to the agent or be the name of an Isolator module that it loads; ' +
    'one that is neither ends the start with "Unknown or unsupported isolator". Blanks around a name count, and ' +
    'from 1.0.0 a name may stand there once. From 1.5.0 only one filesystem/* and one network/* may be named; --image_providers ' +
    'wants filesystem/linux from 1.4.0 on. What is built in is known for every release from 0.23 to 1.11. The check is silent when each name is one or the other and none excludes another.',
  run(today, tomorrow) {
    const run = checkNamedModules(today, tomorrow, new Set(['isolation']));
    if ('couldNotRun' in run) return run;
    const flag = tomorrow.flags.given.get('isolation');
    const more = flag === undefined ? [] : [...repeated(flag, tomorrow), ...excluding(flag, tomorrow)];
    return {
      ...run,
      findings: [...run.findings, ...more, ...withoutFilesystem(tomorrow)],
    };
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

function excluding(flag: GivenFlag, { agent: { version }, mesos }: AgentExamination): AgentFinding[] {
  const names = [...new Set(flag.value.split(','))];
  return EXCLUSIVE_FAMILIES.flatMap(({ prefix, since, says }): AgentFinding[] => {
    const members = names.filter((name) => name.startsWith(prefix) && !MODULE_LIKE.test(name));
    const second = members[1];
    if (second === undefined || version === undefined || !isAtLeast(version, since)) return [];
    return [
      {
        severity: 'blocker',
        subject: `${members.join(' and ')} in ${flag.spelling}`,
        reason: `${mesos} takes one of them alone and exits: ${says}.`,
        evidence: [flag.placeAt(flag.value.indexOf(second))],
        remedy: `Leave one of them out: ${withoutName(flag, second)}.`,
      },
    ];
  });
}

/** network/ports watches ports and shares nothing with those that make networks. */
const MODULE_LIKE = /^network\/ports$/;

function withoutFilesystem({ agent: { version }, mesos, flags }: AgentExamination): AgentFinding[] {
  const providers = flags.given.get('image_providers');
  const isolation = flagValue(flags, 'isolation', version) ?? '';
  if (providers === undefined || providers.value === '' || version === undefined) return [];
  if (!isAtLeast(version, '1.4.0')) return [];
  const isPosix = flags.given.get('launcher')?.value === 'posix';
  const hasFilesystem = isolation.split(',').includes('filesystem/linux');
  if (hasFilesystem && !isPosix) return [];
  const list = flags.given.get('isolation')?.spelling ?? 'MESOS_ISOLATION';
  return [
    {
      severity: 'blocker',
      subject: `${providers.spelling}=${providers.value}`,
      reason: hasFilesystem
        ? `${mesos} makes images with the linux launcher alone, and --launcher=posix is given: The 'linux' launcher must be used to enable the 'filesystem/linux' isolator.`
        : `${mesos} exits: The 'filesystem/linux' isolator must be enabled for container image support.`,
      evidence: [providers.placeAt(0)],
      remedy: hasFilesystem
        ? 'Leave --launcher out.'
        : `Set ${list}=${[isolation, 'filesystem/linux'].filter((part) => part !== '').join(',')}, or leave ${providers.spelling} out.`,
    },
  ];
}
