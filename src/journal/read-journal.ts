import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Host } from '../host/host.ts';
import { readChain } from './chain.ts';
import type { ChangeDirectory } from './change-directory.ts';
import type { RecordOf, Records } from './record.ts';

const SIZE_LIMIT = 256 * 1024 * 1024;

export interface JournalContent {
  readonly begin: RecordOf<'begin'>;
  readonly records: Records;
  /** The last line was cut off while it was written. */
  readonly torn: boolean;
  /** The length of the part that counts. */
  readonly goodBytes: number;
}

/**
 * Reads the journal of a change; undefined when the change never began (no record was finished). Throws
 * `CouldNotRun` when the journal is damaged or was tampered with.
 */
export function readJournal(host: Host, directory: ChangeDirectory): JournalContent | undefined {
  if (host.stat(directory.records) === undefined) return undefined;
  const chain = readChain(host.readFile(directory.records, SIZE_LIMIT));
  if (chain.result === 'fault') throw damaged(directory, chain.line, chain.reason);
  const [begin, ...more] = chain.records;
  if (begin?.type !== 'begin') return undefined;
  if (begin.change !== directory.change) throw damaged(directory, 1, `it is of change ${begin.change}`);
  return { begin, records: [begin, ...more], torn: chain.torn, goodBytes: chain.goodBytes };
}

/** What the first record says, whatever became of those after it; undefined when it can't be trusted itself. */
export function readBegin(host: Host, directory: ChangeDirectory): RecordOf<'begin'> | undefined {
  const bytes = host.readFile(directory.records, SIZE_LIMIT);
  const chain = readChain(bytes.subarray(0, bytes.indexOf(0x0a) + 1));
  const begin = chain.result === 'ok' ? chain.records[0] : undefined;
  return begin?.type === 'begin' && begin.change === directory.change ? begin : undefined;
}

function damaged(directory: ChangeDirectory, line: number, reason: string): CouldNotRun {
  return new CouldNotRun(`record ${line - 1} of this journal can't be trusted: ${reason}`, {
    place: { file: directory.records, line, column: 1 },
    why: 'The journal says how to go back. Acting on one that was changed or damaged could make things worse.',
    next: `Compare ${directory.snapshots} with the machine by hand, then move ${directory.journal} away.`,
  });
}
