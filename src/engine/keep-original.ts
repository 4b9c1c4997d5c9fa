import { dirname } from 'node:path/posix';
import { makeDirectories } from '../journal/make-directories.ts';
import { chaseCopy } from './chase-copy.ts';
import { type CopyOf, copyTogether } from './copy-together.ts';
import { entryDifferences } from './entry-differences.ts';
import {
  inTree,
  type KnownDigests,
  type PresentEntry,
  readBareTree,
  withAttributesIn,
} from './read-entries.ts';
import { settled } from './settled.ts';
import { type StepContext, StepFailure } from './step-action.ts';

/** Where the copy of what stands at a file step's path goes; undefined when nothing stands there. */
export function originalOf(path: string, { machine, journal, step }: StepContext): string | undefined {
  return machine.host.lstat(path) === undefined ? undefined : `${journal.directory.snapshots}/files/${step}`;
}

/** File systems tell times in steps: of some milliseconds, of a second (ext3), of two (vfat). */
const LONGEST_STEP_MS = 3000;

/**
 * Copies a file, link or tree aside and makes sure that the copy is equal, and on disk. Gives its entries. `whenCopied`
 * runs when the copy is made; what is known `ahead` of the original's files spares them a reading.
 */
export async function keepCopy(
  { machine }: Pick<StepContext, 'machine'>,
  from: string,
  to: string,
  { whenCopied, ahead }: { whenCopied?: () => Promise<void>; ahead?: KnownDigests } = {},
): Promise<readonly PresentEntry[]> {
  const { files, host } = machine;
  makeDirectories(machine, dirname(to), 0o700);
  if (host.lstat(to) !== undefined) files.removeTree(to); // left by a run that was cut short
  const settledBefore = BigInt(Date.now() - LONGEST_STEP_MS) * 1_000_000n;
  const copying = files.copy(from, to);
  const chasing = chaseCopy(host, { from, to, settledBefore, ahead }, copying);
  const [copied, reading, synced, listing, checked] = await Promise.allSettled([
    copying,
    chasing.then((known) => ({ known, copy: readBareTree(host, to, { known }) })),
    copying.then(async () => await files.syncFileSystem(dirname(to))),
    copying.then(async () => await files.attributes([from, to], true)),
    copying.then(async () => await whenCopied?.()),
  ]);
  if (copied.status === 'rejected') {
    files.removeTree(to); // before the failure is written down: the disk may be full
    throw copied.reason;
  }
  const { known, copy } = settled(reading);
  const attributes = settled(listing);
  // Looked at last: what is written to it until now is seen.
  const original = withAttributesIn(from, readBareTree(host, from, { known }), attributes);
  const made = withAttributesIn(to, copy, attributes);
  refuseUnequalCopy(from, to, original, made, { writtenSince: settledBefore });
  settled(checked);
  settled(synced);
  return original;
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
  const entriesOf = (root: string) => withAttributesIn(root, readBareTree(machine.host, root), attributes);
  for (const { from, to, step } of copies)
    refuseUnequalCopy(from, to, entriesOf(from), entriesOf(to), { step });
  settled(synced);
}

function refuseUnequalCopy(
  from: string,
  to: string,
  original: readonly PresentEntry[],
  copy: readonly PresentEntry[],
  { step, writtenSince }: { step?: number; writtenSince?: bigint },
): void {
  const differences = entryDifferences(original, copy, { root: to, directoryTimes: true });
  const [first] = differences;
  if (first === undefined) return;
  const now = BigInt(Date.now()) * 1_000_000n;
  const changed = differences.filter(({ what }) => what === 'time' || what === 'content');
  const paths = new Set(changed.map(({ path }) => path));
  const written = original.find(({ path, mtimeNs }) => {
    const isRecent = writtenSince !== undefined && BigInt(mtimeNs) >= writtenSince && BigInt(mtimeNs) <= now;
    return isRecent && paths.has(inTree(to, path));
  });
  if (written !== undefined)
    throw new StepFailure(`${inTree(from, written.path)} was written to while it was copied`);
  const what = `${first.path}: ${first.what} is ${first.found}, not ${first.expected}`;
  throw new StepFailure(`the copy of ${from} is not equal to it: ${what}`, {}, step);
}
