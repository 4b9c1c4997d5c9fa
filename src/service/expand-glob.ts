import type { Host } from '../host/host.ts';

const MAX_MATCHES = 1000;

/** Existing paths that a glob(7) pattern (`*`, `?`, `[…]` within a component) matches, sorted. */
export function expandGlob(host: Host, pattern: string): string[] {
  if (!/[*?[]/.test(pattern)) return host.stat(pattern) === undefined ? [] : [pattern];
  let paths = [''];
  for (const component of pattern.split('/').filter((name) => name !== '')) {
    paths = paths.flatMap((path) => matchesIn(host, path, component)).slice(0, MAX_MATCHES);
  }
  return paths.filter((path) => host.stat(path) !== undefined);
}

function matchesIn(host: Host, directory: string, component: string): string[] {
  if (!/[*?[]/.test(component)) return [`${directory}/${component}`];
  const expression = toExpression(component);
  return (host.list(directory === '' ? '/' : directory) ?? [])
    .filter((name) => expression.test(name) && (component.startsWith('.') || !name.startsWith('.')))
    .map((name) => `${directory}/${name}`);
}

function toExpression(component: string): RegExp {
  const source = component.replaceAll(/\[!?[^\]]*\]|[*?]|[^*?[]+|\[/g, (part) => {
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.startsWith('[') && part.endsWith(']'))
      return part.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${source}$`);
}
