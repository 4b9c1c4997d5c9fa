import { type Host, HostError } from '../host/host.ts';
import { UNIT_SEARCH_PATH } from '../service/unit-search-path.ts';

export interface Reader {
  readonly unit: string;
  readonly file: string;
}

const SIZE_LIMIT = 1024 * 1024;

/** Units other than `service` whose files name one of `paths` as a word of a line. Sorted by unit. */
export function readersOf(host: Host, service: string, paths: readonly string[]): Reader[] {
  const readers = new Map<string, Reader>();
  for (const directory of UNIT_SEARCH_PATH) {
    for (const name of host.list(directory) ?? []) {
      const isDropIns = name.endsWith('.d');
      const unit = isDropIns ? name.slice(0, -2) : name;
      if (unit === service) continue;
      const files = isDropIns
        ? (host.list(`${directory}/${name}`) ?? []).map((file) => `${directory}/${name}/${file}`)
        : [`${directory}/${name}`];
      for (const file of paths.filter((path) => files.some((unitFile) => names(host, unitFile, path)))) {
        readers.set(`${unit} ${file}`, { unit, file });
      }
    }
  }
  return [...readers.values()].sort((a, b) => (`${a.unit} ${a.file}` < `${b.unit} ${b.file}` ? -1 : 1));
}

function names(host: Host, unitFile: string, path: string): boolean {
  const text = textOf(host, unitFile);
  for (let at = text.indexOf(path); at !== -1; at = text.indexOf(path, at + 1)) {
    const lineStart = text.lastIndexOf('\n', at) + 1;
    const isComment = /^[ \t]*[#;]/.test(text.slice(lineStart, at));
    const ends = /[\s"':;]/.test(text[at + path.length] ?? '\n');
    const begins = /[\s"'=:-]/.test(text[at - 1] ?? '\n');
    if (!isComment && ends && begins) return true;
  }
  return false;
}

function textOf(host: Host, path: string): string {
  try {
    if (host.stat(path)?.type !== 'file') return '';
    return new TextDecoder().decode(host.readFile(path, SIZE_LIMIT));
  } catch (error) {
    if (error instanceof HostError) return ''; // a unit that can't be read has no known readers
    throw error;
  }
}
