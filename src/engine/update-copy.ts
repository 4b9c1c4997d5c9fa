import type { Entry } from '../journal/entry.ts';
import { type CopyOf, copyTogether } from './copy-together.ts';
import { differenceInLooks } from './difference-in.ts';
import { entryDifferences } from './entry-differences.ts';
import { compareCopy, keepCopy, LONGEST_STEP_NS } from './keep-original.ts';
import {
  inTree,
  type KnownDigests,
  type PresentEntry,
  readBareTree,
  withAttributesIn,
} from './read-entries.ts';
import { settled } from './settled.ts';
import { staleIn } from './stale-in.ts';
import type { StepContext } from './step-action.ts';

/**
 * Makes a copy equal to its original, and brings it to the disk. `firstCopy` is what was in it when it was made, while the original was still
 * written to. Every file of the original is read, and what differs is copied again; where too much does, all is. Gives the entries of
 * the original, as `keepCopy` does.
 */
export async function updateCopy(
  context: Pick<StepContext, 'machine'>,
  from: string,
  to: string,
  {
    firstCopy,
    whenCopied,
  }: { readonly firstCopy: readonly Entry[]; readonly whenCopied: () => Promise<void> },
): Promise<readonly PresentEntry[]> {
  const { files, host } = context.machine;
  const [listing, reading] = await Promise.allSettled([
    files.attributes([from], true),
    Promise.resolve().then(() => readBareTree(host, from)),
  ]);
  const begunAt = BigInt(Date.now()) * 1_000_000n;
  const original = withAttributesIn(from, settled(reading), settled(listing));
  const seen = seenIn(from, original, begunAt);
  const differences = entryDifferences(original, firstCopy, { directoryTimes: true });
  const stale = staleIn(differences, original, firstCopy);
  // Nobody else should have written to the copy.
  const isAsMade = (await differenceInLooks(to, firstCopy, context)) === undefined;
  if (stale === undefined || !isAsMade) return await keepCopy(context, from, to, { whenCopied, known: seen });
  if (differences.length === 0) {
    await whenCopied();
    return original;
  }
  for (const path of stale.toRemove) files.removeTree(inTree(to, path));
  const copies = stale.toCopy.map((path): CopyOf => ({ from: inTree(from, path), to: inTree(to, path) }));
  if (copies.length > 0) await copyTogether(context.machine, `${to}.copies`, copies);
  for (const path of stale.holders) await files.copyTimes(inTree(from, path), inTree(to, path));
  const differing = new Set(differences.map(({ path }) => path));
  const kept = seenIn(
    to,
    firstCopy.filter(({ path }) => !differing.has(path)),
    begunAt,
  );
  // Read just now, or when the copy was made, and not written to since: read once.
  const known: KnownDigests = {
    digestOf: (path, facts) => seen.digestOf(path, facts) ?? kept.digestOf(path, facts),
  };
  return await compareCopy(context, from, to, { begunAt, whenCopied, known });
}

/** What the files of a tree held: of one that is written to since that is not known. */
function seenIn(root: string, entries: readonly Entry[], at: bigint): KnownDigests {
  const byPath = new Map(entries.map((entry) => [inTree(root, entry.path), entry]));
  return {
    digestOf: (path, { size, mtimeNs }) => {
      const entry = byPath.get(path);
      const isSame = entry?.type === 'file' && entry.size === size && entry.mtimeNs === String(mtimeNs);
      return isSame && mtimeNs < at - LONGEST_STEP_NS ? entry.sha256 : undefined;
    },
  };
}
