import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Host } from '../host/host.ts';
import { changeDirectory, type ChangeDirectory } from './change-directory.ts';
import { type History, historyOf } from './history.ts';
import { readJournal } from './read-journal.ts';
import type { RecordOf } from './record.ts';

/** A change the journal knows of. */
export interface Change {
  readonly directory: ChangeDirectory;
  readonly begin: RecordOf<'begin'>;
  readonly history: History;
  /** `interrupted`: its last run has no end. */
  readonly state: 'committed' | 'awaiting-confirmation' | 'rolled-back' | 'needs-operator' | 'interrupted';
}

/** A journal that can't be trusted, and why: what its change is and how far it came is not known. */
export interface DamagedJournal {
  readonly directory: ChangeDirectory;
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
    } catch (problem) {
      if (!(problem instanceof CouldNotRun)) throw problem;
      damaged.push({ directory, problem });
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

function readChange(host: Host, directory: ChangeDirectory): Change | undefined {
  const journal = readJournal(host, directory);
  if (journal === undefined) return undefined;
  const history = historyOf(journal.records);
  return { directory, begin: journal.begin, history, state: stateOf(history) };
}

function stateOf({ outcome }: History): Change['state'] {
  return outcome === undefined ? 'interrupted' : outcome.state;
}
