import type { Host } from '../host/host.ts';
import { placesIn } from '../text/places-in.ts';
import type { Place } from '../text/place.ts';
import { type Searched, textFilesBelow } from './text-files-below.ts';

export interface NamingLines extends Searched {
  readonly places: readonly Place[];
}

/** Where text files below `directories` name one of `paths` as a whole word; links are not followed, binary files left out. */
export function linesThatName(
  host: Host,
  directories: readonly string[],
  paths: readonly string[],
): NamingLines {
  const places: Place[] = [];
  const searched = textFilesBelow(host, directories, ({ path, text }) => {
    if (!paths.includes(path)) places.push(...placesThatName(path, text, paths));
  });
  return { ...searched, places };
}

/** Where a text has one of `paths` as a whole word. */
export function placesThatName(file: string, text: string, paths: readonly string[]): Place[] {
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
