import { dirname } from 'node:path/posix';
import type { Host, LiveHost } from '../host/host.ts';
import type { Entry } from '../journal/entry.ts';
import { makeDirectories } from '../journal/make-directories.ts';
import { fileDigest } from '../plan/file-digest.ts';
import { type CopyOf, copyTogether } from './copy-together.ts';
import type { ReadAhead } from './read-ahead.ts';
import { entryDifferences } from './entry-differences.ts';
import { inTree, type PresentEntry, readBareTree, withAttributesOf } from './read-entries.ts';
import { settled } from './settled.ts';
import { type StepContext, StepFailure } from './step-action.ts';

/** Where the copy of what stands at a file step's path goes; undefined when nothing stands there. */
export function originalOf(path: string, { machine, journal, step }: StepContext): string | undefined {
  return machine.host.lstat(path) === undefined ? undefined : `${journal.directory.snapshots}/files/${step}`;
}

/**
 * Copies a file, link or tree aside and makes sure that the copy is equal, and on disk. Gives its entries. `whenCopied`
 * runs when the original is not needed any more; what is known `ahead` of its files spares them a reading.
 */
export async function keepCopy(
  { machine }: Pick<StepContext, 'machine'>,
  from: string,
  to: string,
  { whenCopied, ahead }: { whenCopied?: () => Promise<void>; ahead?: ReadAhead } = {},
): Promise<readonly PresentEntry[]> {
  makeDirectories(machine, dirname(to), 0o700);
  if (machine.host.lstat(to) !== undefined) machine.files.removeTree(to); // left by a run that was cut short
  // The original is read while it is copied, its copy while it is brought to the disk.
  const [copied, reading] = await Promise.allSettled([
    machine.files.copy(from, to),
    later(() => readBareTree(machine.host, from, { ahead })),
  ]);
  if (copied.status === 'rejected') {
    machine.files.removeTree(to); // before the failure is written down: the disk may be full
    throw copied.reason;
  }
  const [synced, listing, comparing, checked] = await Promise.allSettled([
    machine.files.syncFileSystem(dirname(to)),
    machine.files.attributes([from, to], true),
    later(() => readBareTree(machine.host, to)),
    whenCopied?.(),
  ]);
  const attributes = settled(listing);
  const withTheirs = (root: string, entries: readonly PresentEntry[]) =>
    entries.map((entry) => withAttributesOf(entry, inTree(root, entry.path), attributes));
  const bareCopy = settled(comparing);
  const original = withTheirs(from, confirmed(machine.host, from, settled(reading), bareCopy, ahead));
  const written = writtenSince(machine.host, from, original);
  if (written !== undefined) throw new StepFailure(`${written} was written to while it was copied`);
  refuseUnequalCopy(from, to, original, withTheirs(to, bareCopy));
  settled(checked);
  settled(synced);
  return original;
}

/** The entries of an original, where what was known ahead of a file is not what its copy has: read anew. */
function confirmed(
  host: Host,
  from: string,
  original: readonly PresentEntry[],
  copy: readonly PresentEntry[],
  ahead: ReadAhead | undefined,
): readonly PresentEntry[] {
  if (ahead === undefined) return original;
  const copies = new Map(copy.map((entry) => [entry.path, entry]));
  return original.map((entry) => {
    const at = inTree(from, entry.path);
    if (entry.type !== 'file' || ahead.digestOf(at) === undefined) return entry;
    const twin = copies.get(entry.path);
    const isConfirmed = twin?.type === 'file' && twin.sha256 === entry.sha256;
    return isConfirmed ? entry : { ...entry, sha256: fileDigest(host, at) };
  });
}

export interface OriginalCopy extends CopyOf {
  /** The number of the step that it is for. */
  readonly step: number;
}

/** Likewise several at once; all go to the same directory. */
export async function keepCopies({ machine }: StepContext, copies: readonly OriginalCopy[]): Promise<void> {
  const [one] = copies;
  if (one === undefined) return;
  const holder = dirname(one.to);
  const staging = `${holder}/.copies`;
  makeDirectories(machine, holder, 0o700);
  for (const left of [staging, ...copies.map(({ to }) => to)])
    if (machine.host.lstat(left) !== undefined) machine.files.removeTree(left); // by a run that was cut short
  await copyTogether(machine, staging, copies);
  const sources = copies.map(({ from }) => from);
  const [synced, listing] = await Promise.allSettled([
    machine.files.syncFileSystem(holder),
    machine.files.attributes([...sources, ...copies.map(({ to }) => to)], true),
  ]);
  const attributes = settled(listing);
  const entriesOf = (root: string): readonly Entry[] =>
    readBareTree(machine.host, root).map((entry) =>
      withAttributesOf(entry, inTree(root, entry.path), attributes),
    );
  for (const { from, to, step } of copies) refuseUnequalCopy(from, to, entriesOf(from), entriesOf(to), step);
  settled(synced);
}

function refuseUnequalCopy(
  from: string,
  to: string,
  original: readonly Entry[],
  copy: readonly Entry[],
  step?: number,
): void {
  const [first] = entryDifferences(original, copy, { root: to, directoryTimes: true });
  if (first === undefined) return;
  const what = `${first.path}: ${first.what} is ${first.found}, not ${first.expected}`;
  throw new StepFailure(`the copy of ${from} is not equal to it: ${what}`, {}, step);
}

/** After what has been started already: programs start before this process is busy. */
async function later<T>(read: () => T): Promise<T> {
  await Promise.resolve();
  return read();
}

/** What was read before the copy was made, and is another now. */
function writtenSince(host: LiveHost, root: string, entries: readonly PresentEntry[]): string | undefined {
  const now = host.remembering();
  const other = entries.find((entry) => {
    const facts = now.lstat(inTree(root, entry.path));
    return facts?.type !== entry.type || String(facts.mtimeNs) !== entry.mtimeNs;
  });
  return other === undefined ? undefined : inTree(root, other.path);
}
