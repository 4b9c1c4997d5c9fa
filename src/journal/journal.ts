import type { Machine } from '../host/machine.ts';
import { beginLine, recordLine } from './chain.ts';
import { CouldNotRun } from '../documents/could-not-run.ts';
import { type ChangeDirectory, changeDirectory } from './change-directory.ts';
import type { Entry } from './entry.ts';
import { makeDirectories } from './make-directories.ts';
import { readJournal } from './read-journal.ts';
import type { JournalRecord, NewRecord, RecordOf, Records } from './record.ts';

/** The open journal of one change: a record is on disk when `append` returns, and not in the journal when it throws. */
export class Journal {
  readonly directory: ChangeDirectory;
  readonly begin: RecordOf<'begin'>;
  readonly #machine: Machine;
  readonly #records: [RecordOf<'begin'>, ...JournalRecord[]];
  #bytes: number;
  /** By path, once somebody asks. */
  #before: ReadonlyMap<string, Entry> | undefined;

  private constructor(machine: Machine, directory: ChangeDirectory, records: Records, bytes: number) {
    this.#machine = machine;
    this.directory = directory;
    this.begin = records[0];
    this.#records = [...records];
    this.#bytes = bytes;
  }

  /** Starts the journal of a new change. */
  static create(machine: Machine, begin: Extract<NewRecord, { type: 'begin' }>): Journal {
    const directory = changeDirectory(machine.home, begin.change);
    const { line, record } = beginLine(begin, new Date());
    try {
      makeDirectories(machine, directory.journal, 0o700);
      machine.files.createFile(directory.records, line);
      machine.files.sync(directory.journal);
    } catch (error) {
      removeOfRefused(machine, directory);
      throw error;
    }
    return new Journal(machine, directory, [record], Buffer.byteLength(line));
  }

  /**
   * Opens a journal to go on with it; a torn last line is cut off. Throws `CouldNotRun` when the change never began, or the
   * journal can't be trusted.
   */
  static open(machine: Machine, change: string): Journal {
    const directory = changeDirectory(machine.home, change);
    const read = readJournal(machine.host, directory);
    if (read === undefined) throw new CouldNotRun(`change ${change} never began`, { next: 'cutover status' });
    if (read.torn) machine.files.truncate(directory.records, read.goodBytes);
    return new Journal(machine, directory, read.records, read.goodBytes);
  }

  /** What stood at a path before the change; undefined when the journal does not say. */
  entryBefore(path: string): Entry | undefined {
    this.#before ??= new Map(this.begin.before.entries.map((entry) => [entry.path, entry]));
    return this.#before.get(path);
  }

  get records(): Records {
    return this.#records;
  }

  append(added: NewRecord): void {
    const { line, record } = recordLine(added, this.#records.at(-1), new Date());
    try {
      this.#machine.files.append(this.directory.records, line);
    } catch (error) {
      this.#takeBack();
      throw error;
    }
    this.#records.push(record);
    this.#bytes += Buffer.byteLength(line);
  }

  /** A record that was written and could not be synced would say what may be gone after a boot. */
  #takeBack(): void {
    const { files } = this.#machine;
    try {
      files.truncate(this.directory.records, this.#bytes);
      files.sync(this.directory.records);
    } catch {
      // Then it stands there as it would after a crash, and what it says has happened.
    }
  }
}

/** A change that was refused has no journal: one that stood there would be taken for an interrupted change. */
function removeOfRefused({ files }: Machine, { journal }: ChangeDirectory): void {
  try {
    files.removeTree(journal);
  } catch {
    // Then it is taken for one, and to go back from it is to do nothing.
  }
}
