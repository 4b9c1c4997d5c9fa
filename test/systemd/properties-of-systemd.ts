import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Machine } from '../hosts/machine.ts';
import type { UnitCase } from './unit-cases.ts';

const BATCH = 40;

/** The name of the unit that a case becomes on the machine. */
export function unitName(index: number): string {
  return `case-${index}.service`;
}

/** Has systemd load each unit with its drop-ins, and brings back what `systemctl show` says of it. */
export async function propertiesOfSystemd(
  machine: Machine,
  cases: readonly UnitCase[],
): Promise<ReadonlyMap<string, string>[]> {
  const directory = mkdtempSync(join(tmpdir(), 'cutover-cases-'));
  try {
    for (const [index, { fragment, dropIns }] of cases.entries()) {
      const path = join(directory, unitName(index));
      writeFileSync(path, fragment);
      mkdirSync(`${path}.d`);
      for (const [order, text] of dropIns.entries()) writeFileSync(join(`${path}.d`, `${order}.conf`), text);
    }
    await machine.copyIn(directory, '/cases');
    await machine.mustRunShell(
      'cp -a /cases/. /etc/systemd/system/ && rm -r /cases && systemctl daemon-reload',
    );
    const shown: ReadonlyMap<string, string>[] = [];
    for (let from = 0; from < cases.length; from += BATCH) {
      const names = cases.slice(from, from + BATCH).map((_, index) => unitName(from + index));
      shown.push(...(await propertiesOf(machine, names)));
    }
    return shown;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What `systemctl show` says of each unit; a property that it prints several times has its lines joined. */
export async function propertiesOf(
  machine: Machine,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>[]> {
  const text = await machine.mustRunShell(`systemctl show --no-pager ${names.join(' ')}`);
  return text.split('\n\n').map((block) => {
    const properties = new Map<string, string>();
    for (const line of block.split('\n').filter((each) => each !== '')) {
      const name = line.slice(0, line.indexOf('='));
      const value = line.slice(name.length + 1);
      properties.set(name, properties.has(name) ? `${properties.get(name)}\n${value}` : value);
    }
    return properties;
  });
}
