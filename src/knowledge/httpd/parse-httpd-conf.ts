import type { Place } from '../../text/place.ts';
import { placesIn } from '../../text/places-in.ts';
import type { ConfigurationWord } from '../configured-program/configuration.ts';

/** One line of httpd's configuration: a directive, or the start or end of a section. */
export interface HttpdLine {
  readonly kind: 'directive' | 'open' | 'close';
  /** In lower case: httpd does not tell cases apart. */
  readonly name: string;
  readonly words: readonly ConfigurationWord[];
  readonly place: Place;
}

/**
 * The lines of one file, variables not yet put in. A backslash before the end of a line joins the next one; `#` starts a
 * comment only at the start of a line. Source: ap_cfg_getline() and ap_getword_conf() in server/util.c of httpd 2.4.
 */
export function parseHttpdConf(file: string, text: string): HttpdLine[] {
  const placeAt = placesIn(file, text);
  const lines: HttpdLine[] = [];
  for (const match of text.matchAll(/(?:[^\n\\]|\\[^])+/g)) {
    // A joined line keeps its length, so that offsets stay true.
    const line = match[0].replace(/\\\r?\n/g, (join) => ' '.repeat(join.length));
    const start = match.index + line.length - line.trimStart().length;
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const section = /^<(\/?)([^\s>]+)([^]*?)>?$/.exec(trimmed);
    if (section === null) {
      const [name, ...words] = wordsIn(trimmed, (offset) => placeAt(start + offset));
      if (name !== undefined)
        lines.push({ kind: 'directive', name: name.text.toLowerCase(), words, place: name.place });
      continue;
    }
    const [, slash = '', name = '', rest = ''] = section;
    const from = 1 + slash.length + name.length;
    lines.push({
      kind: slash === '' ? 'open' : 'close',
      name: name.toLowerCase(),
      words: wordsIn(rest, (offset) => placeAt(start + from + offset)),
      place: placeAt(start),
    });
  }
  return lines;
}

/** Words are parted by blanks; in quotes a backslash keeps a quote of the same kind from ending them. */
function wordsIn(text: string, placeAt: (offset: number) => Place): ConfigurationWord[] {
  return [...text.matchAll(/"((?:\\"|[^"])*)"?|'((?:\\'|[^'])*)'?|\S+/g)].map(
    ([whole, double, single], index, all) => ({
      text: double?.replaceAll('\\"', '"') ?? single?.replaceAll("\\'", "'") ?? whole,
      place: placeAt(all[index]?.index ?? 0),
    }),
  );
}
