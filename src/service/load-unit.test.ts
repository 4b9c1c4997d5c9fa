// Each of these was found by having systemd 252 and Cutover load the same files.
import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { dropInLevels, loadUnit } from './load-unit.ts';

const ETC = '/etc/systemd/system';
const LIB = '/usr/lib/systemd/system';
const UNIT = '[Service]\nExecStart=/usr/bin/lamp\n';

test('an alias leads to a name, whose first file in the search path counts', () => {
  const host = rootWith({
    [`${ETC}/beacon.service`]: `-> ${LIB}/lamp.service`,
    '/run/systemd/system/lamp.service': UNIT,
    [`${LIB}/lamp.service`]: UNIT,
  });
  const unit = loadUnit(host, 'beacon');
  expect(unit.fragment.path).toBe('/run/systemd/system/lamp.service');
  expect(unit.names).toEqual(['lamp.service', 'beacon.service']);
});

test('a chain of aliases is followed name by name', () => {
  const host = rootWith({
    [`${ETC}/beacon.service`]: '-> light.service',
    [`${ETC}/light.service`]: `-> ${LIB}/lamp.service`,
    [`${LIB}/lamp.service`]: UNIT,
  });
  const unit = loadUnit(host, 'lamp');
  expect(unit.fragment.path).toBe(`${LIB}/lamp.service`);
  expect(unit.names).toEqual(['lamp.service', 'beacon.service', 'light.service']);
});

test('a link that can be no alias is passed over', () => {
  const host = rootWith({
    [`${ETC}/lamp.service`]: `-> ${LIB}/horn.socket`,
    [`${LIB}/horn.socket`]: '[Socket]\n',
    [`${LIB}/lamp.service`]: UNIT,
  });
  expect(loadUnit(host, 'lamp').fragment.path).toBe(`${LIB}/lamp.service`);
});

test('a link out of the search path brings a unit file of its own', () => {
  const host = rootWith({
    [`${ETC}/lamp.service`]: '-> /srv/light.service',
    '/srv/light.service': UNIT,
  });
  const unit = loadUnit(host, 'lamp');
  expect([unit.name, unit.fragment.path]).toEqual(['lamp.service', `${ETC}/lamp.service`]);
});

test('an alias of a template is one of each instance', () => {
  const host = rootWith({
    [`${ETC}/beacon@.service`]: `-> ${LIB}/lamp@.service`,
    [`${LIB}/lamp@.service`]: UNIT,
  });
  expect(loadUnit(host, 'beacon@east').names).toEqual(['lamp@east.service', 'beacon@east.service']);
});

test('a link from an instance to a template is an alias of that instance alone', () => {
  const host = rootWith({
    [`${ETC}/lamp@.service`]: UNIT,
    [`${ETC}/lamp@fog.service`]: '-> lamp@.service',
    [`${ETC}/lamp@fog.service.d/fog.conf`]: '[Service]\nNice=7\n',
    [`${ETC}/beacon@east.service`]: '-> lamp@.service',
  });
  const loaded = (name: string): unknown => {
    const { names, dropIns } = loadUnit(host, name);
    return [names, dropIns.map(({ path }) => path)];
  };
  expect(loaded('lamp@west')).toEqual([['lamp@west.service'], []]);
  expect(loaded('lamp@fog')).toEqual([['lamp@fog.service'], [`${ETC}/lamp@fog.service.d/fog.conf`]]);
  expect(loaded('lamp@east')).toEqual([['lamp@east.service', 'beacon@east.service'], []]);
  expect(loaded('beacon@east')).toEqual([['lamp@east.service', 'beacon@east.service'], []]);
});

test('an instance with a file of its own is no alias, though its template is one', () => {
  const host = rootWith({
    [`${ETC}/lamp@.service`]: UNIT,
    [`${ETC}/beacon@.service`]: '-> lamp@.service',
    [`${ETC}/beacon@east.service`]: UNIT,
  });
  expect(loadUnit(host, 'lamp@east').names).toEqual(['lamp@east.service']);
  expect(loadUnit(host, 'lamp@west').names).toEqual(['lamp@west.service', 'beacon@west.service']);
});

test.each([
  ['lamp.service', ['lamp.service.d']],
  ['-lamp.service', ['-lamp.service.d']],
  ['-a-b.service', ['-a-b.service.d', '-a-.service.d']],
  ['--lamp.service', ['--lamp.service.d', '--.service.d']],
  ['-.service', ['-.service.d']],
  ['a--b.service', ['a--b.service.d', 'a--.service.d', 'a-.service.d']],
  ['a-.service', ['a-.service.d']],
  ['a-b-c.service', ['a-b-c.service.d', 'a-b-.service.d', 'a-.service.d']],
  [
    'a-b@x-y.service',
    ['a-b@x-y.service.d', 'a-b@.service.d', 'a-.service.d', 'a-@x-y.service.d', 'a-@.service.d'],
  ],
])('drop-in directories of %s', (name, levels) => {
  expect(dropInLevels(name)).toEqual(levels);
});

test('a hidden drop-in and one with another ending are not read', () => {
  const host = rootWith({
    [`${ETC}/lamp.service`]: UNIT,
    [`${ETC}/lamp.service.d/.hidden.conf`]: '[Service]\nNice=1\n',
    [`${ETC}/lamp.service.d/20.conf~`]: '[Service]\nNice=2\n',
    [`${ETC}/lamp.service.d/10.conf`]: '[Service]\nNice=3\n',
  });
  expect(loadUnit(host, 'lamp').dropIns.map(({ path }) => path)).toEqual([`${ETC}/lamp.service.d/10.conf`]);
});

const DROP_IN = `${ETC}/lamp.service.d/10.conf`;

test.each([
  ['a broken header', '[Service]\nNice=1\n[Service\nNice=2\n'],
  ['a line of a mebibyte', `[Service]\nNice=1\n# ${'x'.repeat(1024 * 1024)}\nNice=2\n`],
  ['a fatal value', '[Service]\nNice=1\nRootDirectory=relative\nNice=2\n'],
  ['a program that can be none', '[Service]\nNice=1\nExecStartPre=/bin/\nNice=2\n'],
])('of a drop-in with %s only what stands behind it is lost', (_, text) => {
  const host = rootWith({ [`${ETC}/lamp.service`]: UNIT, [DROP_IN]: text });
  const nice = loadUnit(host, 'lamp').assignments.filter(({ key }) => key === 'Nice');
  expect(nice.map(({ value }) => value.toString())).toEqual(['1']);
});

test('in the unit file itself a broken header makes systemd refuse the unit', () => {
  const host = rootWith({ [`${ETC}/lamp.service`]: `${UNIT}[Service\n` });
  expect(() => loadUnit(host, 'lamp')).toThrow("Invalid section header '[Service'");
});

test.each([
  ['lamp@é', "not 'é'", "cutover trace 'lamp@\\xc3\\xa9.service'"],
  ['lamp@a b', "not ' '", "cutover trace 'lamp@a\\x20b.service'"],
  ['lamp@$x', "not '$'", "cutover trace 'lamp@\\x24x.service'"],
])('%s is no name of a unit; the escaped one is said', (asked, why, next) => {
  const host = rootWith({ [`${ETC}/lamp@.service`]: UNIT });
  expect(() => loadUnit(host, asked)).toThrow(
    expect.objectContaining({
      what: `'${asked}' is not the name of a unit`,
      why: expect.stringContaining(why),
      next: expect.stringContaining(next),
    }),
  );
});

test('an escaped instance is loaded', () => {
  const host = rootWith({ [`${ETC}/lamp@.service`]: UNIT });
  expect(loadUnit(host, 'lamp@caf\\xc3\\xa9:a_b').name).toBe('lamp@caf\\xc3\\xa9:a_b.service');
});
