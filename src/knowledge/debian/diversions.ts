import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { KeptPerHost } from '../../host/kept-per-host.ts';

/** A file that dpkg puts elsewhere than its package says. */
export interface Diversion {
  readonly from: string;
  readonly to: string;
  /** The package that asked for it and whose own file is not moved; undefined: an administrator. */
  readonly by: string | undefined;
}

const DIVERSIONS = '/var/lib/dpkg/diversions';
const SIZE_LIMIT = 16 * 1024 * 1024;

const diversionsOfHosts = new KeptPerHost<readonly Diversion[]>();

/** Source: dpkg-divert(1); three lines for each in /var/lib/dpkg/diversions, `:` for an administrator's. */
export function diversionsOf(host: Host): readonly Diversion[] {
  return diversionsOfHosts.of(host, () => {
    const bytes = ifReadable(() => host.readFile(DIVERSIONS, SIZE_LIMIT));
    const lines = bytes === undefined ? [] : new TextDecoder().decode(bytes).split('\n');
    const diversions: Diversion[] = [];
    for (let at = 0; at + 2 < lines.length; at += 3) {
      const [from = '', to = '', by = ''] = lines.slice(at, at + 3);
      diversions.push({ from, to, by: by === ':' ? undefined : by });
    }
    return diversions;
  });
}
