// What Cutover reads of the services of Debian packages is what systemd says of them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RememberingHost } from '../../../src/host/remembering-host.ts';
import { RootedHost } from '../../../src/host/rooted-host.ts';
import { ALL_PROPERTIES } from '../../../src/service/directives/all-properties.ts';
import { hostServices } from '../../../src/service/host-services.ts';
import { loadUnit } from '../../../src/service/load-unit.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootMachine, type Machine } from '../../hosts/machine.ts';
import { COMMAND_DIRECTIVES } from '../../systemd/commands-of-systemd.ts';
import { compareUnit } from '../../systemd/compare-units.ts';
import { askSystemd } from '../../systemd/properties-of-systemd.ts';

const FETCHED = fileURLToPath(new URL('../../../.cache/service-packages', import.meta.url));

/** The packages that the set-up has fetched, with their units; undefined where it could not. */
function fetchedPackages(): { readonly layer: string; readonly names: readonly string[] } | undefined {
  const [digest] = existsSync(FETCHED) ? readdirSync(FETCHED).filter((name) => !name.startsWith('new-')) : [];
  if (digest === undefined) return undefined;
  const names = readFileSync(`${FETCHED}/${digest}/names`, 'utf8').trimEnd().split('\n');
  return { layer: `${FETCHED}/${digest}/layer`, names };
}

const print = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

describeOnMachine('the services of Debian packages', () => {
  const packages = fetchedPackages();
  let machine: Machine;
  beforeAll(async () => {
    machine = await bootMachine({ name: 'packages' });
    if (packages === undefined) {
      print('NOT COMPARED: units of Debian packages, which the set-up could not fetch (apt-get download)');
      return;
    }
    // After the boot: nothing of them is to start.
    await machine.copyIn(packages.layer, '/packages');
    await machine.mustRunShell('cp -a /packages/. / && rm -r /packages && systemctl daemon-reload');
  });
  afterAll(async () => {
    await machine.throwAway();
  });

  test('every property that is modelled is what systemctl show says', async () => {
    const host = new RememberingHost(new RootedHost(machine.view));
    const { names, templates } = hostServices(host);
    const units = [...names, ...templates.map((template) => template.replace('@.', '@x-y.'))];
    const answers = await askSystemd(machine, units);
    const differences: string[] = [];
    const refused: string[] = [];
    let services = 0;
    let compared = 0;
    for (const [index, answer] of answers.entries()) {
      const result = compareUnit(host, units[index] ?? '', answer);
      if (result === undefined) {
        refused.push(units[index] ?? '');
        continue;
      }
      services += 1;
      compared += result.compared;
      differences.push(...result.differences);
    }
    print(
      `${services} services, ${packages?.names.length ?? 0} packages fetched: ${compared} values compared, ${differences.length} differ`,
    );
    print(`refused by systemd and by Cutover, ${refused.length}: ${refused.join(' ')}`);
    print(`not modelled: ${notModelled(host, units).join(' ')}`);
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(services * 100);
    if (packages !== undefined) {
      expect(packages.names.length).toBeGreaterThanOrEqual(80);
      expect(services).toBeGreaterThanOrEqual(150);
    }
  });
});

/** The directives of the units themselves that no property is worked out from, sorted. */
function notModelled(host: RememberingHost, units: readonly string[]): string[] {
  const modelled = new Set([
    ...ALL_PROPERTIES.flatMap(({ directives }) => directives),
    ...COMMAND_DIRECTIVES,
  ]);
  const used = units.flatMap((unit) => {
    try {
      return loadUnit(host, unit).assignments.filter(({ section }) => /^(Unit|Service)$/.test(section));
    } catch {
      return [];
    }
  });
  return [...new Set(used.map(({ key }) => key))].filter((key) => !modelled.has(key)).sort();
}
