import { flagValue } from '../flags/flag-value.ts';
import type { AgentCheck, AgentFinding } from './agent-check.ts';
import type { AgentExamination } from '../agent-examination.ts';
import { isAtLeast } from '../mesos-version.ts';

export const recoveryModeCheck: AgentCheck = {
  id: 'mesos-recovery',
  title: "Tomorrow's agent takes the running tasks over",
  explains:
    '--recover=cleanup kills every executor, removes meta/slaves/latest and exits with 0. Another --work_dir, or another ' +
    '--cgroups_root, makes an agent that does not know the containers that run: under the same control groups it destroys ' +
    'them as orphans. --reconfiguration_policy takes equal and additive, and additive wants a master from 1.5 on. The ' +
    'check is silent when none of these changes.',
  run(today, tomorrow) {
    const findings = [
      ...cleanup(today, tomorrow),
      ...otherPlace(today, tomorrow),
      ...policy(today, tomorrow),
      ...sandboxes(today, tomorrow),
    ];
    return { examined: 4, findings };
  },
};

function cleanup(today: AgentExamination, { flags, mesos }: AgentExamination): AgentFinding[] {
  const flag = flags.given.get('recover');
  if (flag === undefined) return [];
  if (flag.value === 'cleanup') {
    return [
      {
        severity: today.flags.given.get('recover')?.value === 'cleanup' ? 'note' : 'blocker',
        subject: `${flag.spelling}=cleanup`,
        reason: `${mesos} kills every executor that runs, removes meta/slaves/latest and exits.`,
        evidence: [flag.placeAt(0)],
        remedy: `Set ${flag.spelling}=reconnect.`,
      },
    ];
  }
  if (flag.value === 'reconnect') return [];
  return [
    {
      severity: 'blocker',
      subject: `${flag.spelling}=${flag.value}`,
      reason: `${mesos} knows reconnect and cleanup alone and exits: Unknown option for 'recover' flag ${flag.value}.`,
      evidence: [flag.placeAt(0)],
      remedy: `Set ${flag.spelling}=reconnect.`,
    },
  ];
}

function otherPlace(today: AgentExamination, tomorrow: AgentExamination): AgentFinding[] {
  if (today.checkpoint.kind !== 'agent') return [];
  const { id } = today.checkpoint;
  const directory = trimmed(tomorrow.workDirectory);
  const findings: AgentFinding[] = [];
  if (directory !== undefined && trimmed(today.workDirectory) !== directory) {
    const flag = tomorrow.flags.given.get('work_dir');
    findings.push({
      severity: 'warning',
      subject: `work_dir of agent ${id}`,
      reason: `${tomorrow.mesos} keeps its state in ${directory}, ${today.mesos} in ${today.workDirectory}. It does not find the containers of ${id} there and destroys them as orphans: every control group under --cgroups_root, and docker's mesos-*.`,
      evidence: [flag?.placeAt(0) ?? { how: 'the default of --work_dir' }],
      remedy: `Set MESOS_WORK_DIR=${today.workDirectory}, or let the tasks end first.`,
    });
  }
  const [before, after] = [today, tomorrow].map(({ flags, agent }) =>
    flagValue(flags, 'cgroups_root', agent.version),
  );
  if (before !== after) {
    findings.push({
      severity: 'warning',
      subject: `cgroups_root of agent ${id}`,
      reason: `Containers that run are under ${before}, and ${tomorrow.mesos} looks under ${after}: it takes none of them over, and they go on unwatched.`,
      evidence: [
        tomorrow.flags.given.get('cgroups_root')?.placeAt(0) ?? { how: 'the default of --cgroups_root' },
      ],
      remedy: `Set MESOS_CGROUPS_ROOT=${before}.`,
    });
  }
  return findings;
}

function trimmed(path: string | undefined): string | undefined {
  return path?.replace(/(.)\/+$/, '$1');
}

function policy(today: AgentExamination, { flags, mesos }: AgentExamination): AgentFinding[] {
  const flag = flags.given.get('reconfiguration_policy');
  if (flag === undefined || flag.value === 'equal') return [];
  if (flag.value !== 'additive') {
    return [
      {
        severity: 'blocker',
        subject: `${flag.spelling}=${flag.value}`,
        reason: `${mesos} knows equal and additive alone and exits: Unknown option for 'reconfiguration_policy' flag ${flag.value}.`,
        evidence: [flag.placeAt(0)],
        remedy: `Set ${flag.spelling}=additive or leave it out.`,
      },
    ];
  }
  if (today.flags.given.get('reconfiguration_policy')?.value === 'additive') return [];
  return [
    {
      severity: 'note',
      subject: `${flag.spelling}=additive`,
      reason:
        'An agent that has changed asks the master to take it so, which masters from 1.5 on can: with an older one it exits: the detected master lacks the AGENT_UPDATE capability.',
      evidence: [flag.placeAt(0)],
      remedy: 'Bring the masters to 1.5 first.',
    },
  ];
}

/** Where containers keep what they need to be recovered, from 1.1.0 on. */
function sandboxes(today: AgentExamination, tomorrow: AgentExamination): AgentFinding[] {
  const [a, b] = [today.agent.version, tomorrow.agent.version];
  if (a === undefined || b === undefined || !isAtLeast(a, '1.1.0') || !isAtLeast(b, '1.1.0')) return [];
  const before = flagValue(today.flags, 'runtime_dir', a);
  const after = flagValue(tomorrow.flags, 'runtime_dir', b);
  if (before === after || today.checkpoint.kind !== 'agent') return [];
  return [
    {
      severity: 'warning',
      subject: `runtime_dir of agent ${today.checkpoint.id}`,
      reason: `What containers need to be recovered is in ${before}, and ${tomorrow.mesos} looks into ${after}: running containers are taken for orphans.`,
      evidence: [
        tomorrow.flags.given.get('runtime_dir')?.placeAt(0) ?? { how: 'the default of --runtime_dir' },
      ],
      remedy: `Set MESOS_RUNTIME_DIR=${before}.`,
    },
  ];
}
