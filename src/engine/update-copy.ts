import type { Entry } from '../journal/entry.ts';
import { comparedWithCopy } from './compare-with-copy.ts';
import { type CopyOf, copyTogether } from './copy-together.ts';
import { digestsOf, firstDifference } from './difference-in.ts';
import { entryDifferences } from './entry-differences.ts';
import { compareCopy, keepCopy, LONGEST_STEP_NS } from './keep-original.ts';
import {
  inTree,
  type KnownDigests,
  type PresentEntry,
  readBareTree,
  withAttributesIn,
} from './read-entries.ts';
import { afterwards, settled } from './settled.ts';
import { staleIn } from './stale-in.ts';
import type { StepContext } from './step-action.ts';

/** To look at more takes longer than systemctl does, whose answer would be heard late. */
const MANY = 10_000;

interface Update {
  /** What was in the copy when it was made, while the original was still written to. */
  readonly firstCopy: readonly Entry[];
  readonly whenCopied: () => Promise<void>;
}

/**
 * Makes a copy equal to its original, and brings it to the disk. Every file of the original is read, and what differs is copied
 * again; where too much does, all is. Gives the entries of the original, as `keepCopy` does.
 */
export async function updateCopy(
  context: Pick<StepContext, 'machine'>,
  from: string,
  to: string,
  { firstCopy, whenCopied }: Update,
): Promise<readonly PresentEntry[]> {
  const { files, host } = context.machine;
  if (host.lstat(to) === undefined) return await keepCopy(context, from, to, { whenCopied });
  const { original, differences, isAsMade, at } = await lookAtBoth(context, from, to, {
    firstCopy,
    whenCopied,
  });
  const seen = seenIn(from, original, at);
  const stale = isAsMade ? staleIn(differences, original, firstCopy) : undefined;
  if (stale === undefined)
    return await keepCopy(context, from, to, { whenCopied, known: isAsMade ? seen : undefined });
  if (differences.length === 0) return original;
  for (const path of stale.toRemove) files.removeTree(inTree(to, path));
  const copies = stale.toCopy.map((path): CopyOf => ({ from: inTree(from, path), to: inTree(to, path) }));
  if (copies.length > 0) await copyTogether(context.machine, `${to}.copies`, copies);
  for (const path of stale.holders) await files.copyTimes(inTree(from, path), inTree(to, path));
  const differing = new Set(differences.map(({ path }) => path));
  const kept = seenIn(
    to,
    firstCopy.filter(({ path }) => !differing.has(path)),
    at,
  );
  // Read just now, or when the copy was made, and not written to since: read once.
  const known: KnownDigests = {
    digestOf: (path, facts) => seen.digestOf(path, facts) ?? kept.digestOf(path, facts),
  };
  return await compareCopy(context, from, to, { begunAt: at, whenCopied, known });
}

/**
 * The entries of the original, read since `at`; its differences from what was copied; and whether the copy still is what it was: nobody
 * else should have written to it. Where the original does not differ `whenCopied` has run.
 */
async function lookAtBoth(
  { machine: { files, host } }: Pick<StepContext, 'machine'>,
  from: string,
  to: string,
  { firstCopy, whenCopied }: Update,
) {
  const at = BigInt(Date.now()) * 1_000_000n;
  const compared = comparedWithCopy(host, from, to, firstCopy);
  const [listing, reading] = await Promise.allSettled([
    files.attributes([from, to], true),
    Promise.resolve().then(() => readBareTree(host, from, { known: compared })),
  ]);
  const attributes = settled(listing);
  const original = withAttributesIn(from, settled(reading), attributes);
  const differences = entryDifferences(original, firstCopy, { directoryTimes: true });
  const checking = differences.length === 0 ? whenCopied() : Promise.resolve();
  const [checked, looking] = await Promise.allSettled([
    checking,
    afterwards(firstCopy.length > MANY ? checking : Promise.resolve(), () =>
      withAttributesIn(to, readBareTree(host, to, { known: digestsOf(to, firstCopy) }), attributes),
    ),
  ]);
  settled(checked);
  const contents = new Set(differences.flatMap(({ path, what }) => (what === 'content' ? [path] : [])));
  const isDamaged = [...compared.unlike].some((path) => !contents.has(path));
  const isAsMade = !isDamaged && firstDifference(to, firstCopy, settled(looking)) === undefined;
  return { original, differences, isAsMade, at };
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
