import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BackStep, Plan, Step } from '../../src/documents/plan.ts';
import { execute } from '../../src/engine/execute.ts';
import { invert } from '../../src/engine/invert.ts';
import { readEntries } from '../../src/engine/read-entries.ts';
import { asidesOf } from '../../src/engine/steps/state-restore.ts';
import type { Machine } from '../../src/host/machine.ts';
import { liveMachine } from '../../src/host/machine/live-machine.ts';
import { historyOf } from '../../src/journal/history.ts';
import { makeHome } from '../../src/journal/home.ts';
import { Journal } from '../../src/journal/journal.ts';
import { entryState } from '../../src/plan/entry-state.ts';
import { plant } from './grow.ts';
import { photograph } from './photograph.ts';
import type { RandomTree } from './random-tree.ts';
import { unitFacts } from '../unit-facts.ts';

/** A tree that was not put back: its number in the forest, and in what it differs. */
export interface NotPutBack {
  readonly tree: number;
  readonly differences: string;
}

export interface ForestEnd {
  /** Steps of the change that all trees have in common. */
  readonly steps: number;
  /** Entries that the engine compared. */
  readonly items: number;
  readonly wrong: readonly NotPutBack[];
}

/**
 * One change copies the state of all trees aside, to some of which something happens meanwhile, and writes their files; then anything happens to them; then the way
 * back runs. The oracle is what stood there before, read without the engine. Throws when a step fails.
 */
export async function endOfForest(trees: readonly RandomTree[]): Promise<ForestEnd> {
  const directory = mkdtempSync(join(placeForTrees(), 'cutover-trees-'));
  try {
    const forest = join(directory, 'forest');
    const places = trees.map((tree, index) => ({ tree, ...placeOf(forest, index) }));
    for (const { state, settings } of places) {
      mkdirSync(state, { recursive: true });
      mkdirSync(settings, { recursive: true });
    }
    plant(
      places.flatMap(({ tree, state, settings }) => [
        [state, tree.state],
        [settings, tree.settings],
      ]),
    );
    const machine = liveMachine(join(directory, 'cutover'));
    makeHome(machine);
    const stateDirectories = [...new Set(places.map(({ state }) => dirname(state)))];
    const steps = [
      ...stateDirectories.map((path): Step => ({ kind: 'state-copy', path })),
      MEANWHILE,
      ...places.flatMap(({ tree, settings }) =>
        tree.written.flatMap((path) => writeTo(machine, join(settings, path))),
      ),
      ...stateDirectories.map((path): Step => ({ kind: 'state-snapshot', path, why: 'random' })),
    ];
    const journal = await journalOf(machine, steps);
    const context = { machine, journal, plan: journal.begin.plan };
    let before: ReadonlyMap<string, string> = new Map();
    const inhabited = whileItIsCopied(machine, () => {
      plant(places.filter(isFirst).map(({ tree, state }) => [state, tree.meanwhile]));
      before = photograph(forest, isState);
    });
    const applied = await execute(
      { direction: 'apply', steps },
      { ...context, machine: inhabited, attempt: 0 },
      quiet,
    );
    if (applied.result === 'failed') throw new Error(`the change failed: ${applied.reason}`);

    const isWritten = new Set(steps.flatMap((step) => (step.kind === 'file-write' ? [step.path] : [])));
    plant(
      places.flatMap(({ tree, state, settings }) => [
        [state, tree.laterState],
        // Somebody replaces what was written; what else is in the directory is not the change's own.
        [
          settings,
          tree.laterSettings.filter(
            ([path, { kind }]) => kind !== 'directory' && isWritten.has(join(settings, path)),
          ),
        ],
      ]),
    );
    for (const [index, { tree, state }] of places.entries()) {
      const gone = index === 0 ? dirname(state) : state;
      if (tree.stateIsGone) rmSync(gone, { recursive: true, force: true });
    }

    const back = invert(context.plan, historyOf(journal.records).begun, {
      startAgain: false,
      stopFirst: true,
    });
    const way = back.filter(
      ({ kind }: BackStep) => !kind.startsWith('unit-') && !WITH_SYSTEMD.includes(kind),
    );
    const execution = await execute({ direction: 'rollback', steps: way }, { ...context, attempt: 1 }, quiet);
    if (execution.result === 'failed') throw new Error(`the way back failed: ${execution.reason}`);
    const verified = execution.facts.at(-1)?.verified;
    const told = verified?.differences ?? [];
    if (told.length > 0) throw new Error(`the engine finds differences: ${JSON.stringify(told)}`);

    const { change } = journal.begin;
    for (const aside of stateDirectories.flatMap((path) => asidesOf(path, change)))
      machine.files.removeTree(aside);
    const now = photograph(forest, isState);
    const wrong = trees.flatMap((_, tree): NotPutBack[] => {
      const [was = '', is = ''] = [before.get(nameOf(tree)), now.get(nameOf(tree))];
      return was === is ? [] : [{ tree, differences: differing(was, is) }];
    });
    return { steps: steps.length, items: verified?.items ?? 0, wrong };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** In whose place something happens to the state, which is copied and not yet compared. */
const MEANWHILE: Step = { kind: 'daemon-reload' };

function whileItIsCopied(machine: Machine, act: () => void): Machine {
  const { systemd } = machine;
  return { ...machine, systemd: { ...systemd, daemonReload: async () => act(), show: async () => NO_UNIT } };
}

/** Of a directory: of one in which much changes all is copied again. */
function isFirst(_place: unknown, index: number): boolean {
  return index % IN_A_DIRECTORY === 0;
}

const WITH_SYSTEMD: readonly string[] = ['daemon-reload', 'verify-unit', 'gate', 'guard-set', 'guard-lift'];
const quiet = (): void => undefined;

/** In memory where possible: what is compared is the same, and thousands of syncs of a whole disk are spared. */
function placeForTrees(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
}

function nameOf(tree: number): string {
  return String(tree).padStart(5, '0');
}

/** Many trees in a state directory: each directory is copied, compared and synced by a dozen processes. */
const IN_A_DIRECTORY = 100;

function placeOf(forest: string, tree: number): { readonly state: string; readonly settings: string } {
  const name = nameOf(tree);
  return {
    state: join(forest, `state-${Math.floor(tree / IN_A_DIRECTORY)}`, name),
    settings: join(forest, 'settings', name),
  };
}

/** A directory that holds a restored file says when that happened. */
function isState(path: string): boolean {
  return path.startsWith('state-');
}

/** Nothing where a plan refuses to write: at a directory, below a file, at one of several names of a file. */
function writeTo(machine: Machine, path: string): Step[] {
  const before = entryState(machine.host, path);
  const holder = machine.host.lstat(dirname(path))?.type ?? 'directory';
  if (before.type === 'directory' || holder !== 'directory' || (machine.host.lstat(path)?.links ?? 1) > 1)
    return [];
  return [{ kind: 'file-write', role: 'file', path, content: 'new\n', mode: 0o640, uid: 1, gid: 2, before }];
}

async function journalOf(machine: Machine, steps: Step[]): Promise<Journal> {
  const paths = steps.flatMap((step) => ('path' in step ? [step.path] : []));
  const { entries, notExamined } = await readEntries(machine, paths);
  const plan: Plan = {
    apiVersion: 'cutover/v1',
    kind: 'Plan',
    service: 'random.service',
    digest: 'abcdef',
    hostDigest: '',
    watched: [],
    steps,
    gateBack: { stableMs: 1, timeoutMs: 2, restarts: 0, probes: [] },
    effects: { restarts: [], downtime: '', readers: [], leftAlone: [] },
    irreversible: [],
  };
  return Journal.create(machine, {
    type: 'begin',
    change: '20160615-152745-000-abcdef',
    service: plan.service,
    plan,
    writer: { pid: process.pid },
    before: { entries: [...entries], unit: NO_UNIT, notExamined: [...notExamined] },
  });
}

function differing(was: string, is: string): string {
  const [before, now] = [new Set(was.split('\n')), new Set(is.split('\n'))];
  const gone = [...before].filter((line) => !now.has(line)).map((line) => `- ${line}`);
  return [...gone, ...[...now].filter((line) => !before.has(line)).map((line) => `+ ${line}`)].join('\n');
}

const NO_UNIT = unitFacts({
  loadState: 'not-found',
  activeState: 'inactive',
  subState: 'dead',
  mainPid: 0,
});
