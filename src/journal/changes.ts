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
  readonly state: 'committed' | 'rolled-back' | 'needs-operator' | 'interrupted';
}

/**
 * Every change that began, oldest first; none where there is no journal. Throws `CouldNotRun` when one of the
 * journals can't be trusted.
 */
export function readChanges(host: Host, home: string): Change[] {
  return (host.list(`${home}/journal`) ?? []).flatMap((name) => {
    const directory = changeDirectory(home, name);
    const journal = readJournal(host, directory);
    if (journal === undefined) return [];
    const history = historyOf(journal.records);
    return [{ directory, begin: journal.begin, history, state: stateOf(history) }];
  });
}

function stateOf({ outcome }: History): Change['state'] {
  if (outcome === undefined) return 'interrupted';
  return outcome.state === 'awaiting-confirmation' ? 'committed' : outcome.state;
}
