import { expect, test } from 'vitest';
import { instanceLike, mayBeAlias, parseUnitName, templateOf } from './unit-name.ts';

test.each([
  ['lamp.service', { prefix: 'lamp', instance: undefined, suffix: '.service' }],
  ['lamp@.service', { prefix: 'lamp', instance: '', suffix: '.service' }],
  ['lamp@a@b.c.service', { prefix: 'lamp', instance: 'a@b.c', suffix: '.service' }],
])('%s', (name, parts) => {
  expect(parseUnitName(name)).toEqual(parts);
});

test('an instance has a template, and gives its instance to the template of another name', () => {
  expect(templateOf('lamp@east.service')).toBe('lamp@.service');
  expect(templateOf('lamp.service')).toBeUndefined();
  expect(instanceLike('beacon@.service', 'lamp@east.service')).toBe('beacon@east.service');
  expect(instanceLike('beacon.service', 'lamp@east.service')).toBe('beacon.service');
});

test.each([
  ['beacon.service', 'lamp.service', true],
  ['beacon.service', 'lamp.socket', false],
  ['beacon.service', 'lamp@east.service', false],
  ['beacon@.service', 'lamp@.service', true],
  ['beacon@.service', 'lamp.service', false],
  ['beacon@east.service', 'lamp@.service', true],
  ['beacon@east.service', 'lamp@west.service', false],
])('a link %s to %s is an alias: %s', (name, of, expected) => {
  expect(mayBeAlias(name, of)).toBe(expected);
});
