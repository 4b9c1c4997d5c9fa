import { chmodSync, cpSync, existsSync, mkdirSync } from 'node:fs';
import { activatePackages } from './activate-packages.ts';
import { fixture, packageIds, SECRET_FILES } from './packages.ts';

/** Lays the fixture out as a node, in a directory that doesn't exist yet. Needs nothing but the checkout. */
export function layDcos22Node(root: string): void {
  cpSync(`${fixture}/node`, root, { recursive: true });
  for (const [name, id] of Object.entries(packageIds)) {
    const home = `${root}/opt/mesosphere/packages/${id}`;
    cpSync(`${fixture}/packages/${name}`, home, { recursive: true });
    for (const file of SECRET_FILES) if (existsSync(`${home}/${file}`)) chmodSync(`${home}/${file}`, 0o600);
  }
  mkdirSync(`${root}/var/lib/mesos/slave`, { recursive: true });
  activatePackages(root, Object.values(packageIds));
}
