import type { FileFacts, Host } from '../host/host.ts';

const MAX_LINKS = 40; // the kernel's own bound (path_resolution(7))

/** Where the directory entry of a path is. */
export interface EntryPlace {
  /** With the links on the way followed, as far as there is something; its last part is not followed. */
  readonly path: string;
  /** The links on the way, by the places they are at themselves. */
  readonly links: readonly string[];
  /** What is on the way and leads to no directory. */
  readonly blocked?: { readonly path: string; readonly isLink: boolean };
}

/** Finds it also where directories on the way are still to be made. */
export function placeOf(host: Host, path: string): EntryPlace {
  const pending = split(path);
  const last = pending.pop() ?? '';
  const links: string[] = [];
  let at = '';
  let missing = false;
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    if (name === '..') {
      at = at.slice(0, Math.max(0, at.lastIndexOf('/')));
      continue;
    }
    const inside = `${at}/${name}`;
    const type: FileFacts['type'] | undefined = missing ? undefined : host.lstat(inside)?.type;
    if (type === 'link') {
      links.push(inside);
      if (links.length > MAX_LINKS || host.stat(inside) === undefined)
        return { path, links, blocked: { path: inside, isLink: true } };
      const target = host.readLink(inside);
      if (target.startsWith('/')) at = '';
      pending.unshift(...split(target));
      continue;
    }
    if (type === 'file' || type === 'other') return { path, links, blocked: { path: inside, isLink: false } };
    missing = type === undefined;
    at = inside;
  }
  return { path: `${at}/${last}`, links };
}

function split(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}
