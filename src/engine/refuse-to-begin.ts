import { shellWord } from '../text/shell-word.ts';
import { isWithin } from '../text/is-within.ts';
import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Plan } from '../documents/plan.ts';
import { parseMountinfo } from '../formats/mountinfo/parse-mountinfo.ts';
import type { Host } from '../host/host.ts';
import type { Machine, UnitFacts } from '../host/machine.ts';
import { runs } from '../host/runs.ts';
import { readChanges } from '../journal/changes.ts';
import { guardOf } from '../plan/guard.ts';
import { canonicalJson, digestOf } from '../plan/canonical-json.ts';
import { entryState } from '../plan/entry-state.ts';
import type { StepOfKind } from '../plan/step-duties.ts';
import { scanReplacement } from '../plan/scan-replacement.ts';
import { ArchiveRefused, openArchives } from '../host/open-archives.ts';
import { unfinishedChange } from './unfinished-change.ts';
import { walkTree } from '../host/walk-tree.ts';

/** Throws `CouldNotRun` where a machine can't be changed by this process. */
export async function refuseWithoutMeans({ processes, systemd }: Machine, command: string): Promise<void> {
  if (processes.uid !== 0) {
    throw new CouldNotRun(`${command} must run as root`, {
      why: 'It writes unit files, stops and starts the service, and copies state with its owners.',
      next: `sudo cutover ${command} …`,
    });
  }
  const reason = await systemd.whyNot();
  if (reason === undefined) return;
  throw new CouldNotRun(reason, {
    why: 'A change is made to a running service, through its own systemd.',
    next: 'Run it on the machine itself. Plans can be made anywhere: cutover plan SPEC --root DIR',
  });
}

/** Throws `CouldNotRun` for a plan that was edited or whose points of no return are not all accepted. */
export function refusePlan(plan: Plan): void {
  const { digest, ...rest } = plan;
  if (digestOf(rest) !== digest) {
    throw new CouldNotRun('the plan is not what was made: its digest is that of another text', {
      why: 'A plan is applied exactly as it was reviewed, or not at all.',
      next: 'Change the spec, not the plan, and make a new plan: cutover plan SPEC',
    });
  }
  const open = plan.irreversible.filter((point) => !point.accepted);
  if (open.length === 0) return;
  const list = open.map((point) => `${point.id}: ${point.title}`).join('; ');
  throw new CouldNotRun(`this plan can pass a point of no return that was not accepted: ${list}`, {
    why: open.map((point) => point.why).join(' '),
    next: `To accept, write into the spec: accept: [${open.map((point) => point.id).join(', ')}]`,
  });
}

/** Throws `CouldNotRun` while a change keeps the next of the service from beginning. Only while nobody is at work on it. */
export function refuseUnfinished(machine: Machine, service: string): void {
  const unfinished = unfinishedChange(readChanges(machine.host, machine.home), service);
  if (unfinished !== undefined) throw unfinished;
}

/** Throws `CouldNotRun` where the guard of a change stands that no journal knows of any more. */
export function refuseLeftGuard({ host }: Machine, service: string): void {
  const { path } = guardOf(service);
  if (host.lstat(path) === undefined) return;
  throw new CouldNotRun(`${path} is left of a change that is in no journal`, {
    why: 'It keeps the service from being started, and would be taken for a part of how the service was before.',
    next: `rm ${shellWord(path)} && systemctl daemon-reload; then make a new plan`,
  });
}

/** Throws `CouldNotRun` when the host is not as it was when the plan was made, with the paths that moved. */
export function refuseMovedHost({ host }: Machine, plan: Plan): void {
  const moved = plan.watched
    .filter(({ path, state }) => {
      const listing = state.type === 'directory' && state.names !== undefined;
      return canonicalJson(entryState(host, path, listing)) !== canonicalJson(state);
    })
    .map(({ path }) => path);
  for (const step of plan.steps) {
    if (
      (step.kind !== 'store-add' && step.kind !== 'store-unpack') ||
      host.lstat(step.storePath) !== undefined
    )
      continue;
    if (digestNow(host, step) === step.digest) continue;
    moved.push(...(step.kind === 'store-add' ? [step.source] : step.archives));
  }
  if (moved.length === 0) return;
  throw new CouldNotRun(`the host has changed since the plan was made: ${moved.join(', ')}`, {
    why: 'A plan is applied exactly as it was reviewed, or not at all.',
    next: 'Make a new plan and review it: cutover plan …',
  });
}

/** Throws `CouldNotRun` where the service ran when the plan was made and does not now, or the other way round. */
export function refuseMovedActivity({ activeState }: UnitFacts, { service, effects }: Plan): void {
  if (effects.activity !== 'observed') return; // the plan was made somewhere else
  const ran = effects.restarts.includes(service);
  if (ran === runs(activeState)) return;
  throw new CouldNotRun(
    ran
      ? `${service} ran when the plan was made, and does not now: it is ${activeState}`
      : `${service} did not run when the plan was made, and does now`,
    {
      why: 'A change starts the service. Its rollback starts it again only where it ran before.',
      next: `Make a new plan and review it: cutover plan …; or first: systemctl ${ran ? 'start' : 'stop'} ${shellWord(service)}`,
    },
  );
}

/** undefined for a source that is gone or was exchanged for one that is refused. */
function digestNow(host: Host, step: StepOfKind<'store-add' | 'store-unpack'>): string | undefined {
  const sources = step.kind === 'store-add' ? [step.source] : step.archives;
  if (sources.some((source) => host.stat(source) === undefined)) return undefined;
  if (step.kind === 'store-add') return scanReplacement(host, step.source).digest;
  try {
    return scanReplacement(openArchives(host, step.archives), '').digest;
  } catch (error) {
    if (error instanceof ArchiveRefused) return undefined; // it was another when the plan was made
    throw error;
  }
}

/** Throws `CouldNotRun` for a service that can't be stopped, or not be started again, by anybody but systemd itself. */
export async function refuseRefusedJobs({ systemd }: Machine, { service, steps }: Plan): Promise<void> {
  if (!steps.some(({ kind }) => kind === 'unit-stop' || kind === 'unit-restart')) return;
  const [job] = await systemd.refusedJobs(service);
  if (job === undefined) return;
  const directive = job === 'start' ? 'RefuseManualStart' : 'RefuseManualStop';
  throw new CouldNotRun(`systemd refuses to ${job} ${service} when it is asked to`, {
    why: `${directive}=yes leaves that to other units. The service would be left as it is, or down.`,
    next: `systemctl edit ${shellWord(service)}, [Unit] ${directive}=no; then make a new plan`,
  });
}

/** Throws `CouldNotRun` for a replacement with file capabilities, which its copy in the store would not have. */
export async function refuseCapabilities({ host, files }: Machine, plan: Plan): Promise<void> {
  for (const step of plan.steps) {
    if (step.kind !== 'store-add' || host.lstat(step.source) === undefined) continue;
    // Also where the store has the same content already: they are no part of the digest.
    const attributes = await files.attributes([step.source], true);
    const found = [...(attributes ?? [])].find(([, names]) => 'security.capability' in names);
    if (found === undefined) continue;
    throw new CouldNotRun(`the replacement can't be kept: ${found[0]} has file capabilities`, {
      why: 'The store does not keep them: everybody on the machine could use them there. Without them the program may fail.',
      next: `Give them to the service alone, AmbientCapabilities= in a drop-in, and take them from the file: setcap -r ${shellWord(found[0])}`,
    });
  }
}

/** Throws `CouldNotRun` for state that can't be exchanged by a rename, because something is mounted there. */
export function refuseMountedState({ host }: Pick<Machine, 'host'>, plan: Plan): void {
  const mounts = parseMountinfo(new TextDecoder().decode(host.readFile('/proc/self/mountinfo')));
  const points = mounts.map(({ path }) => path);
  for (const step of plan.steps) {
    if (step.kind !== 'state-snapshot') continue;
    const mounted = points.find((point) => isWithin(point, step.path));
    if (mounted === undefined) continue;
    throw new CouldNotRun(
      `the state ${step.path} can't be put back by a rename: ${mounted} is a mount point`,
      {
        next: 'Name a directory below the mount point under state: snapshot:',
      },
    );
  }
}

/** Throws `CouldNotRun` for state with a file that has another name elsewhere: put back, it would be two files. */
export function refuseStateLinkedElsewhere({ host }: Pick<Machine, 'host'>, plan: Plan): void {
  for (const step of plan.steps) {
    if (step.kind !== 'state-snapshot') continue;
    const elsewhere = linkedElsewhere(host, step.path);
    if (elsewhere === undefined) continue;
    throw new CouldNotRun(`${elsewhere} is a file with another name outside ${step.path} (hard link)`, {
      why: 'Putting the state back would make two files of it.',
      next: 'Name a directory that holds all its names under state: snapshot:, or copy the file.',
    });
  }
}

/** A file in a tree that has more names than are in the tree. */
function linkedElsewhere(host: Host, root: string): string | undefined {
  const missing = new Map<string, { readonly path: string; names: number }>();
  for (const { path, facts } of walkTree(host, root)) {
    if (facts?.type !== 'file' || facts.links <= 1) continue;
    const known = missing.get(facts.identity) ?? { path, names: facts.links };
    known.names -= 1;
    missing.set(facts.identity, known);
  }
  return [...missing.values()].find(({ names }) => names > 0)?.path;
}
