import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { KeptPerHost } from '../../host/kept-per-host.ts';
import { isMask } from '../load-unit.ts';
import { UNIT_SEARCH_PATH } from '../unit-search-path.ts';

/** A link in a directory such as `multi-user.target.wants`: what `systemctl enable` makes. */
export interface DependencyLink {
  /** The unit whose directory it is: `multi-user.target`. */
  readonly of: string;
  readonly directive: 'Wants' | 'Requires' | 'Upholds';
  /** The unit that it pulls in, by the name of the link. */
  readonly unit: string;
  readonly path: string;
}

/**
 * The links of a host that make dependencies. Of two of one name the one in the earlier directory counts; one that leads to an
 * empty file or to /dev/null takes the dependency back. Source: process_deps() in src/core/load-dropin.c of systemd 252.
 */
export function dependencyLinks(host: Host): readonly DependencyLink[] {
  return LINKS.of(host, () => found(host));
}

const LINKS = new KeptPerHost<readonly DependencyLink[]>();

const DIRECTIVES = { wants: 'Wants', requires: 'Requires', upholds: 'Upholds' } as const;

function found(host: Host): DependencyLink[] {
  const links = new Map<string, DependencyLink | undefined>();
  for (const searched of UNIT_SEARCH_PATH) {
    for (const directory of ifReadable(() => host.list(searched)) ?? []) {
      const [, of, suffix] = /^(.+\.[a-z]+)\.(wants|requires|upholds)$/.exec(directory) ?? [];
      if (of === undefined || !isSuffix(suffix)) continue;
      for (const unit of ifReadable(() => host.list(`${searched}/${directory}`)) ?? []) {
        const path = `${searched}/${directory}/${unit}`;
        const key = `${directory}/${unit}`;
        if (links.has(key) || !isLink(host, path)) continue;
        const takesBack = ifReadable(() => isMask(host, path)) === true;
        links.set(key, takesBack ? undefined : { of, directive: DIRECTIVES[suffix], unit, path });
      }
    }
  }
  return [...links.values()].flatMap((link) => link ?? []);
}

function isSuffix(text: string | undefined): text is keyof typeof DIRECTIVES {
  return text !== undefined && text in DIRECTIVES;
}

function isLink(host: Host, path: string): boolean {
  return ifReadable(() => host.lstat(path))?.type === 'link';
}
