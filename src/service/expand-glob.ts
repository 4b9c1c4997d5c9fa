import { Buffer } from 'node:buffer';
import type { Host } from '../host/host.ts';
import { matchesPattern } from '../text/matches-pattern.ts';
import { asManagerReads } from './as-manager-reads.ts';

const MAX_MATCHES = 1000;

/**
 * Paths that a glob(7) pattern (`*`, `?`, `[…]` within a component) matches, sorted; links are not followed to see
 * whether they lead anywhere. systemd has the locale C: `?` is one byte. A path without a pattern stands for itself, whatever is there. Source: glob(3).
 */
export function expandGlob(host: Host, pattern: string): string[] {
  if (!isPattern(pattern)) return [pattern];
  let paths = [''];
  for (const component of pattern.split('/').filter((name) => name !== '')) {
    paths = paths.flatMap((path) => matchesIn(host, path, component)).slice(0, MAX_MATCHES);
  }
  return paths.filter((path) => asManagerReads(() => host.lstat(path)) !== undefined);
}

/** Whether a pattern matches a path by its text, as if the path were there. */
export function globMatches(pattern: string, path: string): boolean {
  const [components, names] = [pattern, path].map((text) => text.split('/').filter((name) => name !== ''));
  if (components === undefined || names === undefined || components.length !== names.length) return false;
  return components.every((component, index) => matchesName(component, names[index] ?? ''));
}

function matchesIn(host: Host, directory: string, component: string): string[] {
  if (!isPattern(component)) return [`${directory}/${component}`];
  return (asManagerReads(() => host.list(directory === '' ? '/' : directory)) ?? [])
    .filter((name) => matchesName(component, name))
    .map((name) => `${directory}/${name}`);
}

function matchesName(component: string, name: string): boolean {
  if (!isPattern(component)) return component === name;
  const isShown = component.startsWith('.') || !name.startsWith('.');
  return isShown && matchesPattern(bytesOf(component), bytesOf(name));
}

/** One character for each byte. */
function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1');
}

/** Whether a path is a pattern to be expanded. */
export function isPattern(text: string): boolean {
  return /[*?[]/.test(text);
}
