import type { Knowledge } from '../knowledge.ts';
import { ownerByDpkg } from './owner-by-dpkg.ts';

/** Debian and its derivatives: which package a file belongs to. */
export const debian: Knowledge = {
  id: 'debian',
  noteOn(host, path) {
    const owner = ownerByDpkg(host, path);
    if (owner === undefined) return undefined;
    return owner.conffile
      ? { owner: owner.package, survives: true, purpose: 'a configuration file of the package' }
      : { owner: owner.package, survives: false, purpose: 'replaced when the package is upgraded' };
  },
};
