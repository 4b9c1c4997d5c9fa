import type { PropertyKind } from '../property.ts';
import { RESETS_WHEN_EMPTY, scalar } from './scalar.ts';

/** An absolute path without `..`, its doubled and last slashes left out. Source: path_simplify() of systemd 252. */
export function simplePath(path: string): string | undefined {
  if (!path.startsWith('/') || path.includes('\0')) return undefined;
  const components = path.split('/').filter((component) => component !== '' && component !== '.');
  return components.includes('..') ? undefined : `/${components.join('/')}`;
}

export const path: PropertyKind = scalar('an absolute path', simplePath, RESETS_WHEN_EMPTY);

/** A relative path is below /run; what is below /var/run is there too. */
export const pidFile: PropertyKind = scalar(
  'a path',
  (text) => {
    const absolute = simplePath(text.startsWith('/') ? text : `/run/${text}`);
    return absolute?.replace(/^\/var\/run\//, '/run/');
  },
  RESETS_WHEN_EMPTY,
);

/** `~` is the user's home; a leading `-` lets the directory be absent, which `systemctl show` writes `!`. */
export const workingDirectory: PropertyKind = scalar(
  'an absolute path or ~',
  (text) => {
    const optional = text.startsWith('-');
    const rest = optional ? text.slice(1) : text;
    const found = rest === '~' ? '~' : simplePath(rest);
    return found === undefined ? undefined : `${optional ? '!' : ''}${found}`;
  },
  RESETS_WHEN_EMPTY,
);
