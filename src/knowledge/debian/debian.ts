import type { Host } from '../../host/host.ts';
import type { Knowledge, PathNote } from '../knowledge.ts';
import { alternativeOf } from './alternative-of.ts';
import { type DpkgOwner, ownerByDpkg } from './owner-by-dpkg.ts';

/** Debian and its derivatives: which package a file belongs to, and what became of it since. */
export const debian: Knowledge = { id: 'debian', noteOn: noteOnDebianPath };

function noteOnDebianPath(host: Host, path: string): PathNote | undefined {
  const owner = ownerByDpkg(host, path);
  const alternative = alternativeOf(host, path);
  if (owner === undefined && alternative === undefined) return undefined;
  const purpose = [
    ...(alternative === undefined
      ? []
      : [
          `the alternative ${alternative.name} (${alternative.mode}), now ${alternative.value ?? 'without a file'}`,
        ]),
    ...(owner === undefined ? [] : purposeOf(owner)),
  ].join('; ');
  if (owner === undefined) return { purpose };
  const { version } = owner;
  return {
    owner: owner.package,
    ...(version === undefined ? {} : { ownerVersion: version }),
    survives: owner.conffile !== undefined,
    purpose,
  };
}

function purposeOf({ conffile, diversion }: DpkgOwner): string[] {
  const diverted =
    diversion === undefined
      ? []
      : [`${diversion.from} is diverted to ${diversion.to} by ${diversion.by ?? 'an administrator'}`];
  switch (conffile) {
    case 'as-shipped':
      return ['a configuration file of the package', ...diverted];
    case 'changed':
      return ['a configuration file of the package, changed since', ...diverted];
    case undefined:
      return ['replaced when the package is upgraded', ...diverted];
  }
}
