import { dirname } from 'node:path/posix';
import type { BackStep, EntryState, Irreversible, Step } from '../src/documents/plan.ts';
import { type Execution, execute } from '../src/engine/execute.ts';
import { readEntries } from '../src/engine/read-entries.ts';
import type { StepContext } from '../src/engine/step-action.ts';
import { LaidTrees } from '../src/engine/laid-trees.ts';
import type { Machine } from '../src/host/machine.ts';
import { liveMachine } from '../src/host/machine/live-machine.ts';
import { liveHost } from '../src/host/rooted-host.ts';
import { makeHome } from '../src/journal/home.ts';
import { Journal } from '../src/journal/journal.ts';
import { entryState } from '../src/plan/entry-state.ts';
import { fileDigest } from '../src/plan/file-digest.ts';
import { beginRecord } from './begin-record.ts';

const live = liveHost();
export const CHANGE = '20160615-152745-000-6a9c1f';

export interface BegunChange {
  readonly machine: Machine;
  readonly journal: Journal;
  /** Where the originals of file steps go. */
  readonly originals: string;
  /** What each step of it is given, but for its number. */
  readonly context: StepContext;
  /** Runs its steps, on this machine or as it is while somebody else acts. */
  readonly apply: (on?: Machine) => Promise<Execution>;
  /** Runs steps of a way back. */
  readonly goBack: (steps: readonly BackStep[], on?: Machine) => Promise<Execution>;
}

/**
 * A change of the files below a directory, where Cutover lives as well. What stands at the paths of its steps, and
 * `alsoKnown`, is in its journal, unless it shall not be.
 */
export async function begunChange(
  directory: string,
  steps: readonly Step[],
  {
    irreversible = [],
    alsoKnown = [],
    unknown = [],
  }: {
    readonly irreversible?: readonly Irreversible[];
    readonly alsoKnown?: readonly string[];
    readonly unknown?: readonly string[];
  } = {},
): Promise<BegunChange> {
  const machine = liveMachine(`${directory}/cutover`);
  makeHome(machine);
  const paths = [...steps.flatMap((step) => ('path' in step ? [step.path] : [])), ...alsoKnown];
  const { entries } = await readEntries(
    machine,
    paths.filter((path) => !unknown.includes(path)),
  );
  const begin = beginRecord(CHANGE, 'lamp.service', steps);
  const journal = Journal.create(machine, {
    ...begin,
    plan: { ...begin.plan, irreversible: [...irreversible] },
    before: { ...begin.before, entries: [...entries] },
  });
  const common = { journal, plan: journal.begin.plan };
  const quiet = (): void => undefined;
  return {
    machine,
    journal,
    originals: `${journal.directory.snapshots}/files`,
    context: {
      ...common,
      machine,
      direction: 'apply',
      attempt: 0,
      step: 0,
      firstCopies: new Map(),
      laid: new LaidTrees(),
    },
    apply: async (on = machine) =>
      await execute({ direction: 'apply', steps }, { ...common, machine: on, attempt: 0 }, quiet),
    goBack: async (back, on = machine) =>
      await execute({ direction: 'rollback', steps: back }, { ...common, machine: on, attempt: 1 }, quiet),
  };
}

/** The step that writes a text to a path, as a plan has it that is made now, for whoever runs this. */
export function writeStep(path: string, content: string): Extract<Step, { kind: 'file-write' }> {
  const owner = ownerOf(path);
  return { kind: 'file-write', role: 'file', path, content, mode: 0o640, ...owner, before: stateOf(path) };
}

/** Likewise the one that puts a copy of `source` in the place of a file. */
export function replaceStep(path: string, source: string): Extract<Step, { kind: 'file-replace' }> {
  const sha256 = fileDigest(live, source);
  return { kind: 'file-replace', path, source, sha256, mode: 0o640, ...ownerOf(path), before: stateOf(path) };
}

/** Likewise the one that removes a file. */
export function removeStep(path: string): Extract<Step, { kind: 'file-remove' }> {
  return { kind: 'file-remove', path, why: 'it is read no more', before: stateOf(path) };
}

function stateOf(path: string): EntryState {
  return entryState(live, path);
}

function ownerOf(path: string): { readonly uid: number; readonly gid: number } {
  const holder = live.lstat(dirname(path));
  if (holder === undefined) throw new Error(`${dirname(path)} is not there`);
  return { uid: holder.uid, gid: holder.gid };
}

/** The machine as it is while somebody else does something right after each deed of one kind. */
export function whileSomebody(
  machine: Machine,
  deed: 'rename' | 'removeFile',
  does: (path: string) => void,
): Machine {
  const { files } = machine;
  return {
    ...machine,
    files: {
      ...files,
      ...(deed === 'rename'
        ? {
            rename: (from: string, to: string) => {
              files.rename(from, to);
              does(to);
            },
          }
        : {
            removeFile: (path: string) => {
              files.removeFile(path);
              does(path);
            },
          }),
    },
  };
}

/** The text of a file. */
export function textAt({ host }: Pick<Machine, 'host'>, path: string): string {
  return new TextDecoder().decode(host.readFile(path));
}
