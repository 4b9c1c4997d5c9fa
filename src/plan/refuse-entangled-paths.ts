import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Host } from '../host/host.ts';
import { above } from './above.ts';
import { placeOf } from './place-of.ts';
import { reservedPath } from './reserved-path.ts';
import { shellWord } from '../text/shell-word.ts';

export interface TouchedPath {
  readonly path: string;
  /** What is written in its stead: for some the last part is followed, too. */
  readonly entry?: string | undefined;
  /** What the plan does with it. */
  readonly by: 'writes' | 'removes';
  /** The spec names it; else Cutover itself has chosen it. */
  readonly ofSpec: boolean;
}

/**
 * Throws `CouldNotRun` where links make two paths one place or lay one below another, where a path can be no file's,
 * and where one leads to what is Cutover's or the kernel's. Two that are the same to the letter are others' to refuse.
 */
export function refuseEntangledPaths(host: Host, touched: readonly TouchedPath[]): void {
  const placed = touched.map((one) => ({ ...one, place: placeOf(host, one.entry ?? one.path) }));
  const byPlace = new Map<string, (typeof placed)[number]>();
  for (const one of placed) {
    const { path, by, ofSpec, place } = one;
    if (place.blocked !== undefined && by === 'writes') throw noDirectory(path, place.blocked);
    const reserved = ofSpec ? reservedPath(place.path) : undefined;
    if (reserved !== undefined)
      throw new CouldNotRun(`${path} ${path === place.path ? '' : `is ${place.path}, which `}${reserved}`);
    const earlier = byPlace.get(place.path);
    if (earlier !== undefined && earlier.path !== path) throw sameFile(one.path, earlier);
    byPlace.set(place.path, one);
  }
  for (const { path, place } of placed) {
    const other = [...above(place.path), ...place.links].flatMap((parent) => byPlace.get(parent) ?? [])[0];
    if (other === undefined) continue;
    throw new CouldNotRun(`${path} is below ${other.path}, which the plan ${other.by}`, {
      why: 'A file has nothing below it, so one of the two could not be brought about.',
      next: 'Name one of the two, or directories that are apart.',
    });
  }
}

function sameFile(path: string, earlier: TouchedPath): CouldNotRun {
  return new CouldNotRun(`${path} and ${earlier.path} are one file, and the plan ${earlier.by} it already`, {
    why: 'A link on the way leads from the one to the other. What it shall be in the end would be a matter of order.',
    next: 'Name the file once, by one of its paths.',
  });
}

function noDirectory(path: string, { path: at, isLink }: { path: string; isLink: boolean }): CouldNotRun {
  return new CouldNotRun(
    `${path} can't be written: ${at} is ${isLink ? 'a link that leads nowhere' : 'no directory'}`,
    { next: `ls -ld ${shellWord(at)}` },
  );
}
