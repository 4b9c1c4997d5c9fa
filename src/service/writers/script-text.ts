import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { KeptPerHost } from '../../host/kept-per-host.ts';

/** In bytes: scripts that are longer are not read. */
const SIZE_LIMIT = 256 * 1024;

/** The text of a script (a file that begins with `#!`); undefined for anything else, and for what can't be read. */
export function scriptText(host: Host, path: string): string | undefined {
  const known = textsOfHosts.of(host, () => new Map());
  if (!known.has(path)) known.set(path, read(host, path));
  return known.get(path);
}

/** The same few programs are asked for by every unit of a host. */
const textsOfHosts = new KeptPerHost<Map<string, string | undefined>>();

function read(host: Host, path: string): string | undefined {
  const file = ifReadable(() => host.open(path));
  if (file === undefined) return undefined;
  try {
    if (file.size > SIZE_LIMIT || !isScript(file.read(0, 2))) return undefined;
    return new TextDecoder().decode(file.read(0, file.size));
  } finally {
    file.close();
  }
}

function isScript([first, second]: Uint8Array): boolean {
  return first === 0x23 && second === 0x21;
}
