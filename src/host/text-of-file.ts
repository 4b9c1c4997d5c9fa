import type { Host } from './host.ts';

/**
 * The whole of a regular file as text, byte for byte where it is UTF-8; undefined where there is none. Throws `HostError`
 * for one that can't be read or is longer than `limit` bytes.
 */
export function textOfFile(host: Host, path: string, limit?: number): string | undefined {
  if (host.stat(path)?.type !== 'file') return undefined;
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(host.readFile(path, limit));
}
