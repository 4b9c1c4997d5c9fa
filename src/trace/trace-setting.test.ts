import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import type { Trace } from '../documents/trace.ts';
import { Subject } from '../graph/subject.ts';
import { traceAll, traceSetting } from './trace-setting.ts';

const UNIT = '/usr/lib/systemd/system/lighthouse.service';
const FILES = {
  [UNIT]: [
    '[Unit]',
    'After=network.target',
    '[Service]',
    'Environment=LAMP=dim KEEPER_PASSWORD=gull',
    'EnvironmentFile=/etc/default/lighthouse',
    'EnvironmentFile=-/etc/lighthouse/own.env',
    'ExecStart=/usr/bin/lamp $LAMP',
    'Restart=no',
    '',
  ].join('\n'),
  '/etc/default/lighthouse': '# brightness\nLAMP=bright\n',
  '/etc/systemd/system/lighthouse.service.d/restart.conf':
    '[Service]\nRestart=always\nExecStart=\nExecStart=/opt/lamp\n',
};

function trace(setting: string, showSecrets = false): Trace {
  const subject = new Subject(rootWith(FILES), 'lighthouse', { knowledge: [] });
  return traceSetting(subject, setting, { showSecrets });
}

test('each layer is data, with the line that reads it and its operation', () => {
  const { layers, value, confidence, hops } = trace('LAMP');
  expect({ value, confidence }).toEqual({ value: 'bright', confidence: 'parsed' });
  expect(layers).toEqual([
    { file: UNIT, line: 4, column: 1, operation: 'set', wins: false, optional: false, value: 'dim' },
    {
      file: '/etc/default/lighthouse',
      line: 2,
      column: 1,
      via: { file: UNIT, line: 5 },
      operation: 'set',
      wins: true,
      optional: false,
      value: 'bright',
    },
    {
      file: '/etc/lighthouse/own.env',
      via: { file: UNIT, line: 6 },
      operation: 'absent',
      wins: false,
      optional: true,
    },
  ]);
  expect(hops).toEqual([
    {
      kind: 'unit',
      file: UNIT,
      line: 5,
      column: 1,
      text: 'EnvironmentFile=/etc/default/lighthouse',
      name: 'EnvironmentFile',
    },
    {
      kind: 'environment-file',
      file: '/etc/default/lighthouse',
      line: 2,
      column: 1,
      text: 'LAMP=bright',
      name: 'LAMP',
    },
  ]);
});

test('a secret is masked everywhere in the document unless asked for', () => {
  const masked = trace('KEEPER_PASSWORD');
  expect(masked).toMatchObject({ value: null, masked: true, hops: [], slices: [] });
  expect(JSON.stringify(masked)).not.toContain('gull');
  expect(trace('KEEPER_PASSWORD', true)).toMatchObject({ value: 'gull' });
});

test('a single-valued directive: the last assignment wins', () => {
  const { value, layers } = trace('Restart');
  expect(value).toBe('always');
  expect(
    layers.map(({ file, line, operation, wins }) => [file.split('/').at(-1), line, operation, wins]),
  ).toEqual([
    ['lighthouse.service', 8, 'set', false],
    ['restart.conf', 2, 'set', true],
  ]);
});

test('a list directive: an empty assignment resets what stands before it', () => {
  const { value, layers } = trace('ExecStart');
  expect(value).toBe('/opt/lamp');
  expect(layers.map(({ operation, wins }) => [operation, wins])).toEqual([
    ['set', false],
    ['reset', false],
    ['append', true],
  ]);
});

test('without a setting, all variables and all directives', () => {
  const { traces } = traceAll(new Subject(rootWith(FILES), 'lighthouse', { knowledge: [] }), {
    showSecrets: false,
  });
  expect(traces.map(({ setting }) => setting)).toEqual([
    'KEEPER_PASSWORD',
    'LAMP',
    'PATH',
    'After',
    'Environment',
    'EnvironmentFile',
    'ExecStart',
    'Restart',
  ]);
  expect(JSON.stringify(traces)).not.toContain('gull');
});

test('a variable that only a command uses is not set, and has a place to be set', () => {
  const files = { ...FILES, [UNIT]: FILES[UNIT].replace('$LAMP', '$LAMP ${EXTRA}') };
  const subject = new Subject(rootWith(files), 'lighthouse', { knowledge: [] });
  const { value, hops, overrides } = traceSetting(subject, 'EXTRA', { showSecrets: false });
  expect({ value, hops }).toEqual({ value: null, hops: [] });
  expect(overrides[0]?.file).toBe('/etc/lighthouse/own.env');
});

test('a setting that nothing mentions is an error with the nearest name', () => {
  expect(() => trace('LAPM')).toThrow('lighthouse.service has no setting LAPM; did you mean LAMP?');
});

test('a default that a file which could not be read may change is said to be not examined', () => {
  const root = rootWith({
    '/usr/lib/systemd/system/lamp.service': '[Service]\nEnvironment=LAMP=dim\nExecStart=/usr/bin/lamp\n',
    '/etc/systemd/system.conf': '-> system.conf',
  });
  const subject = new Subject(root, 'lamp', { knowledge: [] });
  const notExamined = (name: string): string[] =>
    traceSetting(subject, name, { showSecrets: false }).notExamined;
  expect(notExamined('PATH')).toEqual([
    "what the manager's configuration says: /etc/systemd/system.conf: too many levels of symbolic links",
  ]);
  expect(notExamined('LAMP')).toEqual([]);
});

const SCATTERED = '/etc/systemd/system/buoy.service';

function scattered(): Subject {
  const text = [
    '[Unit]',
    'Description=right',
    'ExecStart=/bin/evil',
    '[Service]',
    'ExecStart=/usr/bin/buoy',
    'Description=wrong section',
    'Wants=zz.service',
    'nice=3',
    '[Install]',
    'ExecStart=/bin/evil2',
    '[Bell]',
    'ExecStartPre=/bin/evil3',
    '[X-Bell]',
    'ExecStart=/bin/evil4',
    '[unit]',
    'Description=low',
    '',
  ].join('\n');
  return new Subject(rootWith({ [SCATTERED]: text }), 'buoy', { knowledge: [] });
}

test('a directive counts in its own section alone; where else it stands, the line is shown as ignored', () => {
  const { value, layers, hops } = traceSetting(scattered(), 'ExecStart', { showSecrets: false });
  expect([value, hops.map(({ line }) => line)]).toEqual(['/usr/bin/buoy', [5]]);
  expect(layers.map(({ line, operation, wins, why }) => [line, operation, wins, why])).toEqual([
    [3, 'none', false, 'systemd ignores the line: ExecStart= belongs in [Service]'],
    [10, 'none', false, 'systemd ignores the line: ExecStart= belongs in [Service]'],
    [14, 'none', false, 'systemd ignores the line: [X-Bell] is left to other programs'],
    [5, 'set', true, undefined],
  ]);
});

test.each([
  ['Description', 'right', [6, 16, 2]],
  ['ExecStartPre', '', [12]],
  ['Wants', '', [7]],
  ['nice', '', [8]],
])('%s of a unit with lines in wrong sections', (name, value, lines) => {
  const trace = traceSetting(scattered(), name, { showSecrets: false });
  expect([trace.value, trace.layers.map(({ line }) => line)]).toEqual([value, lines]);
});

test('the table leaves out what systemd ignores for its section or name', () => {
  const { traces } = traceAll(scattered(), { showSecrets: false, detail: 'table' });
  expect(traces.filter(({ settingKind }) => settingKind === 'directive').map((one) => one.setting)).toEqual([
    'Description',
    'ExecStart',
  ]);
});

test('a directive that is lost behind a line that systemd refuses', () => {
  const file = '/etc/systemd/system/lamp.service';
  const host = rootWith({ [file]: '[Service]\nType=bogus\nExecStart=bin/lamp\nSlice=a.slice\n' });
  const subject = new Subject(host, 'lamp', { knowledge: [] });
  expect(() => traceSetting(subject, 'ExecStart', { showSecrets: false })).toThrow(
    expect.objectContaining({
      why: `Line 3 of ${file} does, but systemd refuses ExecStart= in line 3, and of the file all from there on is lost.`,
    }),
  );
});

test('a variable can be asked for as an entry of Environment, and the files by their name in systemctl show', () => {
  expect(trace('Environment[LAMP]')).toEqual(trace('LAMP'));
  expect(trace('EnvironmentFiles').layers).toEqual(trace('EnvironmentFile').layers);
  expect(() => trace('Environment[LAMPS]')).toThrow(
    'lighthouse.service has no setting LAMPS; did you mean LAMP?',
  );
});
