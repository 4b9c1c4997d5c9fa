import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Machine } from '../hosts/machine.ts';
import { commandsOf, type SystemdCommands } from './commands-of-systemd.ts';
import type { UnitCase } from './unit-cases.ts';

/** What systemd says of a unit. */
export interface SystemdUnit {
  readonly properties: ReadonlyMap<string, string>;
  readonly commands: SystemdCommands;
}

const PATIENCE = { timeout: 300_000 };

/** Has systemd load the unit of each case, and brings back what it says of it. The files stay. */
export async function unitsOfSystemd(machine: Machine, cases: readonly UnitCase[]): Promise<SystemdUnit[]> {
  const directory = mkdtempSync(join(tmpdir(), 'cutover-cases-'));
  try {
    chmodSync(directory, 0o755);
    for (const { path, content } of cases.flatMap(({ files }) => files)) {
      // Of the two spellings of one directory the machine has the one, and a link.
      const at = join(directory, path.replace(/^\/lib\//, '/usr/lib/'));
      mkdirSync(dirname(at), { recursive: true });
      rmSync(at, { force: true });
      if ('link' in content) symlinkSync(content.link, at);
      else writeFileSync(at, content.text, 'latin1');
    }
    await machine.copyIn(directory, '/cases');
    await machine.mustRunShell('cp -a /cases/. / && rm -r /cases && systemctl daemon-reload', PATIENCE);
    return await askSystemd(
      machine,
      cases.map(({ unit }) => unit),
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What systemd says of units that are there, whatever name they are asked for by. */
export async function askSystemd(machine: Machine, units: readonly string[]): Promise<SystemdUnit[]> {
  // Specifiers stand for the name that a unit was loaded by: that must be its own, not an alias.
  const asked = await propertiesOf(machine, units);
  const names = asked.map((properties) => properties.get('Id') ?? '');
  const shown = await propertiesOf(machine, names);
  const commands = await commandsOf(machine, names);
  return shown.map((properties, index) => ({ properties, commands: commands[index] ?? new Map() }));
}

const BATCH = 50;

/** What `systemctl show` says of each unit; a property that it prints several times has its lines joined. */
async function propertiesOf(
  machine: Machine,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>[]> {
  const shown: ReadonlyMap<string, string>[] = [];
  for (let from = 0; from < names.length; from += BATCH) {
    const batch = names.slice(from, from + BATCH);
    const { stdout } = await machine.run(['systemctl', 'show', '--no-pager', '--', ...batch], PATIENCE);
    const blocks = stdout.split('\n\n');
    if (blocks.length !== batch.length)
      throw new Error(`systemctl showed ${blocks.length} of ${batch.length} units, from ${batch[0]}`);
    shown.push(...blocks.map(propertiesIn));
  }
  return shown;
}

function propertiesIn(block: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const line of block.split('\n').filter((each) => each !== '')) {
    const name = line.slice(0, line.indexOf('='));
    const value = line.slice(name.length + 1);
    properties.set(name, properties.has(name) ? `${properties.get(name)}\n${value}` : value);
  }
  return properties;
}
