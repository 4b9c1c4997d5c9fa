import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { KeptPerHost } from '../../host/kept-per-host.ts';

const UNITS = '/etc/systemd/system/';
const ACTIVE = '/opt/mesosphere/active';
const PACKAGES = '/opt/mesosphere/packages/';
const WANTS = /^dcos\.target\.wants(?:_slave|_slave_public|_master)?$/;

/** The id of the package that a unit was copied from: the one in whose target's directory it is. */
export function ownerOfUnit(host: Host, path: string): string | undefined {
  const unit = path.startsWith(UNITS) ? path.slice(UNITS.length) : '';
  if (unit === '' || unit.includes('/') || host.lstat(`${UNITS}dcos.target.wants/${unit}`) === undefined)
    return undefined;
  return ownersOn.of(host, () => ownersOfUnits(host)).get(unit);
}

/** Packages are looked through once for a host, not once for each of its units. */
const ownersOn = new KeptPerHost<ReadonlyMap<string, string>>();

function ownersOfUnits(host: Host): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const name of listed(host, ACTIVE)) {
    const home = host.realPath(`${ACTIVE}/${name}`);
    if (home?.startsWith(PACKAGES) !== true) continue;
    for (const directory of listed(host, home).filter((entry) => WANTS.test(entry))) {
      for (const unit of listed(host, `${home}/${directory}`)) {
        if (!owners.has(unit)) owners.set(unit, home.slice(PACKAGES.length));
      }
    }
  }
  return owners;
}

/** What can't be listed owns nothing. */
function listed(host: Host, path: string): readonly string[] {
  return ifReadable(() => host.list(path)) ?? [];
}
