import { parseArgs } from 'node:util';
import { RememberingHost } from '../../src/host/remembering-host.ts';
import { RootedHost } from '../../src/host/rooted-host.ts';
import { bootMachine, type Machine } from '../hosts/machine.ts';
import { compareEnvironmentFile } from './compare-environment-files.ts';
import { compareStarts } from './compare-starts.ts';
import { compareUnit } from './compare-units.ts';
import { environmentFileCases } from './environment-file-cases.ts';
import { environmentsOfSystemd } from './environments-of-systemd.ts';
import { unitsOfSystemd } from './properties-of-systemd.ts';
import { startCases } from './start-cases.ts';
import { type UnitCase, unitCases } from './unit-cases.ts';

const USAGE = `npm run test:systemd -- [--seed N] [--cases N] [--starts N] [--units N]
Has a real systemd and Cutover read the same random environment files (10000), units that are started for what their
processes get (1000), and units with drop-ins (2000).`;
const MOST_SHOWN = 60;
const print = (line: string) => process.stdout.write(`${line}\n`);

/** So many are on the machine at a time: systemd reads all directories of units over for each batch. */
const UNITS_AT_A_TIME = 200;

/** The names of all files and directories of cases. */
const BATCH_FILES = [
  '/etc/systemd/system',
  '/etc/systemd/system.control',
  '/etc/systemd/system.attached',
  '/run/systemd/system',
  '/run/systemd/system.control',
  '/run/systemd/system.attached',
  '/run/systemd/transient',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
]
  .map((directory) => `${directory}/c[0-9]*`)
  .join(' ');

const DEFAULTS = {
  '/etc/systemd/system.conf': [
    'DefaultTimeoutStartSec=45',
    'DefaultTimeoutStopSec=1min 5s',
    'DefaultRestartSec=250ms',
    'DefaultStartLimitBurst=7',
    'DefaultLimitNOFILE=1024:4096',
    'DefaultLimitCORE=infinity',
    'DefaultOOMPolicy=continue',
    'DefaultStandardOutput=null',
  ],
  '/run/systemd/system.conf.d/20-defaults.conf': ['DefaultStartLimitBurst=8', 'DefaultMemoryAccounting=no'],
  '/usr/lib/systemd/system.conf.d/10-defaults.conf': [
    'DefaultTimeoutAbortSec=20',
    'DefaultStartLimitIntervalSec=1min',
    'DefaultStartLimitBurst=9',
    'DefaultTasksMax=1000',
    'DefaultIPAccounting=yes',
    'DefaultStandardError=tty',
  ],
};

process.exitCode = await run();

async function run(): Promise<number> {
  const options = readOptions();
  if (options === undefined) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const { seed, files, starts, units } = options;
  print(`seed ${seed}`);
  const machine = await bootMachine({ name: 'systemd-cases' });
  try {
    const differences = [
      ...(await compareFiles(machine, seed, files)),
      ...(await compareStartedUnits(machine, seed, starts)),
      ...(await compareUnits(machine, seed, units)),
    ];
    for (const difference of differences.slice(0, MOST_SHOWN)) print(difference);
    print(
      `${differences.length} differences in ${files} environment files, ${starts} started units and ${units} units, seed ${seed}`,
    );
    return differences.length === 0 ? 0 : 1;
  } finally {
    await machine.throwAway();
  }
}

interface Options {
  readonly seed: number;
  readonly files: number;
  readonly starts: number;
  readonly units: number;
}

function readOptions(): Options | undefined {
  try {
    const { values } = parseArgs({
      options: {
        seed: { type: 'string' },
        cases: { type: 'string' },
        starts: { type: 'string' },
        units: { type: 'string' },
      },
    });
    const seed = Number(values.seed ?? Date.now() % 2 ** 31);
    const files = Number(values.cases ?? 10_000);
    const starts = Number(values.starts ?? 1000);
    const units = Number(values.units ?? 2000);
    return [seed, files, starts, units].every((number) => Number.isSafeInteger(number) && number >= 0)
      ? { seed, files, starts, units }
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

async function compareStartedUnits(machine: Machine, seed: number, count: number): Promise<string[]> {
  if (count === 0) return [];
  const differences = await compareStarts(machine, startCases(seed, count));
  print(`${count} started units: ${differences.length} differences`);
  return differences;
}

async function compareUnits(machine: Machine, seed: number, count: number): Promise<string[]> {
  const cases = unitCases(seed, count);
  const differences: string[] = [];
  let compared = 0;
  let refused = 0;
  let hasDefaults = false;
  for (let from = 0; from < count; from += UNITS_AT_A_TIME) {
    if (from >= count / 2 && !hasDefaults) {
      hasDefaults = true;
      await giveDefaults(machine);
    }
    const batch = cases.slice(from, from + UNITS_AT_A_TIME);
    const shown = await unitsOfSystemd(machine, batch);
    const host = new RememberingHost(new RootedHost(machine.view));
    for (const [index, unit] of shown.entries()) {
      const one = batch[index];
      if (one === undefined) continue;
      const result = compareUnit(host, one.unit, unit);
      if (result === undefined) refused += 1;
      compared += result?.compared ?? 0;
      if (result === undefined || result.differences.length === 0) continue;
      differences.push(...result.differences, shownCase(one));
    }
    await machine.mustRunShell(`rm -rf ${BATCH_FILES}`);
  }
  print(
    `${count} units, ${refused} of them refused by both, ${compared} properties: ${differences.length} differences`,
  );
  return differences;
}

/** The second half of the units is read by a manager with defaults of its own. */
async function giveDefaults(machine: Machine): Promise<void> {
  for (const [path, lines] of Object.entries(DEFAULTS))
    await machine.writeFile(path, `[Manager]\n${lines.join('\n')}\n`);
  await machine.mustRunShell('systemctl daemon-reexec', { timeout: 300_000 });
}

function shownCase({ files }: UnitCase): string {
  return files.map(({ path, content }) => `  ${path}: ${JSON.stringify(content).slice(0, 2000)}`).join('\n');
}
