import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { activatePackages } from '../../test/dcos-2.2/activate-packages.ts';
import { fixture, packageIds, SITE_PACKAGES } from '../../test/dcos-2.2/packages.ts';
import { render } from '../../test/dcos-2.2/render.ts';
import { largeCalc } from './large-calc.ts';
import { largeTemplate } from './large-template.ts';
import { Seeded } from './seeded.ts';
import { layServicePackage } from './service-package.ts';

const SERVICES = 75;
const IMAGE = packageIds['dcos-image'] ?? '';

/**
 * Lays out a node as large as one of DC/OS 2.2.1 in a directory that doesn't exist yet: the fixture's generator,
 * grown, and run in CPython; a package, a unit and an environment file for each of 75 services.
 */
export function buildLargeNode(root: string): void {
  const seeded = new Seeded(221);
  const services = Array.from({ length: SERVICES }, (_, index) => `dcos-${seeded.name(1)}-${index}`);
  cpSync(`${fixture}/node`, root, { recursive: true });
  const ids = ['dcos-image', 'mesos', 'telegraf'].map((name) => layFixturePackage(root, name));
  const sitePackages = `${root}/opt/mesosphere/packages/${IMAGE}/${SITE_PACKAGES}`;
  growGenerator(`${sitePackages}/gen`, services, seeded);
  ids.push(...layGenerated(root, sitePackages));
  ids.push(...services.map((service) => layServicePackage(root, service)));
  activatePackages(root, ids.toSorted());
}

function layFixturePackage(root: string, name: string): string {
  const id = packageIds[name] ?? name;
  cpSync(`${fixture}/packages/${name}`, `${root}/opt/mesosphere/packages/${id}`, { recursive: true });
  return id;
}

function growGenerator(gen: string, services: readonly string[], seeded: Seeded): void {
  const { text, added } = largeCalc(readFileSync(`${gen}/calc.py`, 'utf8'), seeded);
  writeFileSync(`${gen}/calc.py`, text);
  const template = readFileSync(`${gen}/dcos-config.yaml`, 'utf8');
  writeFileSync(`${gen}/dcos-config.yaml`, largeTemplate(template, services, added, seeded));
  for (const [file, lines] of [
    ['__init__.py', 804],
    ['internals.py', 855],
    ['template.py', 512],
    ['build_deploy/bash.py', 857],
  ] as const) {
    writeFileSync(`${gen}/${file}`, grown(readFileSync(`${gen}/${file}`, 'utf8'), lines, seeded));
  }
}

/** With functions that nothing calls, up to a number of lines. */
function grown(module: string, lines: number, seeded: Seeded): string {
  const parts = [module];
  for (let left = lines - module.split('\n').length; left > 0; left -= 10) {
    const name = `unused_${seeded.name(2)}_${left}`;
    parts.push(`

def ${name}(items, limit=${left}):
    """Never called; as long as what a generator has beside what a trace needs."""
    found = {}
    for index, item in enumerate(items):
        if index > limit:
            raise ValueError('More than {} items: {}'.format(limit, ', '.join(map(str, items))))
        found.setdefault(str(item), []).append(index)
    return {name: places for name, places in found.items() if len(places) > 1}
`);
  }
  return parts.join('');
}

function layGenerated(root: string, sitePackages: string): string[] {
  const generated = render(sitePackages, `${fixture}/config`);
  if ('errors' in generated)
    throw new Error(`the large generator refuses its config: ${JSON.stringify(generated)}`);
  for (const [id, files] of Object.entries(generated.packages)) {
    for (const { path, content, permissions = '0644' } of files) {
      const file = `${root}/opt/mesosphere/packages/${id}${path}`;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content, { mode: Number.parseInt(permissions, 8) });
    }
  }
  return Object.keys(generated.packages);
}
