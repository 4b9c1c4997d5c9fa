import { hash } from 'node:crypto';
import type { Difference } from '../documents/outcome.ts';
import type { EntryState, Step } from '../documents/plan.ts';
import type { Host } from '../host/host.ts';
import type { Machine } from '../host/machine.ts';
import type { Journal } from '../journal/journal.ts';
import type { RecordOf, Verified } from '../journal/record.ts';
import { entryState } from '../plan/entry-state.ts';
import { isWithin } from '../text/is-within.ts';
import { errorMessage } from '../text/error-message.ts';
import { octalMode } from '../text/octal-mode.ts';

type Writing = Extract<Step, { kind: 'file-write' | 'file-replace' | 'file-remove' }>;

/**
 * Everything that a change wrote or removed, and what systemd has loaded, looked at once more when the gate is green, but for
 * what is in the service's state: a service that runs works on that. What somebody changed meanwhile is theirs: it is told,
 * and takes nothing back. Never throws.
 */
export async function verifyInForce(machine: Machine, { begin }: Journal): Promise<Verified> {
  const { plan } = begin;
  const host = machine.host.remembering();
  const states = plan.steps.flatMap((step) => (step.kind === 'state-snapshot' ? [step.path] : []));
  const wanted = plan.steps.filter(isWriting).filter(({ path }) => !states.some((at) => isWithin(path, at)));
  // Of a path that is written twice, the last counts.
  const written = [...new Map(wanted.map((step) => [step.path, step])).values()];
  const files = written.map((step): Look => {
    try {
      return { items: 1, differences: fileDifferences(step, host) };
    } catch (error) {
      return { items: 0, differences: [], notExamined: errorMessage(error) };
    }
  });
  const looks = [...files, await lookAtUnit(machine, begin)];
  return {
    items: looks.reduce((sum, { items }) => sum + items, 0),
    differences: looks.flatMap(({ differences }) => differences),
    accepted: [],
    notExamined: looks.flatMap(({ notExamined }) => notExamined ?? []),
  };
}

interface Look {
  readonly items: number;
  readonly differences: readonly Difference[];
  readonly notExamined?: string;
}

function isWriting(step: Step): step is Writing {
  return step.kind === 'file-write' || step.kind === 'file-replace' || step.kind === 'file-remove';
}

function fileDifferences(step: Writing, host: Host): Difference[] {
  const { path } = step;
  const found = aspectsOf(entryState(host, path));
  return Object.entries(expectedOf(step)).flatMap(([what, expected]): Difference[] => {
    const now = found[what]; // what is no file has no more than a type
    return now === undefined || now === expected ? [] : [{ path, what, expected, found: now }];
  });
}

type Aspects = Readonly<Record<string, string>>;

function expectedOf(step: Writing): Aspects {
  if (step.kind === 'file-remove') return { type: 'absent' };
  const sha256 = step.kind === 'file-write' ? hash('sha256', step.content) : step.sha256;
  return fileAspects({ ...step, sha256 });
}

function aspectsOf(state: EntryState): Aspects {
  return state.type === 'file' ? fileAspects(state) : { type: state.type };
}

function fileAspects(file: { mode: number; uid: number; gid: number; sha256: string }): Aspects {
  return {
    type: 'file',
    owner: `${file.uid}:${file.gid}`,
    mode: octalMode(file.mode),
    content: `sha256 ${file.sha256}`,
  };
}

async function lookAtUnit(
  machine: Machine,
  { service: unit, plan: { steps }, before }: RecordOf<'begin'>,
): Promise<Look> {
  const dropIns = steps.flatMap((step) =>
    step.kind === 'file-write' && step.role === 'drop-in' ? [step.path] : [],
  );
  const isReloaded = steps.some(({ kind }) => kind === 'daemon-reload') || !before.unit.needsReload;
  try {
    const { loadState, needsReload, dropInPaths } = await machine.systemd.show(unit);
    const pairs = [
      { what: 'LoadState', expected: 'loaded', found: loadState },
      { what: 'NeedDaemonReload', expected: isReloaded ? 'no' : 'yes', found: needsReload ? 'yes' : 'no' },
      ...dropIns.map((path) => {
        // Of a directory that is a link systemd names what that leads to.
        const isLoaded = [path, machine.host.realPath(path) ?? path].some((each) =>
          dropInPaths.includes(each),
        );
        return {
          what: 'DropInPaths',
          expected: `with ${path}`,
          found: `${isLoaded ? 'with' : 'without'} ${path}`,
        };
      }),
    ];
    const differences = pairs.filter(({ expected, found }) => expected !== found);
    return { items: pairs.length, differences: differences.map((pair) => ({ path: unit, ...pair })) };
  } catch (error) {
    return {
      items: 0,
      differences: [],
      notExamined: `what systemd has loaded of ${unit}: ${errorMessage(error)}`,
    };
  }
}
