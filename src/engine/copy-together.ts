import { basename } from 'node:path/posix';
import type { Machine } from '../host/machine.ts';

export interface CopyOf {
  readonly from: string;
  readonly to: string;
}

/**
 * Copies files, links or trees by one program instead of one each: into `staging`, a directory that is not there before and
 * after, and from there each by a rename to its place on the same file system.
 */
export async function copyTogether(
  { files }: Pick<Machine, 'files'>,
  staging: string,
  copies: readonly CopyOf[],
): Promise<void> {
  files.makeDirectory(staging, 0o700);
  try {
    for (const round of withDifferentNames(copies)) {
      await files.copyInto(
        round.map(({ from }) => from),
        staging,
      );
      for (const { from, to } of round) files.rename(`${staging}/${basename(from)}`, to);
    }
  } catch (error) {
    files.removeTree(staging); // before the failure is written down: the disk may be full
    throw error;
  }
  files.removeTree(staging);
}

/** In as few lists as there are files of one name. */
function withDifferentNames(copies: readonly CopyOf[]): CopyOf[][] {
  const rounds: CopyOf[][] = [];
  const counts = new Map<string, number>();
  for (const copy of copies) {
    const name = basename(copy.from);
    const round = counts.get(name) ?? 0;
    counts.set(name, round + 1);
    const list = rounds[round] ?? [];
    list.push(copy);
    rounds[round] = list;
  }
  return rounds;
}
