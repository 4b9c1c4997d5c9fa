import type { CheckRun } from '../../check-outcome.ts';
import type { AgentExamination } from '../agent-examination.ts';
import { flagValue } from '../flags/flag-value.ts';
import { metaDirectory } from '../info/read-checkpoint.ts';
import { isAtLeast, type MesosVersion } from '../mesos-version.ts';
import { readStateFile, type StateVerdict } from '../state/read-state-file.ts';
import { type LiveRun, type StateFile, stateFiles } from '../state/state-files.ts';
import { STATE_BARRIERS } from '../tables/state-barriers.ts';
import { type AgentCheck, type AgentFinding, versionUnknown } from './agent-check.ts';

export const checkpointsCheck: AgentCheck = {
  id: 'mesos-checkpoints',
  title: "Tomorrow's agent can read what today's has checkpointed",
  explains:
    "An agent recovers frameworks, executors, tasks and their updates from files that today's release wrote. Each file " +
    'is decoded with the messages of the release that is to read it: a field that it requires and does not find, or a ' +
    'value of an enum that it does not know, makes the file unreadable and ends the start, unless --no-strict lets it ' +
    'go on without. A list of updates is cut at the first such record before the error is even printed, so a failed ' +
    'start of an older agent destroys what the newer wrote. On the way up the check names what the older agent could ' +
    'not read any more. It is silent when every file can be read and no such barrier lies between the releases.',
  run(today, tomorrow): CheckRun {
    const { workDirectory, agent, start } = tomorrow;
    const { version } = agent;
    if (version === undefined) return versionUnknown(tomorrow);
    if (workDirectory === undefined) return { examined: 0, findings: [] };
    const { files, liveRuns, isCut } = stateFiles(start.host, workDirectory);
    if (isCut) return { couldNotRun: `there are more than ${files.length} files of checkpoints` };
    const verdicts = files.map((file) => ({ file, verdict: readStateFile(start.host, file, version) }));
    const denied = verdicts.find(({ verdict }) => verdict.kind === 'unknown')?.verdict;
    if (denied?.kind === 'unknown') return { couldNotRun: denied.why };
    return {
      examined: files.length + liveRuns.length,
      findings: [
        ...verdicts.flatMap(({ file, verdict }) => unreadable(tomorrow, file, verdict)),
        ...withoutSandbox(tomorrow, workDirectory, liveRuns),
        ...stalePicture(today, tomorrow, workDirectory, version),
        ...(files.length === 0 ? [] : barriers(today, tomorrow)),
      ],
    };
  },
};

function unreadable(tomorrow: AgentExamination, file: StateFile, verdict: StateVerdict): AgentFinding[] {
  if (verdict.kind !== 'unreadable') return [];
  const { flags, agent, mesos, workDirectory = '' } = tomorrow;
  const isStrict = !['false', '0'].includes(flagValue(flags, 'strict', agent.version) ?? 'true');
  const isInfo = file.message === 'SlaveInfo';
  const lost = isInfo ? 'the agent begins under a new id' : 'what it says is lost';
  const exits = isStrict
    ? `exits: Failed to perform recovery: Failed to read … from '${file.path}': Failed to deserialize message`
    : `goes on without it (--no-strict): ${lost}`;
  const cut = file.isList
    ? ` Before that it cuts the file to its first ${verdict.offset} bytes, also when the start then fails.`
    : '';
  return [
    {
      severity: isStrict ? 'blocker' : 'warning',
      subject: file.path,
      reason: `${mesos} can not read it (${file.isList ? `record ${verdict.record}: ` : ''}${verdict.reason}) and ${exits}.${cut}`,
      evidence: [{ how: `decoded ${file.path} as ${mesos} would` }],
      remedy: `Let a release that can read it end the task first, or bring back a copy of ${metaDirectory(workDirectory)} that ${mesos} wrote.`,
    },
  ];
}

function withoutSandbox(
  { start, mesos }: AgentExamination,
  workDirectory: string,
  runs: readonly LiveRun[],
): AgentFinding[] {
  const all = `${workDirectory.replace(/\/+$/, '')}/slaves`;
  const missing = runs.filter(({ sandbox }) => start.host.stat(sandbox) === undefined);
  if (missing.length === 0) return [];
  const isKnown = start.host.stat(all) !== undefined;
  return missing.map(({ executor, sandbox }) => ({
    severity: isKnown ? 'blocker' : 'note',
    subject: `sandbox of ${executor}`,
    reason: isKnown
      ? `The checkpoint holds a run that has not ended, and its sandbox ${sandbox} is not there. ${mesos} aborts: Check failed: os::exists(directory).`
      : `${all} is not there, so whether this run has its sandbox can not be told; without it ${mesos} aborts: Check failed: os::exists(directory).`,
    evidence: [{ how: `${sandbox} is not there` }],
    remedy: `Never bring meta back without ${all}; bring the sandbox back too.`,
  }));
}

/** `resources_and_operations.state` (1.8.0) is preferred whenever it is there, however old. */
function stalePicture(
  today: AgentExamination,
  { start, mesos }: AgentExamination,
  workDirectory: string,
  version: MesosVersion,
): AgentFinding[] {
  const path = `${metaDirectory(workDirectory)}/resources/resources_and_operations.state`;
  const before = today.agent.version;
  if (before === undefined || start.host.stat(path) === undefined) return [];
  const [knew, knows] = [isAtLeast(before, '1.8.0'), isAtLeast(version, '1.8.0')];
  if (knew === knows) return [];
  return [
    {
      severity: 'warning',
      subject: path,
      reason: knows
        ? `${today.mesos} did not write it, and ${mesos} prefers it over resources.info: volumes and reservations made meanwhile are forgotten.`
        : `${mesos} does not read it but leaves it there, and the next release from 1.8.0 on prefers it over what ${mesos} writes meanwhile.`,
      evidence: [{ how: `${path} is there` }],
      remedy: `Write ${path} under state: remove: in the spec.`,
    },
  ];
}

function barriers(today: AgentExamination, tomorrow: AgentExamination): AgentFinding[] {
  const [before, after] = [today.agent.version, tomorrow.agent.version];
  if (before === undefined || after === undefined) return [];
  return STATE_BARRIERS.filter(({ release }) => !isAtLeast(before, release) && isAtLeast(after, release)).map(
    ({ release, what, effect, source }) => ({
      severity: 'note',
      subject: `${what} (from ${release} on)`,
      reason: `Once ${tomorrow.mesos} has checkpointed one, ${today.mesos} ${effect}. The way back is the copy of meta that was taken before.`,
      evidence: [{ how: source }],
      remedy: `Let no framework use it until the change is confirmed.`,
    }),
  );
}
