import type { CheckRun } from '../../check-outcome.ts';
import type { AgentExamination } from '../agent-examination.ts';
import { discoversGpus } from '../gpus.ts';
import { type ExpectedInfo, expectInfo } from '../info/expect-info.ts';
import { type InfoDifference, infoDifferences } from '../info/info-differences.ts';
import { latestLink } from '../info/read-checkpoint.ts';
import { NEW_ID } from '../new-id.ts';
import { isAtLeast } from '../mesos-version.ts';
import { type AgentCheck, type AgentFinding, withoutName } from './agent-check.ts';

export const agentInfoCheck: AgentCheck = {
  id: 'mesos-agent-info',
  title: 'The agent recovers under the id it has',
  explains:
    'An agent checkpoints what it has told the master of itself: hostname, port, resources, attributes. When it starts ' +
    'again with anything else it exits with "Incompatible agent info detected" and prints a remedy, to remove ' +
    'meta/slaves/latest; after that it registers under a new id, and a master before 1.1 never admits the old one ' +
    'again. GPUs that the new agent discovers are such a change. The check decodes the checkpoint and works out from ' +
    'the flags what the agent would tell. What the agent measures when it starts (cpus, mem, disk) is taken to be ' +
    'what it was. It is silent when nothing differs, or when there is no checkpoint to differ from.',
  run(today, tomorrow) {
    const before = today.checkpoint;
    const after = tomorrow.checkpoint;
    if (before.kind === 'unknown') return { couldNotRun: `the checkpoint of today's agent: ${before.why}` };
    if (after.kind === 'unknown') return { couldNotRun: `the checkpoint of tomorrow's agent: ${after.why}` };
    if (after.kind === 'malformed') return { examined: 1, findings: [unreadable(tomorrow, after)] };
    if (after.kind === 'none') {
      return before.kind === 'agent'
        ? { examined: 1, findings: [newId(tomorrow, before.id, after.why)] }
        : { examined: 0, findings: [] };
    }
    const { version } = tomorrow.agent;
    if (after.rebooted === true && version !== undefined && !isAtLeast(version, '1.4.0')) {
      const why = `the machine was started anew since the agent last recovered, and ${tomorrow.mesos} then begins afresh`;
      return { examined: 1, findings: [newId(tomorrow, after.id, why)] };
    }
    return compareInfo(today, tomorrow, after);
  },
};

type Checkpointed = Extract<AgentExamination['checkpoint'], { kind: 'agent' }>;

/** Where the checkpointed info and tomorrow's differ so that the agent refuses to recover. */
function refusedDifferences(
  { flags, agent }: AgentExamination,
  checkpoint: Checkpointed,
  expected: ExpectedInfo,
): readonly InfoDifference[] {
  const differences = infoDifferences(checkpoint.info, expected);
  const additive = flags.given.get('reconfiguration_policy')?.value === 'additive';
  const mayAdd = additive && agent.version !== undefined && isAtLeast(agent.version, '1.5.0');
  return mayAdd ? differences.filter((difference) => !isAddition(difference)) : differences;
}

/** What `--reconfiguration_policy=additive` lets pass (src/slave/compatibility.cpp:54-195 of 1.11.0). */
function isAddition({ what, checkpointed, tomorrow }: InfoDifference): boolean {
  if (what.startsWith('attribute ')) return checkpointed === undefined;
  if (!what.startsWith('resource ') || tomorrow === undefined) return false;
  return checkpointed === undefined || Number(tomorrow) > Number(checkpointed);
}

function compareInfo(
  today: AgentExamination,
  tomorrow: AgentExamination,
  checkpoint: Checkpointed,
): CheckRun {
  const { flags, agent, gpus, mesos } = tomorrow;
  const expected = expectInfo(flags, agent.version, discoversGpus(gpus));
  if (expected.kind === 'malformed') {
    const finding: AgentFinding = {
      severity: 'blocker',
      subject: expected.reason.replace(/:.*/s, ''),
      reason: `${mesos} can not read it and exits: ${expected.reason}.`,
      evidence: placesOf(tomorrow, ['resources', 'attributes']),
      remedy: 'Write it as name(role):value;… or, for resources, as a JSON list.',
    };
    return { examined: 1, findings: [finding] };
  }
  const examined = 2 + checkpoint.info.resources.length + checkpoint.info.attributes.length;
  const differences = refusedDifferences(tomorrow, checkpoint, expected);
  const findings: AgentFinding[] = [];
  if (differences.length > 0) findings.push(incompatible(tomorrow, checkpoint, differences));
  const moved = expected.hostname === undefined ? changedNameSources(today, tomorrow) : [];
  if (moved.length > 0) {
    findings.push({
      severity: 'warning',
      subject: `hostname of agent ${checkpoint.id}`,
      reason: `The checkpoint says ${checkpoint.info.hostname}. What decides it is set otherwise tomorrow (${moved.join(', ')}), and what it then is shows only when the agent starts; another hostname ends the start.`,
      evidence: [{ how: `decoded from ${checkpoint.file}` }],
      remedy: `Set MESOS_HOSTNAME=${checkpoint.info.hostname}.`,
    });
  }
  return { examined, findings };
}

function incompatible(
  tomorrow: AgentExamination,
  { id, file }: Checkpointed,
  differences: readonly InfoDifference[],
): AgentFinding {
  const { mesos, flags, gpus, workDirectory = '' } = tomorrow;
  const link = latestLink(workDirectory);
  const shown = differences.map(
    ({ what, checkpointed, tomorrow: then }) =>
      `${what} is ${checkpointed ?? 'not there'} in the checkpoint and ${then ?? 'not there'} tomorrow`,
  );
  const isolation = flags.given.get('isolation');
  const fromGpus = differences.some(({ flag }) => flag === 'isolation') && gpus.enabled && isolation;
  const at = isolation?.value.indexOf('gpu/nvidia') ?? 0;
  const keep = fromGpus
    ? `offer no GPUs (${withoutName(fromGpus, 'gpu/nvidia')}, or give gpus:0 among the resources)`
    : `set what differs to what the checkpoint says`;
  return {
    severity: 'blocker',
    subject: `agent info of ${id}`,
    reason: `${shown.join('; ')}. ${mesos} refuses to recover with other info than it has checkpointed and exits: Incompatible ${nounOf(tomorrow)} info detected. The remedy that it prints, rm -f ${link}, makes it register under a new id; a master before 1.1 then refuses ${id} for ever, and that is the point of no return ${NEW_ID}.`,
    evidence: [
      { how: `decoded from ${file}` },
      ...(fromGpus ? [fromGpus.placeAt(at), { how: `GPUs are discovered through ${gpus.nvml?.path}` }] : []),
      ...placesOf(
        tomorrow,
        differences.map(({ flag }) => flag).filter((flag) => flag !== 'isolation'),
      ),
    ],
    remedy: `To keep the id, ${keep}. To give it up on purpose, write ${link} under state: remove: in the spec and ${NEW_ID} under accept:.`,
  };
}

/** Agents were called slaves before 1.0.0, in their messages too. */
function nounOf({ agent: { version } }: AgentExamination): 'slave' | 'agent' {
  return version !== undefined && !isAtLeast(version, '1.0.0') ? 'slave' : 'agent';
}

function newId({ mesos, workDirectory = '' }: AgentExamination, id: string, why: string): AgentFinding {
  return {
    severity: 'warning',
    subject: `id of agent ${id}`,
    reason: `${mesos} would register under a new id, because ${why}. A master before 1.1 then refuses ${id} for ever: this is the point of no return ${NEW_ID}.`,
    evidence: [{ how: latestLink(workDirectory) }],
    remedy: `Write ${NEW_ID} under accept: in the spec, or keep ${latestLink(workDirectory)} and the agent's info as they are.`,
  };
}

function unreadable(
  { mesos }: AgentExamination,
  { file, reason }: { readonly file: string; readonly reason: string },
): AgentFinding {
  return {
    severity: 'blocker',
    subject: file,
    reason: `${mesos} can not read this checkpoint and exits: Failed to perform recovery. ${reason}`,
    evidence: [{ how: `read ${file}` }],
    remedy: 'Bring the file back from a copy. Removing meta/slaves/latest instead gives the agent a new id.',
  };
}

/** Settings that decide the hostname when no flag gives it, as far as they are others than today. */
function changedNameSources(today: AgentExamination, tomorrow: AgentExamination): string[] {
  const valueIn = (of: AgentExamination, name: string): string | undefined =>
    of.flags.given.get(name)?.value ?? of.start.launch?.environment.get(name);
  return NAME_SOURCES.filter((name) => valueIn(today, name) !== valueIn(tomorrow, name)).map((name) =>
    name.startsWith('LIBPROCESS') ? name : `--${name}`,
  );
}

const NAME_SOURCES = [
  'hostname',
  'hostname_lookup',
  'ip',
  'ip_discovery_command',
  'advertise_ip',
  'LIBPROCESS_IP',
  'LIBPROCESS_ADVERTISE_IP',
];

function placesOf({ flags }: AgentExamination, names: readonly string[]): AgentFinding['evidence'] {
  return [...new Set(names)].flatMap((name) => flags.given.get(name)?.placeAt(0) ?? []);
}
