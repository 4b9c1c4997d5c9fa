import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { KeptPerHost } from '../../host/kept-per-host.ts';

/** What dpkg recorded of a package that is installed, or of which configuration files are left. */
export interface PackageStatus {
  readonly version: string;
  /** The MD5 sum of each configuration file as the package brought it, by path. */
  readonly conffiles: ReadonlyMap<string, string>;
}

const STATUS = '/var/lib/dpkg/status';
const SIZE_LIMIT = 128 * 1024 * 1024;

const texts = new KeptPerHost<string>();

/** Of `name` or `name:architecture`, as its list of files is called. Source: deb822(5), dpkg-query(1), Conffiles. */
export function packageStatus(host: Host, package_: string): PackageStatus | undefined {
  const [name = '', architecture] = package_.split(':');
  const text = texts.of(host, () => {
    const bytes = ifReadable(() => host.readFile(STATUS, SIZE_LIMIT));
    return bytes === undefined ? '' : `\n${new TextDecoder().decode(bytes)}`;
  });
  const head = `\nPackage: ${name}\n`;
  for (let at = text.indexOf(head); at !== -1; at = text.indexOf(head, at + 1)) {
    const end = text.indexOf('\n\n', at);
    const stanza = text.slice(at, end === -1 ? undefined : end + 1);
    const version = field(stanza, 'Version');
    if (version === undefined) continue;
    if (architecture !== undefined && field(stanza, 'Architecture') !== architecture) continue;
    return { version, conffiles: conffilesIn(stanza) };
  }
  return undefined;
}

function field(stanza: string, name: string): string | undefined {
  return new RegExp(`\\n${name}: (.*)\\n`).exec(stanza)?.[1];
}

/** Lines ` PATH MD5`, with a word behind for those that the package no longer brings. */
function conffilesIn(stanza: string): ReadonlyMap<string, string> {
  const block = /\nConffiles:\n((?: .*\n)+)/.exec(stanza)?.[1] ?? '';
  return new Map(
    [...block.matchAll(/^ (.+?) ([0-9a-f]{32})(?: obsolete)?(?: remove-on-upgrade)?$/gm)].map(
      ([, path = '', sum = '']) => [path, sum],
    ),
  );
}
