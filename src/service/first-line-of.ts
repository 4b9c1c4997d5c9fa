import type { Host } from '../host/host.ts';

const LIMIT = 4096;

/** The first line of a small file without blanks around it; undefined for an empty one, and where there is no file. */
export function firstLineOf(host: Host, path: string): string | undefined {
  if (host.stat(path)?.type !== 'file') return undefined;
  return new TextDecoder().decode(host.readFile(path, LIMIT)).split('\n')[0]?.trim() || undefined;
}
