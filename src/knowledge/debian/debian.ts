import type { Host } from '../../host/host.ts';
import type { Knowledge, PathNote } from '../knowledge.ts';
import { alternativeOf } from './alternative-of.ts';
import type { Diversion } from './diversions.ts';
import { packageScripts } from './package-scripts.ts';
import { type DpkgOwner, fileByDpkg } from './file-by-dpkg.ts';

/** Debian and its derivatives: which package a file belongs to, and what became of it since. */
export const debian: Knowledge = { id: 'debian', noteOn: noteOnDebianPath, packageScripts };

function noteOnDebianPath(host: Host, path: string): PathNote | undefined {
  const { owner, diversion } = fileByDpkg(host, path) ?? {};
  const alternative = alternativeOf(host, path);
  if (owner === undefined && diversion === undefined && alternative === undefined) return undefined;
  const purpose = [
    ...(alternative === undefined
      ? []
      : [
          `the alternative ${alternative.name} (${alternative.mode}), now ${alternative.value ?? 'without a file'}`,
        ]),
    ...(owner === undefined ? [] : [purposeOf(owner)]),
    ...(diversion === undefined ? [] : [diverted(diversion, owner)]),
  ].join('; ');
  if (owner === undefined) return { ...(diversion === undefined ? {} : { survives: true }), purpose };
  const { version } = owner;
  return {
    owner: owner.package,
    ...(version === undefined ? {} : { ownerVersion: version }),
    survives: owner.conffile !== undefined,
    purpose,
  };
}

function purposeOf({ conffile }: DpkgOwner): string {
  switch (conffile) {
    case 'as-shipped':
      return 'a configuration file of the package';
    case 'changed':
      return 'a configuration file of the package, changed since';
    case undefined:
      return 'replaced when the package is upgraded';
  }
}

/** Of a file that no package brought: what is at its place by the packages is kept where the diversion leads. */
function diverted({ from, to, by }: Diversion, owner: DpkgOwner | undefined): string {
  const left = owner === undefined ? '; packages leave this file alone' : '';
  return `${from} is diverted to ${to} by ${by ?? 'an administrator'}${left}`;
}
