import { dirname } from 'node:path/posix';
import type { LiveHost } from '../host/host.ts';
import { makeDirectories } from '../journal/make-directories.ts';
import { chaseCopy } from './chase-copy.ts';
import { type CopyOf, copyTogether } from './copy-together.ts';
import { entryDifferences } from './entry-differences.ts';
import {
  inTree,
  type KnownDigests,
  type PresentEntry,
  readBareTree,
  withAttributesOf,
} from './read-entries.ts';
import { settled } from './settled.ts';
import { type StepContext, StepFailure } from './step-action.ts';

/** Where the copy of what stands at a file step's path goes; undefined when nothing stands there. */
export function originalOf(path: string, { machine, journal, step }: StepContext): string | undefined {
  return machine.host.lstat(path) === undefined ? undefined : `${journal.directory.snapshots}/files/${step}`;
}

/** The clocks of file systems go by ticks, of 10 ms at most. */
const TICK_MS = 20;

/**
 * Copies a file, link or tree aside and makes sure that the copy is equal, and on disk. Gives its entries. `whenCopied`
 * runs when the original is not needed any more; what is known `ahead` of its files spares them a reading.
 */
export async function keepCopy(
  { machine }: Pick<StepContext, 'machine'>,
  from: string,
  to: string,
  { whenCopied, ahead }: { whenCopied?: () => Promise<void>; ahead?: KnownDigests } = {},
): Promise<readonly PresentEntry[]> {
  makeDirectories(machine, dirname(to), 0o700);
  if (machine.host.lstat(to) !== undefined) machine.files.removeTree(to); // left by a run that was cut short
  const before = BigInt(Date.now() - TICK_MS) * 1_000_000n;
  // Both are read as far as the copy is made, and the rest while it is brought to the disk.
  const copying = machine.files.copy(from, to);
  const chasing = later(async () => await chaseCopy(machine.host, { from, to, before, ahead }, copying));
  const [copied, chased] = await Promise.allSettled([copying, chasing]);
  if (copied.status === 'rejected') {
    machine.files.removeTree(to); // before the failure is written down: the disk may be full
    throw copied.reason;
  }
  const [synced, listing, reading, checked] = await Promise.allSettled([
    machine.files.syncFileSystem(dirname(to)),
    machine.files.attributes([from, to], true),
    later(() => readBoth(machine.host, from, to, { chased: settled(chased), ahead })),
    whenCopied?.(),
  ]);
  const attributes = settled(listing);
  const both = settled(reading);
  const withTheirs = (root: string, entries: readonly PresentEntry[]) =>
    entries.map((entry) => withAttributesOf(entry, inTree(root, entry.path), attributes));
  const [original, copy] = [withTheirs(from, both.original), withTheirs(to, both.copy)];
  refuseUnequalCopy(from, to, original, copy, { since: before });
  settled(checked);
  settled(synced);
  return original;
}

/** The entries of a copy and of its original, files read that are not known. What was known ahead is confirmed by the copy. */
function readBoth(
  host: LiveHost,
  from: string,
  to: string,
  { chased, ahead }: { chased: KnownDigests; ahead: KnownDigests | undefined },
): { readonly original: readonly PresentEntry[]; readonly copy: readonly PresentEntry[] } {
  const copy = readBareTree(host, to, { known: chased });
  const copied = new Map(copy.map((entry) => [inTree(from, entry.path), digestIn(entry)]));
  const confirmed = (path: string) => {
    const digest = ahead?.digestOf(path);
    return digest === copied.get(path) ? digest : undefined;
  };
  const digestOf = (path: string) => chased.digestOf(path) ?? confirmed(path);
  return { original: readBareTree(host, from, { known: { digestOf } }), copy };
}

function digestIn(entry: PresentEntry): string | undefined {
  return entry.type === 'file' ? entry.sha256 : undefined;
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
  const entriesOf = (root: string): readonly PresentEntry[] =>
    readBareTree(machine.host, root).map((entry) =>
      withAttributesOf(entry, inTree(root, entry.path), attributes),
    );
  for (const { from, to, step } of copies)
    refuseUnequalCopy(from, to, entriesOf(from), entriesOf(to), { step });
  settled(synced);
}

function refuseUnequalCopy(
  from: string,
  to: string,
  original: readonly PresentEntry[],
  copy: readonly PresentEntry[],
  { step, since }: { step?: number; since?: bigint },
): void {
  const differences = entryDifferences(original, copy, { root: to, directoryTimes: true });
  const [first] = differences;
  if (first === undefined) return;
  const otherTimes = new Set(differences.filter(({ what }) => what === 'time').map(({ path }) => path));
  const written = original.find(
    ({ path, mtimeNs }) =>
      since !== undefined && BigInt(mtimeNs) >= since && otherTimes.has(inTree(to, path)),
  );
  if (written !== undefined)
    throw new StepFailure(`${inTree(from, written.path)} was written to while it was copied`);
  const what = `${first.path}: ${first.what} is ${first.found}, not ${first.expected}`;
  throw new StepFailure(`the copy of ${from} is not equal to it: ${what}`, {}, step);
}

/** After what has been started already: programs start before this process is busy. */
async function later<T>(read: () => T | Promise<T>): Promise<T> {
  await Promise.resolve();
  return await read();
}
