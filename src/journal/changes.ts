import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Outcome } from '../documents/outcome.ts';
import { type Host, HostError } from '../host/host.ts';
import { changeDirectory, type ChangeDirectory } from './change-directory.ts';
import { type History, historyOf } from './history.ts';
import { readBegin, readJournal } from './read-journal.ts';
import type { RecordOf } from './record.ts';

/** A change the journal knows of. */
export type Change = ChangeState & {
  readonly directory: ChangeDirectory;
  readonly begin: RecordOf<'begin'>;
  readonly history: History;
};

/** `interrupted`: its last run has no end. */
type ChangeState =
  | { readonly state: Exclude<Outcome['state'], 'awaiting-confirmation'> | 'interrupted' }
  | { readonly state: 'awaiting-confirmation'; readonly outcome: Outcome };

/** A journal that can't be trusted, and why: how far its change came is not known. */
export interface DamagedJournal {
  readonly directory: ChangeDirectory;
  /** Of its change; undefined when the first record can't be trusted either. */
  readonly service: string | undefined;
  readonly problem: CouldNotRun;
}

/** Every change that began, oldest first, and the journals that can't be trusted. */
export function readJournals(
  host: Host,
  home: string,
): { readonly changes: readonly Change[]; readonly damaged: readonly DamagedJournal[] } {
  const changes: Change[] = [];
  const damaged: DamagedJournal[] = [];
  for (const name of host.list(`${home}/journal`) ?? []) {
    const directory = changeDirectory(home, name);
    try {
      const change = readChange(host, directory);
      if (change !== undefined) changes.push(change);
    } catch (error) {
      damaged.push({ directory, service: serviceOf(host, directory), problem: problemOf(directory, error) });
    }
  }
  return { changes, damaged };
}

/**
 * Every change that began, oldest first; none where there is no journal. Throws `CouldNotRun` when one of the
 * journals can't be trusted.
 */
export function readChanges(host: Host, home: string): readonly Change[] {
  const { changes, damaged } = readJournals(host, home);
  const [first] = damaged;
  if (first !== undefined) throw first.problem;
  return changes;
}

/** Throws what is no fault of the journal. */
function problemOf({ records, snapshots, journal }: ChangeDirectory, error: unknown): CouldNotRun {
  if (error instanceof CouldNotRun) return error;
  if (!(error instanceof HostError) || error.reason === 'denied') throw error;
  return new CouldNotRun(`this journal can't be read: ${error.message}`, {
    place: { file: records, line: 1, column: 1 },
    why: 'The journal says how to go back.',
    next: `Compare ${snapshots} with the machine by hand, then move ${journal} away.`,
  });
}

function serviceOf(host: Host, directory: ChangeDirectory): string | undefined {
  try {
    return readBegin(host, directory)?.service;
  } catch {
    return undefined; // the problem says why
  }
}

function readChange(host: Host, directory: ChangeDirectory): Change | undefined {
  const journal = readJournal(host, directory);
  if (journal === undefined) return undefined;
  const history = historyOf(journal.records);
  return { directory, begin: journal.begin, history, ...stateOf(history) };
}

function stateOf({ outcome }: History): ChangeState {
  if (outcome === undefined) return { state: 'interrupted' };
  const { state } = outcome;
  return state === 'awaiting-confirmation' ? { state, outcome } : { state };
}
