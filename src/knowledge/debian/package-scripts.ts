import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';

const DIRECTORY = '/var/lib/dpkg/info';

/** The scripts that dpkg runs when packages are installed, upgraded and removed. Source: deb-preinst(5) and its like; dpkg(1), FILES. */
export function packageScripts(host: Host): readonly string[] {
  const names = ifReadable(() => host.list(DIRECTORY)) ?? [];
  return names
    .filter((name) => /\.(?:preinst|postinst|prerm|postrm)$/.test(name))
    .map((name) => `${DIRECTORY}/${name}`);
}
