import type { CheckRun } from '../../check-outcome.ts';
import type { AgentExamination } from '../agent-examination.ts';
import { discoversGpus } from '../gpus.ts';
import { joined, showValue, type Value } from '../info/agent-info.ts';
import { expectInfo } from '../info/expect-info.ts';
import { sumsOf } from '../info/info-differences.ts';
import { metaDirectory } from '../info/read-checkpoint.ts';
import { isAtLeast } from '../mesos-version.ts';
import { type CheckpointedResource, checkpointedResources } from '../state/checkpointed-resources.ts';
import type { AgentCheck, AgentFinding } from './agent-check.ts';

export const checkpointedResourcesCheck: AgentCheck = {
  id: 'mesos-checkpointed-resources',
  title: "Tomorrow's resources have room for the volumes and reservations that exist",
  explains:
    'Persistent volumes and dynamic reservations are checkpointed in meta/resources. When the agent starts, before it ' +
    'looks at its own info, it takes each of them out of the resources that its flags give; one that does not fit ends ' +
    'the start with "Checkpointed resources … are incompatible", and removing meta/slaves/latest does not help. The ' +
    'check works out the resources from the flags; what is measured at the start is taken to be what it was. It is ' +
    'silent when all of them fit, or none are there.',
  run(_today, tomorrow): CheckRun {
    const { workDirectory, start } = tomorrow;
    if (workDirectory === undefined) return { examined: 0, findings: [] };
    const existing = checkpointedResources(start.host, workDirectory);
    return {
      examined: existing.length,
      findings: [...withoutRoom(tomorrow, workDirectory, existing), ...refined(tomorrow, existing)],
    };
  },
};

function withoutRoom(
  tomorrow: AgentExamination,
  workDirectory: string,
  existing: readonly CheckpointedResource[],
): AgentFinding[] {
  const { flags, agent, gpus, checkpoint, mesos } = tomorrow;
  const expected = expectInfo(flags, agent.version, discoversGpus(gpus));
  if (expected.kind === 'malformed' || existing.length === 0) return [];
  const known = checkpoint.kind === 'agent' ? checkpoint.info.resources : [];
  const measured = known.filter(
    ({ name, role }) => expected.measured.includes(name) && role === expected.role,
  );
  const room = sumsOf([...expected.resources, ...measured]);
  const wanted = sumsOf(existing.map(({ from }) => from));
  return [...wanted].flatMap(([key, { name, value }]): AgentFinding[] => {
    const there = room.get(key)?.value;
    // Measured at the start, and no checkpoint says how much that was.
    if (there === undefined && expected.measured.includes(name) && measured.length === 0) return [];
    if (there !== undefined && contains(there, value)) return [];
    const given = flags.given.get('resources');
    const made = existing.filter(({ from }) => from.name === name).map(({ shown }) => shown);
    return [
      {
        severity: 'blocker',
        subject: key,
        reason: `${made.join(', ')} ${made.length === 1 ? 'was' : 'were'} made from ${key} ${showValue(value)}, and tomorrow there is ${there === undefined ? 'none' : showValue(there)}. ${mesos} exits: Checkpointed resources … are incompatible with ${agent.version !== undefined && isAtLeast(agent.version, '1.0.0') ? 'agent' : 'slave'} resources. Removing meta/slaves/latest does not help.`,
        evidence: [
          { how: `decoded from ${metaDirectory(workDirectory)}/resources/resources.info` },
          ...(given === undefined ? [] : [given.placeAt(0)]),
        ],
        remedy: `Give at least ${key} ${showValue(value)} in ${given?.spelling ?? 'MESOS_RESOURCES'}, or have the volumes destroyed and unreserved first.`,
      },
    ];
  });
}

function contains(room: Value, wanted: Value): boolean {
  if (room.type === 'scalar' && wanted.type === 'scalar') return room.value >= wanted.value - 0.0005;
  if (room.type === 'ranges' && wanted.type === 'ranges') {
    const ranges = joined(room.ranges);
    return wanted.ranges.every(({ begin, end }) =>
      ranges.some((range) => range.begin <= begin && end <= range.end),
    );
  }
  if (room.type === 'set' && wanted.type === 'set') {
    return wanted.items.every((item) => room.items.includes(item));
  }
  return false;
}

function refined(
  { agent: { version }, mesos }: AgentExamination,
  existing: readonly CheckpointedResource[],
): AgentFinding[] {
  if (version === undefined || isAtLeast(version, '1.4.0')) return [];
  return existing
    .filter(({ isRefined }) => isRefined)
    .map(({ shown }) => ({
      severity: 'warning',
      subject: shown,
      reason: `It is reserved more than once over, which ${mesos} does not know: it takes it for an unreserved resource of the role * and offers it to everybody.`,
      evidence: [{ how: 'Resource.reservations has more than one element' }],
      remedy: 'Have the refined reservations undone before going down.',
    }));
}
