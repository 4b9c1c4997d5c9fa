import { HostError } from './host.ts';

const MAX_LINKS = 40; // the kernel's own bound (path_resolution(7))

export interface Resolved {
  /** The path inside the root with links followed. */
  readonly path: string;
  readonly exists: boolean;
}

/** The directory entries of a root. Paths are as seen inside it, free of links but for the last component. */
export interface Entries {
  /** Undefined where there is no entry. */
  readonly typeOf: (path: string) => string | undefined;
  readonly targetOf: (link: string) => string;
  /** Where directories lead to that were followed before; left out by who looks each time. */
  readonly followed?: Map<string, Resolved>;
}

/**
 * Follows `path` component by component: absolute links start at the root again and `..` stops there, so nothing
 * leads out. With `followLast` false the last component is not followed.
 */
export function followLinks(path: string, followLast: boolean, entries: Entries): Resolved {
  const cut = path.lastIndexOf('/');
  const directory =
    entries.followed === undefined ? undefined : followDirectory(path, path.slice(0, cut), entries);
  if (directory?.exists !== true) return follow(path, '', path, followLast, entries);
  const start = directory.path === '/' ? '' : directory.path;
  return follow(path, start, path.slice(cut + 1), followLast, entries);
}

function followDirectory(asked: string, path: string, entries: Entries): Resolved {
  const known = entries.followed?.get(path) ?? follow(asked, '', path, true, entries);
  entries.followed?.set(path, known);
  return known;
}

/** `asked` is what a complaint names. */
function follow(
  asked: string,
  start: string,
  path: string,
  followLast: boolean,
  { typeOf, targetOf }: Omit<Entries, 'followed'>,
): Resolved {
  const pending = split(path);
  let at = start;
  let links = 0;
  let missing = false;
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    if (name === '..') {
      at = at.slice(0, Math.max(0, at.lastIndexOf('/')));
      continue;
    }
    const inside = `${at}/${name}`;
    const type = missing ? undefined : typeOf(inside);
    if (type === undefined) missing = true;
    if (type === 'link' && (pending.length > 0 || followLast)) {
      links += 1;
      if (links > MAX_LINKS) throw new HostError(asked, 'link-loop', 'too many levels of symbolic links');
      const target = targetOf(inside);
      if (target.startsWith('/')) at = '';
      pending.unshift(...split(target));
      continue;
    }
    at = inside;
  }
  return { path: at === '' ? '/' : at, exists: !missing };
}

function split(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}
