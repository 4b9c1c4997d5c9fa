import { dirname } from 'node:path/posix';
import { makeDirectories } from '../journal/make-directories.ts';
import { type CopyOf, copyTogether } from './copy-together.ts';
import { entryDifferences } from './entry-differences.ts';
import {
  inTree,
  type KnownDigests,
  type PresentEntry,
  readBareTree,
  withAttributesIn,
} from './read-entries.ts';
import { afterwards, settled } from './settled.ts';
import { type StepContext, StepFailure } from './step-action.ts';

/** Where the copy of what stands at a file step's path goes; undefined when nothing stands there. */
export function originalOf(path: string, { machine, journal, step }: StepContext): string | undefined {
  return machine.host.lstat(path) === undefined ? undefined : `${journal.directory.snapshots}/files/${step}`;
}

/**
 * Copies a file, link or tree aside and makes sure that the copy is equal, and on disk. Gives its entries. `whenCopied`
 * runs when the copy is made.
 */
export async function keepCopy(
  { machine }: Pick<StepContext, 'machine'>,
  from: string,
  to: string,
  { whenCopied = async () => undefined, known }: Partial<Omit<Comparison, 'begunAt'>> = {},
): Promise<readonly PresentEntry[]> {
  const { files, host } = machine;
  makeDirectories(machine, dirname(to), 0o700);
  if (host.lstat(to) !== undefined) files.removeTree(to); // left by a run that was cut short
  const begunAt = BigInt(Date.now()) * 1_000_000n;
  try {
    await files.copy(from, to);
  } catch (error) {
    files.removeTree(to); // before the failure is written down: the disk may be full
    throw error;
  }
  return await compareCopy({ machine }, from, to, {
    begunAt,
    whenCopied,
    known,
  });
}

export interface Comparison {
  /** When the copying began, in nanoseconds since 1970. */
  readonly begunAt: bigint;
  readonly whenCopied: () => Promise<void>;
  /** What files of either hold, of those of which it is known. */
  readonly known?: KnownDigests | undefined;
}

/** Brings a copy to the disk and gives the entries of its original. Throws a `StepFailure` where they are not equal. */
export async function compareCopy(
  { machine }: Pick<StepContext, 'machine'>,
  from: string,
  to: string,
  { begunAt, whenCopied, known }: Comparison,
): Promise<readonly PresentEntry[]> {
  const { files, host } = machine;
  const checking = whenCopied();
  const [checked, synced, listing, reading] = await Promise.allSettled([
    checking,
    files.syncFileSystem(dirname(to)),
    files.attributes([from, to], true),
    afterwards(checking, () => readBareTree(host, to, { known })),
  ]);
  const copy = settled(reading);
  const attributes = settled(listing);
  // Looked at last: what is written to it until now is seen.
  const original = withAttributesIn(from, readBareTree(host, from, { known }), attributes);
  refuseUnequalCopy(from, to, original, withAttributesIn(to, copy, attributes), { begunAt });
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

/** File systems tell times in steps: of some milliseconds, of a second (ext3), of two (vfat). */
export const LONGEST_STEP_NS = 3_000_000_000n;

function refuseUnequalCopy(
  from: string,
  to: string,
  original: readonly PresentEntry[],
  copy: readonly PresentEntry[],
  { step, begunAt }: { step?: number; begunAt?: bigint },
): void {
  const differences = entryDifferences(original, copy, { root: to, directoryTimes: true });
  const [first] = differences;
  if (first === undefined) return;
  const now = BigInt(Date.now()) * 1_000_000n;
  const changed = differences.filter(({ what }) => what === 'time' || what === 'content');
  const paths = new Set(changed.map(({ path }) => path));
  const written = original.find(({ path, mtimeNs }) => {
    const isRecent =
      begunAt !== undefined && BigInt(mtimeNs) >= begunAt - LONGEST_STEP_NS && BigInt(mtimeNs) <= now;
    return isRecent && paths.has(inTree(to, path));
  });
  if (written !== undefined)
    throw new StepFailure(`${inTree(from, written.path)} was written to while it was copied`);
  const what = `${first.path}: ${first.what} is ${first.found}, not ${first.expected}`;
  throw new StepFailure(`the copy of ${from} is not equal to it: ${what}`, {}, step);
}
