import type { Host } from '../host/host.ts';
import { matchesPattern } from '../text/matches-pattern.ts';

const MAX_MATCHES = 1000;

/** Existing paths that a glob(7) pattern (`*`, `?`, `[…]` within a component) matches, sorted. */
export function expandGlob(host: Host, pattern: string): string[] {
  if (!isPattern(pattern)) return host.stat(pattern) === undefined ? [] : [pattern];
  let paths = [''];
  for (const component of pattern.split('/').filter((name) => name !== '')) {
    paths = paths.flatMap((path) => matchesIn(host, path, component)).slice(0, MAX_MATCHES);
  }
  return paths.filter((path) => host.stat(path) !== undefined);
}

function matchesIn(host: Host, directory: string, component: string): string[] {
  if (!isPattern(component)) return [`${directory}/${component}`];
  return (host.list(directory === '' ? '/' : directory) ?? [])
    .filter((name) => component.startsWith('.') || !name.startsWith('.'))
    .filter((name) => matchesPattern(component, name))
    .map((name) => `${directory}/${name}`);
}

function isPattern(text: string): boolean {
  return /[*?[]/.test(text);
}
