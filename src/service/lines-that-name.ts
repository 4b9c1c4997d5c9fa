import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';
import { placesIn } from '../text/places-in.ts';
import type { Place } from '../text/place.ts';

const MOST_FILES = 20_000;
const DEEPEST = 8;
const SIZE_LIMIT = 256 * 1024;

export interface NamingLines {
  readonly places: readonly Place[];
  readonly files: number;
  /** The search was given up after that many files. */
  readonly isCut: boolean;
}

/** Where text files below `directories` name one of `paths` as a whole word; links are not followed, binary files left out. */
export function linesThatName(
  host: Host,
  directories: readonly string[],
  paths: readonly string[],
): NamingLines {
  const places: Place[] = [];
  let files = 0;
  const visit = (path: string, depth: number): void => {
    const facts = ifReadable(() => host.lstat(path));
    if (facts?.type === 'directory' && depth < DEEPEST) {
      for (const name of ifReadable(() => host.list(path)) ?? []) visit(`${path}/${name}`, depth + 1);
    }
    if (facts?.type !== 'file' || facts.size > SIZE_LIMIT || files >= MOST_FILES || paths.includes(path))
      return;
    files += 1;
    const text = ifReadable(() => new TextDecoder().decode(host.readFile(path, SIZE_LIMIT)));
    if (text === undefined || text.includes('\0')) return;
    places.push(...placesOf(path, text, paths));
  };
  for (const directory of directories) visit(directory, 0);
  return { places, files, isCut: files >= MOST_FILES };
}

function placesOf(file: string, text: string, paths: readonly string[]): Place[] {
  const found: number[] = [];
  for (const path of paths) {
    for (let at = text.indexOf(path); at !== -1; at = text.indexOf(path, at + path.length)) {
      const [before, after] = [text[at - 1] ?? ' ', text[at + path.length] ?? ' '];
      const isWhole =
        !/[\w.~/-]/.test(before) &&
        !/[\w-]/.test(after) &&
        !/^\.\w/.test(text.slice(at + path.length, at + path.length + 2));
      if (isWhole) found.push(at);
    }
  }
  const placeAt = placesIn(file, text);
  return found.sort((one, other) => one - other).map(placeAt);
}
