import type { Host } from '../../host/host.ts';
import type { Place } from '../../text/place.ts';
import { asManagerReads } from '../as-manager-reads.ts';
import { expandSpecifiers } from '../specifiers.ts';
import { TracedText } from '../../text/traced-text.ts';
import { sameFile } from './same-file.ts';

/** A line of tmpfiles.d that makes or writes a file. */
export interface TmpfilesLine {
  readonly place: Place;
  /** Of systemd-tmpfiles, with its modifiers: `f`, `w+`, `L`. */
  readonly type: string;
  readonly writes: 'where it does not exist' | 'each time';
  /** As it stands there. */
  readonly text: string;
}

const DIRECTORIES = ['/etc', '/run', '/usr/local/lib', '/usr/lib'].map((top) => `${top}/tmpfiles.d`);
const SIZE_LIMIT = 1024 * 1024;

/** The line that counts for a path: the first of the files in the order of their names. Source: tmpfiles.d(5). */
export function tmpfilesLine(host: Host, target: string): TmpfilesLine | undefined {
  const files = new Map<string, string>();
  for (const directory of DIRECTORIES) {
    for (const name of host.list(directory) ?? []) {
      if (name.endsWith('.conf') && !files.has(name)) files.set(name, `${directory}/${name}`);
    }
  }
  for (const [, path] of [...files].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (asManagerReads(() => host.stat(path))?.type !== 'file') continue;
    const lines = new TextDecoder().decode(host.readFile(path, SIZE_LIMIT)).split('\n');
    for (const [index, line] of lines.entries()) {
      const place = { file: path, line: index + 1, column: 1 };
      const found = readLine(host, line, place);
      if (found !== undefined && sameFile(found.path, target)) return found;
    }
  }
  return undefined;
}

function readLine(host: Host, line: string, place: Place): (TmpfilesLine & { path: string }) | undefined {
  const match = /^\s*([fFwCL])([-+!=~^]*)\s+(?:"([^"]+)"|'([^']+)'|(\S+))/.exec(line);
  if (match === null) return undefined;
  const [, letter = '', modifiers = '', inDouble, inSingle, bare = ''] = match;
  const written = TracedText.literal(inDouble ?? inSingle ?? bare, place);
  const { text } = expandSpecifiers(host, 'systemd-tmpfiles-setup.service', written);
  const again = letter === 'w' || letter === 'F' || modifiers.includes('+');
  return {
    place,
    type: `${letter}${modifiers}`,
    path: text.toString(),
    text: line,
    writes: again ? 'each time' : 'where it does not exist',
  };
}
