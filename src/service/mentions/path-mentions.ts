import { matchesPattern } from '../../text/matches-pattern.ts';
import { isInComment } from './command-mentions.ts';

export interface PathMention {
  /** Of those that are looked for. */
  readonly path: string;
  readonly offset: number;
}

/**
 * Finds where texts name one of `files`, by its path or by a pattern that it fits (`/var/log/lamp/*.log`), or something in one of
 * `directories`; lines that begin with a comment are left out. /var/run is /run, whichever of them is written.
 */
export function pathFinder(
  files: readonly string[],
  directories: readonly string[],
): (text: string) => PathMention[] {
  const byPath = new Map(files.map((path) => [plain(path), path]));
  const within = directories.map((path) => ({ path, prefix: `${plain(path)}/` }));
  const needles = new Set([...files, ...directories].map(needleOf));
  const targetOf = (word: string): string | undefined => {
    const exact = byPath.get(word);
    if (exact !== undefined) return exact;
    const holder = within.find(({ prefix }) => `${word}/`.startsWith(prefix));
    if (holder !== undefined) return holder.path;
    if (!/[*?[]/.test(word)) return undefined;
    for (const [path, target] of byPath) if (fits(word, path)) return target;
    return undefined;
  };
  return (text) => {
    if (![...needles].some((needle) => text.includes(needle))) return [];
    const found: PathMention[] = [];
    for (const match of text.matchAll(PATH)) {
      const path = targetOf(plain(match[0].replace(/[.\]]+$/, '')));
      if (path !== undefined && !isInComment(text, match.index)) found.push({ path, offset: match.index });
    }
    return found;
  };
}

const PATH = /(?<![\w.~*?$}])(?:(?<=file:)\/)?\/[\w.+@%~*?[\]/-]{1,4000}/g;

function plain(path: string): string {
  return path
    .replaceAll(/\/{2,}/g, '/')
    .replace(/(?<=.)\/$/, '')
    .replace(/^\/var\/run\//, '/run/');
}

/** What every text has that names the path, or a pattern for it: its first directories. */
function needleOf(path: string): string {
  const directories = plain(path).split('/').slice(0, -1).slice(0, 3);
  return directories.length < 2 ? plain(path) : directories.join('/');
}

/** A pattern of the shell, component by component. */
function fits(pattern: string, path: string): boolean {
  const [parts, names] = [pattern.split('/'), path.split('/')];
  return parts.length === names.length && parts.every((part, at) => matchesPattern(part, names[at] ?? ''));
}
