import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';
import { type Place, showPlace } from '../text/place.ts';
import { placesIn } from '../text/places-in.ts';
import { firstLineOf } from './first-line-of.ts';
import { placesThatName } from './lines-that-name.ts';
import { type Searched, type TextFile, textFilesBelow } from './text-files-below.ts';
import { UNIT_SEARCH_PATH } from './unit-search-path.ts';

/** A line elsewhere that names where a service listens. */
export interface AddressMention {
  /** Of those asked for. */
  readonly address: string;
  readonly place: Place;
}

/**
 * Where unit files, the environment files that they read, and text files of /etc name one of `addresses`: a path, or a port
 * as `22`, `127.0.0.1:22` or `53/udp`. A port counts behind a name of this machine (`localhost:22`) and behind a word that ends in
 * "port"; lines that begin with a comment do not. `own`: files that are not looked into.
 */
export function addressMentions(
  host: Host,
  addresses: readonly string[],
  own: ReadonlySet<string>,
): Searched & { readonly mentions: readonly AddressMention[] } {
  const patterns = addresses.flatMap((address) => patternOf(host, address) ?? []);
  const paths = addresses.filter((address) => address.startsWith('/'));
  const mentions = new Map<string, AddressMention>();
  const environmentFiles = new Set<string>();
  /** A line that names a port names it for version 4 and version 6 alike: it is told once. */
  const add = (address: string, place: Place): void => {
    const key = `${address.replace(/^\[::\]:/, '')} ${showPlace({ ...place, column: 1 })}`;
    if (!mentions.has(key)) mentions.set(key, { address, place });
  };
  const look = ({ path, text }: TextFile): void => {
    for (const [, file = ''] of text.matchAll(/^EnvironmentFile=-?(\/[^\s%*?[]+)/gm))
      environmentFiles.add(file);
    if (own.has(path)) return;
    for (const address of paths)
      for (const place of placesThatName(path, text, [address])) add(address, place);
    if (patterns.length === 0) return;
    const placeAt = placesIn(path, text);
    for (const { address, pattern } of patterns)
      for (const match of text.matchAll(pattern))
        if (!isComment(text, match.index)) add(address, placeAt(match.index + (match[1] ?? '').length));
  };
  const realOf = (path: string): string => ifReadable(() => host.realPath(path)) ?? path;
  const units = UNIT_SEARCH_PATH.filter((path) => !path.startsWith('/etc/')).map(realOf);
  const directories = [...new Set(units), '/etc'];
  const searched = textFilesBelow(host, directories, look);
  textFilesBelow(
    host,
    [...environmentFiles].filter((path) => !path.startsWith('/etc/')),
    look,
  );
  return { ...searched, mentions: [...mentions.values()] };
}

function isComment(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^\s*[#;]/.test(line) || /\s#/.test(line);
}

const EVERYWHERE = ['localhost', '127.0.0.1', '[::1]', '0.0.0.0', '[::]'];

function patternOf(host: Host, address: string): { address: string; pattern: RegExp } | undefined {
  const match = /^(?:(.*):)?(\d+)(?:\/udp)?$/.exec(address);
  if (match === null) return undefined;
  const [, at, port = ''] = match;
  const own = firstLineOf(host, '/etc/hostname')?.trim() ?? '';
  const isAny = at === undefined || at === '[::]';
  const isLocal = isAny || EVERYWHERE.includes(at);
  const names = [...(isLocal ? EVERYWHERE : [at]), ...(isAny && own !== '' ? [own] : [])];
  const machine = names.map((name) => name.replaceAll(/[^\w]/g, '\\$&')).join('|');
  return {
    address,
    pattern: new RegExp(
      `((?<![\\w.:-])(?:${machine}):|(?<=port|PORT|Port)["']?[ \\t]{0,20}[=:]?[ \\t]{0,20}["']?)${port}(?![\\w.:-]*\\w)`,
      'g',
    ),
  };
}
