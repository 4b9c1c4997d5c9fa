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
    'them as orphans. An agent that is stopped by SIGUSR1 (KillSignal=, ExecStop=) ends its tasks and gives up its id, which ' +
    'SIGTERM does not. The sandboxes of an id that is given up are deleted after --gc_delay. --reconfiguration_policy takes equal and additive, and additive wants a master from 1.5 on. The ' +
    'check is silent when none of these changes.',
  run(today, tomorrow) {
    const findings = [
      ...cleanup(today, tomorrow),
      ...otherPlace(today, tomorrow),
      ...policy(today, tomorrow),
      ...sandboxes(today, tomorrow),
      ...collected(today, tomorrow),
      ...killedByStop(today),
    ];
    return { examined: 6, findings };
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

/** A new id makes what is below the old one's directory garbage. Source: src/slave/gc.cpp of Mesos 0.28.1. */
function collected(today: AgentExamination, tomorrow: AgentExamination): AgentFinding[] {
  const { checkpoint } = today;
  if (checkpoint.kind !== 'agent' || tomorrow.checkpoint.kind !== 'none') return [];
  if (trimmed(today.workDirectory) !== trimmed(tomorrow.workDirectory)) return [];
  const flag = tomorrow.flags.given.get('gc_delay');
  const delay = flagValue(tomorrow.flags, 'gc_delay', tomorrow.agent.version) ?? '1weeks';
  return [
    {
      severity: 'note',
      subject: `${trimmed(today.workDirectory)}/slaves/${checkpoint.id}`,
      reason: `${tomorrow.mesos} begins under another id and queues the sandboxes of ${checkpoint.id} to be deleted: ${delay} after they were last written, and earlier when the disk is full.`,
      evidence: [flag?.placeAt(0) ?? { how: 'the default of --gc_delay' }],
      remedy: 'Copy what you still need of them, or set MESOS_GC_DELAY to a longer time.',
    },
  ];
}

/**
 * The agent of today is what is stopped. SIGUSR1 has it unregister, kill its executors and remove meta/slaves/latest; SIGTERM
 * ends the process alone. Source: src/slave/slave.cpp:178-188 of 0.28.1.
 */
function killedByStop({ start: { service }, checkpoint, mesos }: AgentExamination): AgentFinding[] {
  if (checkpoint.kind !== 'agent') return [];
  const signal = service.unit.assignments.findLast(({ key }) => key === 'KillSignal');
  const isUsr1 = /^(?:SIGUSR1|USR1|10)$/.test(signal?.value.toString() ?? '');
  const stop = service.commands.find(
    ({ directive, words }) =>
      directive === 'ExecStop' && words.some((word) => /^(?:-s)?-?(?:SIG)?USR1$/.test(word.toString())),
  );
  const place = stop?.place ?? (isUsr1 ? signal?.place : undefined);
  if (place === undefined) return [];
  return [
    {
      severity: 'blocker',
      subject: `SIGUSR1 at ${place.file}:${place.line}`,
      reason: `The unit stops ${mesos} by this signal: the agent unregisters, kills every executor that runs and removes meta/slaves/latest, so agent ${checkpoint.id} and its tasks are lost before anything is replaced.`,
      evidence: [place],
      remedy:
        'Take it out for the swap: KillSignal=SIGTERM and an empty ExecStop= in a drop-in, then systemctl daemon-reload.',
    },
  ];
}
