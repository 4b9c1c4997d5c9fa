import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { Subject } from '../graph/subject.ts';
import { traceSetting } from './trace-setting.ts';

const UNIT = '/etc/systemd/system/bell.service';
const TEXT = [
  '[Service]',
  'ExecStart=/usr/bin/bell',
  'Environment=FOG=thick BAR=x',
  'Environment=',
  'PassEnvironment=HORN',
  'PassEnvironment=',
  'Environment=FOO=iron GOLD=real',
  'UnsetEnvironment=FOO=zinc GOLD=real TIDE',
].join('\n');

function layersOf(name: string): unknown[] {
  const subject = new Subject(rootWith({ [UNIT]: TEXT }), 'bell', { knowledge: [] });
  const { layers } = traceSetting(subject, name, { showSecrets: false });
  return layers.map(({ line, operation, wins, why }) => [line, operation, wins, why]);
}

const VOID = (line: number): string => `reset by the empty line ${UNIT}:${line}`;

test.each([
  ['BAR', [[3, 'reset', false, VOID(4)]]],
  ['HORN', [[5, 'reset', false, VOID(6)]]],
  ['TIDE', [[8, 'reset', false, 'unsets it']]],
  [
    'GOLD',
    [
      [7, 'set', false, undefined],
      [8, 'reset', false, 'unsets it'],
    ],
  ],
  [
    'FOO',
    [
      [7, 'set', true, undefined],
      [8, 'none', false, 'unsets the value zinc alone'],
    ],
  ],
])('what each line does to %s, and by which line it is void', (name, layers) => {
  expect(layersOf(name)).toEqual(layers);
});
