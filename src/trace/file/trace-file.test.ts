import { expect, test } from 'vitest';
import { LAMP_ENV, lampGenerator } from '../../../test/lamp-generator.ts';
import { rootWith } from '../../../test/root-with.ts';
import { fileTraceSchema, type FileTrace } from '../../documents/file-trace.ts';
import { KnownHost } from '../../graph/known-host.ts';
import { traceFile } from './trace-file.ts';

const UNIT = '/usr/lib/systemd/system/lamp.service';
const FILES = {
  [UNIT]: [
    '[Service]',
    'EnvironmentFile=/etc/lamp.env',
    'EnvironmentFile=-/etc/default/lamp',
    'Environment="A_PASSWORD=tern" B=1',
    'ExecStart=/bin/lamp \\',
    '  --bright /etc/lamp.conf',
    'ExecStart=/bin/again',
    '',
  ].join('\n'),
  '/etc/lamp.env': LAMP_ENV,
  '/etc/lamp.link': '-> lamp.env',
  '/etc/default/lamp': '# the operator\nKEEPER=Una\n',
  '/etc/lamp.conf': 'key: gull\n',
  '/etc/empty': '',
  '/etc/picture': 'a\0b',
  '/etc/systemd/system/lamp.service.d/again.conf': '[Service]\nExecStart=\nExecStart=/bin/third\n',
};

function trace(
  path: string,
  line?: number,
  column?: number,
  files: Record<string, string> = FILES,
): FileTrace {
  const known = new KnownHost(rootWith(files), { knowledge: [lampGenerator] });
  const asked = {
    path,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
  return fileTraceSchema.parse(traceFile(known, asked, { showSecrets: false }));
}

test('a generated file: its template, who reads it, and the arguments with their lines', () => {
  const { generated, readBy, mode, slices } = trace('/etc/lamp.env');
  expect({ mode, slices }).toEqual({ mode: '0644', slices: [] });
  expect(readBy).toEqual([{ unit: 'lamp.service', how: 'environment-file', via: { file: UNIT, line: 2 } }]);
  expect(generated).toMatchObject({
    template: { file: '/opt/lamp/gen/lamp.yaml', line: 3, column: 11 },
    rerender: { result: 'identical' },
    notes: ['keeper was recovered from the file'],
  });
  expect(
    generated?.arguments.map(({ name, use, lines, setAt, why }) => [name, use, lines, setAt?.line, why]),
  ).toEqual([
    ['lamp', 'value', [1], 9, 'must'],
    ['keeper', 'value', [2], undefined, undefined],
    ['keeper_key', 'value', [3], 1, undefined],
    ['shore', 'case', [4], undefined, 'shore is "sea"'],
  ]);
});

test('a line: every slice of it, which together are the line', () => {
  const lines = LAMP_ENV.split('\n');
  for (const line of [1, 2, 4]) {
    const { text, slices } = trace('/etc/lamp.env', line);
    expect(text).toBe(lines[line - 1]);
    expect(slices.map((slice) => slice.text).join('')).toBe(`${lines[line - 1]}\n`);
  }
  expect(
    trace('/etc/lamp.env', 1).slices.map(({ text, column, origin }) => [text, column, origin.line]),
  ).toEqual([
    ['LAMP=', 1, 5],
    ['dim', 6, 2],
    [',', 9, 9],
    ['red', 10, 3],
    ['\n', 13, 5],
  ]);
});

test('a character: the slice that holds it, with its whole way', () => {
  const [slice, ...others] = trace('/etc/lamp.env', 1, 7).slices;
  expect(others).toEqual([]);
  expect(slice?.hops.map(({ kind, line }) => [kind, line])).toEqual([
    ['template', 5],
    ['expression', 9],
    ['constant', 2],
  ]);
  expect(trace('/etc/lamp.env', 1, 13).slices.map(({ text }) => text)).toEqual(['\n']);
});

test('what the operator gave and the file alone tells is an input', () => {
  expect(trace('/etc/lamp.env', 2, 8).slices[0]?.origin).toEqual({
    kind: 'input',
    name: 'keeper',
    file: '/etc/lamp.env',
    line: 2,
    column: 8,
  });
});

test('a link leads to the file; its target is named', () => {
  expect(trace('/etc/lamp.link', 1)).toMatchObject({
    file: '/etc/lamp.link',
    target: '/etc/lamp.env',
    text: 'LAMP=dim,red',
    readBy: [{ unit: 'lamp.service' }],
  });
});

test('a variable on the line, and whether the service gets it', () => {
  expect(trace('/etc/lamp.env', 1).assignment).toMatchObject({
    kind: 'variable',
    name: 'LAMP',
    value: 'dim,red',
    units: [{ unit: 'lamp.service', wins: true }],
  });
  expect(trace('/etc/lamp.env', 2).assignment?.units).toEqual([{ unit: 'lamp.service', wins: false }]);
  expect(trace('/etc/default/lamp', 1).assignment).toBeUndefined();
});

test('a directive on the line, one that is continued and one that is reset', () => {
  expect(trace(UNIT, 6).assignment).toMatchObject({
    kind: 'directive',
    name: 'ExecStart',
    section: 'Service',
    place: { line: 5 },
    units: [{ unit: 'lamp.service', wins: false }],
  });
  expect(trace(UNIT, 3).assignment).toMatchObject({ name: 'EnvironmentFile', units: [{ wins: true }] });
  expect(trace('/etc/systemd/system/lamp.service.d/again.conf', 3)).toMatchObject({
    readBy: [{ unit: 'lamp.service', how: 'drop-in' }],
    assignment: { value: '/bin/third', units: [{ wins: true }] },
  });
});

test('a file that a command names: who names it, but not what is in it', () => {
  expect(trace('/etc/lamp.conf', 1)).toMatchObject({
    readBy: [{ unit: 'lamp.service', how: 'named', via: { line: 5 } }],
    text: null,
    slices: [],
  });
});

test('secrets are masked: by their name, and because the generator counts them as such', () => {
  for (const asked of [trace('/etc/lamp.env', 3), trace('/etc/lamp.env', 3, 14), trace(UNIT, 4)]) {
    expect(asked.text).toBeNull();
    expect(JSON.stringify(asked)).not.toMatch(/gull|tern|secrets\.py","line":1,"column":8,"text"/);
  }
  expect(trace('/etc/lamp.env', 3).slices.map(({ masked }) => masked ?? false)).toEqual([false, true, false]);
});

test('where the file is not what the sources give, a line of its own is unknown', () => {
  const { slices, generated } = trace('/etc/lamp.env', 1, 2, {
    ...FILES,
    '/etc/lamp.env': LAMP_ENV.replace('dim,red', 'bright'),
  });
  expect(generated?.rerender.result).toBe('different');
  expect(slices[0]?.origin).toEqual({
    kind: 'unknown',
    reason: "the generator's sources give no such line; see where the file differs",
  });
  const next = trace('/etc/lamp.env', 2, 2, {
    ...FILES,
    '/etc/lamp.env': LAMP_ENV.replace('dim,red', 'bright'),
  });
  expect(next.slices[0]?.origin).toMatchObject({ kind: 'literal', file: '/opt/lamp/gen/lamp.yaml' });
});

test('what can not be answered says what there is', () => {
  expect(() => trace('/etc/lamp.env', 5)).toThrow('/etc/lamp.env has no line 5');
  expect(() => trace('/etc/lamp.env', 1, 14)).toThrow('/etc/lamp.env:1 has no column 14');
  expect(() => trace('/etc/lamp.env', 0)).toThrow('/etc/lamp.env has no line 0');
  expect(() => trace('/etc/empty', 1)).toThrow('/etc/empty has no line 1');
  expect(() => trace('/etc/picture', 1)).toThrow('/etc/picture is not a text file');
  expect(() => trace('/etc/lamp.evn')).toThrow(
    'There is no file /etc/lamp.evn on this root; did you mean /etc/lamp.env?',
  );
  expect(() => trace('/etc')).toThrow('/etc is a directory');
});

const HIDDEN = {
  '/usr/lib/systemd/system/bell.service': '[Service]\nExecStart=/bin/bell\n',
  '/usr/lib/systemd/system/bell.service.d/10-a.conf': '[Service]\nNice=1\n',
  '/etc/systemd/system/bell.service.d/10-a.conf': '-> /dev/null',
  '/usr/lib/systemd/system/bell.service.d/20-b.conf': '[Service]\nNice=2\n',
  '/run/systemd/system/bell.service.d/20-b.conf': '[Service]\nNice=3\n',
  '/etc/systemd/system/horn.service': '[Service]\nExecStart=/bin/horn\n',
  '/run/systemd/generator.early/horn.service': '[Service]\nExecStart=/bin/early\n',
  '/usr/lib/systemd/system/fog@.service': '[Service]\nExecStart=/bin/fog\n',
  '/etc/systemd/system/fog@.service': '[Service]\nExecStart=/bin/fog2\n',
  '/usr/lib/systemd/system/tide.timer': '[Timer]\n',
};

test.each([
  ['a drop-in that a link to /dev/null masks', '/usr/lib/systemd/system/bell.service.d/10-a.conf', []],
  ['a drop-in that one in /run hides', '/usr/lib/systemd/system/bell.service.d/20-b.conf', []],
  ['the one that hides it', '/run/systemd/system/bell.service.d/20-b.conf', ['bell.service']],
  ['a unit file that a generator hides', '/etc/systemd/system/horn.service', []],
  ['a template that one in /etc hides', '/usr/lib/systemd/system/fog@.service', []],
  ['the template that counts', '/etc/systemd/system/fog@.service', ['fog@.service']],
  ['a unit that is no service', '/usr/lib/systemd/system/tide.timer', ['tide.timer']],
])('who reads %s', (_, path, units) => {
  expect(trace(path, undefined, undefined, HIDDEN).readBy.map(({ unit }) => unit)).toEqual(units);
});
