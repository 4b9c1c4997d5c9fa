import { join } from 'node:path/posix';
import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { liveMachine } from '../host/machine/live-machine.ts';
import { removeHalfWritten, removeUnits, wantUnit, writeUnit } from './own-unit.ts';

const machine = liveMachine();
const { host } = machine;
const isThere = (path: string): boolean => host.lstat(path) !== undefined;

function place(files: Parameters<typeof rootWith>[0] = { '/units/other.service': '' }): {
  readonly unit: string;
  readonly wants: string;
  readonly link: string;
} {
  const units = join(rootWith(files).root, 'units');
  const wants = join(units, 'multi-user.target.wants');
  return { unit: join(units, 'cutover-own.service'), wants, link: join(wants, 'cutover-own.service') };
}

test('a unit is written over one of its name, and wanted by a link', () => {
  const { unit, link } = place({ '/units/cutover-own.service': 'old' });
  writeUnit(machine, unit, 'new');
  wantUnit(machine, unit, link);
  wantUnit(machine, unit, link);
  expect(new TextDecoder().decode(host.readFile(link))).toBe('new');
});

test('what was left when its writing was cut short is written anew', () => {
  const { unit } = place({ '/units/cutover-own.service.new': 'ne' });
  writeUnit(machine, unit, 'new');
  expect(new TextDecoder().decode(host.readFile(unit))).toBe('new');
  expect(isThere(`${unit}.new`)).toBe(false);
});

test('a directory of links that was made for it goes with it', () => {
  const { unit, wants, link } = place();
  writeUnit(machine, unit, 'new');
  wantUnit(machine, unit, link);
  removeUnits(machine, [link, unit]);
  expect(isThere(wants)).toBe(false);
  expect(isThere(unit)).toBe(false);
});

test('one that was there stays, though it is empty', () => {
  const { unit, wants, link } = place({ '/units/multi-user.target.wants/gone.service': '' });
  const gone = join(wants, 'gone.service');
  removeUnits(machine, [gone]);
  wantUnit(machine, unit, link);
  removeUnits(machine, [link]);
  expect(host.list(wants)).toEqual([]);
});

test('one that somebody else has put a link into stays, without a trace', () => {
  const { unit, wants, link } = place();
  wantUnit(machine, unit, link);
  machine.files.makeLink('/dev/null', join(wants, 'lamp.service'));
  removeUnits(machine, [link]);
  expect(host.list(wants)).toEqual(['lamp.service']);
});

test('one that another unit of Cutover stands in is kept until that goes too', () => {
  const { unit, wants, link } = place();
  const second = join(wants, 'cutover-second.service');
  wantUnit(machine, unit, link);
  wantUnit(machine, join(wants, '../cutover-second.service'), second);
  removeUnits(machine, [link]);
  expect(host.list(wants)).toContain('cutover-second.service');
  removeUnits(machine, [second]);
  expect(isThere(wants)).toBe(false);
});

test('of a unit that was about to be written anew the old one stays', () => {
  const { unit } = place({ '/units/cutover-own.service': 'old', '/units/cutover-own.service.new': 'ne' });
  removeHalfWritten(machine, unit);
  removeHalfWritten(machine, unit);
  expect(host.list(join(unit, '..'))).toEqual(['cutover-own.service']);
});
