import type { CheckRun } from '../../check-outcome.ts';
import type { AgentExamination } from '../agent-examination.ts';
import { flagValue } from '../flags/flag-value.ts';
import type { GivenFlag } from '../flags/agent-flags.ts';
import { isAtLeast, type MesosVersion } from '../mesos-version.ts';
import { type AgentCheck, type AgentFinding, versionUnknown, withoutName } from './agent-check.ts';

export const containerizersCheck: AgentCheck = {
  id: 'mesos-containerizers',
  title: "Tomorrow's agent can make its containerizers and its launcher",
  explains:
    '--containerizers takes mesos and docker, and external until 1.0; another name ends the start, and from 1.1 so does ' +
    'one that is there twice. The docker containerizer wants docker 1.8.0 from Mesos 1.8 on, and 1.0.0 before. ' +
    '--launcher takes linux and posix. The linux launcher and every cgroups isolator of all releases up to 1.11 need ' +
    'hierarchies of control groups v1: on a machine that has v2 alone they end the start. The check is silent when all ' +
    'names are known, the machine has v1 hierarchies or nothing asks for them, and docker need not be newer than before.',
  run(today, tomorrow): CheckRun {
    const { agent, flags } = tomorrow;
    const { version } = agent;
    if (version === undefined) return versionUnknown(tomorrow);
    const given = flags.given.get('containerizers');
    const names = (flagValue(flags, 'containerizers', version) ?? '').split(',');
    return {
      examined: names.length + 1,
      findings: [
        ...(given === undefined ? [] : containerizers(tomorrow, version, given)),
        ...launcher(tomorrow),
        ...newerDocker(today, tomorrow, names),
        ...controlGroups(today, tomorrow),
      ],
    };
  },
};

function containerizers({ mesos }: AgentExamination, version: MesosVersion, flag: GivenFlag): AgentFinding[] {
  const names = flag.value.split(',');
  const known = ['mesos', 'docker', ...(isAtLeast(version, '1.1.0') ? [] : ['external'])];
  const blocker = (name: string, reason: string): AgentFinding => ({
    severity: 'blocker',
    subject: `${name} in ${flag.spelling}`,
    reason,
    evidence: [flag.placeAt(flag.value.lastIndexOf(name))],
    remedy: `Mend the list: ${withoutName(flag, name)}.`,
  });
  const unknown = names
    .filter((name) => !known.includes(name))
    .map((name) =>
      blocker(
        name,
        `${name === 'external' ? `${mesos} does not have it any more, releases up to 1.0.1 do` : `${mesos} has no such containerizer`}; it exits: Unknown or unsupported containerizer: ${name}.`,
      ),
    );
  if (!isAtLeast(version, '1.1.0')) return unknown;
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return [
    ...unknown,
    ...twice.map((name) =>
      blocker(
        name,
        `It is there twice, which ${mesos} refuses: Duplicate entries found in --containerizer flag.`,
      ),
    ),
  ];
}

function launcher({ flags, mesos }: AgentExamination): AgentFinding[] {
  const flag = flags.given.get('launcher');
  if (flag === undefined || ['linux', 'posix'].includes(flag.value)) return [];
  return [
    {
      severity: 'blocker',
      subject: `${flag.spelling}=${flag.value}`,
      reason: `${mesos} knows the launchers linux and posix alone and exits: Unknown or unsupported launcher: ${flag.value}.`,
      evidence: [flag.placeAt(0)],
      remedy: `Set ${flag.spelling}=linux.`,
    },
  ];
}

function newerDocker(
  today: AgentExamination,
  { agent, flags, mesos }: AgentExamination,
  names: readonly string[],
): AgentFinding[] {
  const [before, after] = [today.agent.version, agent.version];
  if (!names.includes('docker') || before === undefined || after === undefined) return [];
  if (isAtLeast(before, '1.8.0') || !isAtLeast(after, '1.8.0')) return [];
  return [
    {
      severity: 'note',
      subject: 'docker',
      reason: `${mesos} wants docker 1.8.0 or later for its docker containerizer, ${today.mesos} took 1.0.0; with an older one it exits: Failed to create docker.`,
      evidence: [flags.given.get('containerizers')?.placeAt(0) ?? { how: 'the default of --containerizers' }],
      remedy: 'Look at: docker --version',
    },
  ];
}

/** Where a machine with control groups v2 alone shows itself. */
const V2_ALONE = '/sys/fs/cgroup/cgroup.controllers';

function controlGroups(today: AgentExamination, tomorrow: AgentExamination): AgentFinding[] {
  if (tomorrow.start.host.stat(V2_ALONE) === undefined) return [];
  const before = new Set(wantsGroups(today).map(({ name }) => name));
  return wantsGroups(tomorrow)
    .filter(({ name }) => !before.has(name))
    .map(({ name, flag }) => ({
      severity: 'blocker',
      subject: `${name} in ${flag.spelling}`,
      reason: `This machine has control groups v2 alone, and ${tomorrow.mesos} knows v1 alone: Failed to find a mounted cgroups hierarchy.`,
      evidence: [flag.placeAt(flag.value.indexOf(name)), { how: `${V2_ALONE} is there` }],
      remedy:
        'Boot with systemd.unified_cgroup_hierarchy=0, or use isolators of posix/ and --launcher=posix.',
    }));
}

function wantsGroups({ flags }: AgentExamination): { name: string; flag: GivenFlag }[] {
  const isolation = flags.given.get('isolation');
  const launched = flags.given.get('launcher');
  return [
    ...(isolation?.value.split(',') ?? [])
      .filter((name) => name.startsWith('cgroups/') || name === 'gpu/nvidia')
      .flatMap((name) => (isolation === undefined ? [] : [{ name, flag: isolation }])),
    ...(launched?.value === 'linux' ? [{ name: 'linux', flag: launched }] : []),
  ];
}
