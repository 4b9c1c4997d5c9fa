import { parseArgs } from 'node:util';
import { RootedHost } from '../../src/host/rooted-host.ts';
import { bootMachine, type Machine } from '../hosts/machine.ts';
import { compareEnvironmentFile } from './compare-environment-files.ts';
import { compareProperties } from './compare-properties.ts';
import { environmentFileCases } from './environment-file-cases.ts';
import { environmentsOfSystemd } from './environments-of-systemd.ts';
import { propertiesOfSystemd, unitName } from './properties-of-systemd.ts';
import { unitCases } from './unit-cases.ts';

const USAGE = `npm run test:systemd -- [--seed N] [--cases N] [--units N]
Has a real systemd and Cutover read the same random environment files (10000) and units with drop-ins (2000).`;
const MOST_SHOWN = 20;
const print = (line: string) => process.stdout.write(`${line}\n`);

process.exitCode = await run();

async function run(): Promise<number> {
  const options = readOptions();
  if (options === undefined) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const { seed, files, units } = options;
  print(`seed ${seed}`);
  const machine = await bootMachine({ name: 'systemd-cases' });
  try {
    const differences = [
      ...(await compareFiles(machine, seed, files)),
      ...(await compareUnits(machine, seed, units)),
    ];
    for (const difference of differences.slice(0, MOST_SHOWN)) print(difference);
    print(`${differences.length} differences in ${files} environment files and ${units} units, seed ${seed}`);
    return differences.length === 0 ? 0 : 1;
  } finally {
    await machine.throwAway();
  }
}

function readOptions(): { seed: number; files: number; units: number } | undefined {
  try {
    const { values } = parseArgs({
      options: { seed: { type: 'string' }, cases: { type: 'string' }, units: { type: 'string' } },
    });
    const seed = Number(values.seed ?? Date.now() % 2 ** 31);
    const files = Number(values.cases ?? 10_000);
    const units = Number(values.units ?? 2000);
    return [seed, files, units].every((number) => Number.isSafeInteger(number) && number >= 0)
      ? { seed, files, units }
      : undefined;
  } catch {
    return undefined;
  }
}

async function compareFiles(machine: Machine, seed: number, count: number): Promise<string[]> {
  const cases = environmentFileCases(seed, count);
  const received = await environmentsOfSystemd(machine, cases);
  const differences = cases.flatMap(
    (content, index) => compareEnvironmentFile(content, received[index]) ?? [],
  );
  const refused = received.filter((variables) => variables === undefined).length;
  print(
    `${count} environment files, ${refused} of them refused by systemd: ${differences.length} differences`,
  );
  return differences;
}

async function compareUnits(machine: Machine, seed: number, count: number): Promise<string[]> {
  const cases = unitCases(seed, count);
  const shown = await propertiesOfSystemd(machine, cases);
  const host = new RootedHost(machine.root);
  let compared = 0;
  let refused = 0;
  const differences = shown.flatMap((properties, index) => {
    if (properties.get('LoadState') !== 'loaded') {
      refused += 1;
      return [];
    }
    const result = compareProperties(host, unitName(index), properties);
    compared += result.compared;
    if (result.differences.length === 0) return [];
    return [...result.differences, JSON.stringify(cases[index])];
  });
  print(
    `${count} units, ${refused} of them refused by systemd, ${compared} properties: ${differences.length} differences`,
  );
  return differences;
}
