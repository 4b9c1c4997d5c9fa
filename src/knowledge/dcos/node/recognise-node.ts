import type { Host } from '../../../host/host.ts';
import { ifReadable } from '../../../host/if-readable.ts';
import type { ServiceStart } from '../../../service/service-start.ts';
import { ownerOfUnit } from '../owner-of-unit.ts';

const PACKAGES = '/opt/mesosphere/packages/';

/** A service that a package of DC/OS brings. */
export interface DcosService {
  /** `mesos--41b5…`. */
  readonly package: string;
  /** Where the unit is in the package: `dcos.target.wants_slave`. */
  readonly unitDirectory: string | undefined;
}

/**
 * Whose service it is, by its unit: up to 1.10 a link into a package, from 1.11 on a copy of a unit there. Undefined:
 * none of DC/OS.
 */
export function recogniseNode({ host, service: { unit } }: ServiceStart): DcosService | undefined {
  const { path } = unit.fragment;
  const real = ifReadable(() => host.realPath(path)) ?? path;
  const inPackage = real.startsWith(PACKAGES) ? real.slice(PACKAGES.length).split('/') : undefined;
  const owner = inPackage?.[0] ?? ownerOfUnit(host, path);
  if (owner === undefined) return undefined;
  return { package: owner, unitDirectory: inPackage?.[1] ?? directoryOf(host, owner, path) };
}

function directoryOf(host: Host, owner: string, path: string): string | undefined {
  const name = path.split('/').at(-1) ?? '';
  const home = `${PACKAGES}${owner}`;
  const directories = ifReadable(() => host.list(home)) ?? [];
  return directories.find(
    (directory) =>
      directory.startsWith('dcos.target.wants') && host.lstat(`${home}/${directory}/${name}`) !== undefined,
  );
}
