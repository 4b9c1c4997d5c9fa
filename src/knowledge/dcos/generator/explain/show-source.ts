import { type Place, showPlace } from '../../../../text/place.ts';

/** A place for people: of the generator's sources as seen from the directory that holds `gen`, `gen/calc.py:352:9`. */
export function showSource(place: Place, { directory }: { readonly directory: string }): string {
  const parent = directory.slice(0, directory.lastIndexOf('/') + 1);
  const file = place.file.startsWith(parent) ? place.file.slice(parent.length) : place.file;
  return showPlace({ ...place, file });
}
