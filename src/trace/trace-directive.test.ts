import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import type { Trace } from '../documents/trace.ts';
import { Subject } from '../graph/subject.ts';
import { traceDirective } from './trace-directive.ts';

const UNIT = '/usr/lib/systemd/system/lamp.service';
const ETC = '/etc/systemd/system/lamp.service.d';
const OWN = `${ETC}/90-cutover.conf`;
const LATE = `${ETC}/zz-late.conf`;

interface Files {
  readonly unit?: string;
  readonly late?: string;
  readonly system?: string;
}

function traced(name: string, { unit = '', late, system }: Files): Trace {
  const host = rootWith({
    [UNIT]: `[Service]\nExecStart=/usr/bin/lamp\n${unit}\n`,
    ...(late === undefined ? {} : { [LATE]: `[Service]\n${late}\n` }),
    ...(system === undefined ? {} : { '/etc/systemd/system.conf': system }),
  });
  return traceDirective(new Subject(host, 'lamp', { knowledge: [] }), name, { showSecrets: false });
}

const places = ({ overrides }: Trace): string[] => overrides.map(({ file, why }) => `${file}: ${why}`);
const LAST_WORD = `${LATE}: line 2 of it has the last word; a drop-in must have a name that sorts after zz-late.conf to beat it`;

test.each(['TimeoutStartSec', 'TimeoutStartUSec', 'TimeoutSec'])(
  'a line with the other name of a directive has the last word: asked for %s',
  (name) => {
    const trace = traced(name, { unit: 'TimeoutStartSec=5', late: 'TimeoutSec=77' });
    expect(trace.value).toBe('1min 17s');
    expect(places(trace)).toEqual([LAST_WORD]);
  },
);

test('a line that systemd ignores has no last word, nor has one of another section', () => {
  const trace = traced('Nice', { unit: 'Nice=5', late: 'Nice=20\n[Unit]\nNice=7' });
  expect(trace.value).toBe('5');
  expect(places(trace)).toEqual([`${OWN}: a drop-in is read after the unit file; the last line counts`]);
});

test('hints say the name that is written in unit files', () => {
  expect(places(traced('PropagatesStopTo', {}))).toEqual([
    `${OWN}: a drop-in adds to it; what is there can not be taken away by one`,
  ]);
  expect(places(traced('ReadWriteDirectories', { unit: 'ReadWritePaths=/lamp' }))).toEqual([
    `${OWN}: a drop-in adds to it; write ReadWriteDirectories= first to drop what is there`,
  ]);
  expect(places(traced('CapabilityBoundingSet', {}))).toEqual([
    `${OWN}: a drop-in adds to it; write CapabilityBoundingSet= first to drop what is there`,
  ]);
});

test.each([
  'RestrictNamespaces',
  'RestartPreventExitStatus',
  'RestartForceExitStatus',
  'Documentation',
  'Environment',
  'ReadWriteDirectories',
  'LoadCredential',
  'ExecStartPost',
  'SystemCallFilter',
  'ConditionPathExists',
])('%s is a list: lines add up', (name) => {
  expect(places(traced(name, {}))).toEqual([
    `${OWN}: a drop-in adds to it; write ${name}= first to drop what is there`,
  ]);
});

test('a late line of a list has the last word where it drops what stands before it', () => {
  const words = { unit: 'RestrictNamespaces=net', late: 'RestrictNamespaces=yes' };
  expect(places(traced('RestrictNamespaces', words))).toEqual([LAST_WORD]);
  const added = { unit: 'RestrictNamespaces=net', late: 'RestrictNamespaces=uts' };
  expect(places(traced('RestrictNamespaces', added))).toHaveLength(1);
  expect(places(traced('RestrictNamespaces', added))).not.toEqual([LAST_WORD]);
  expect(places(traced('BindPaths', { unit: 'BindPaths=/a', late: 'BindReadOnlyPaths=' }))).toEqual([
    LAST_WORD,
  ]);
});

test('an empty line takes no dependency away', () => {
  const trace = traced('After', { unit: '[Unit]\nAfter=sea.target\nAfter=\nAfter=fog.target' });
  expect(trace.value).toBe('sea.target fog.target');
  expect(trace.layers.map(({ operation, wins }) => [operation, wins])).toEqual([
    ['set', true],
    ['none', false],
    ['append', true],
  ]);
});

test('a directive that is not modelled is shown as it is written, and says so', () => {
  const trace = traced('SystemCallErrorNumber', { unit: 'SystemCallErrorNumber=EPERM' });
  expect(trace.value).toBe('EPERM');
  expect(trace.notExamined).toEqual(['what systemd makes of it: this directive is shown as it is written']);
  expect(traced('Nice', { unit: 'Nice=5' }).notExamined).toEqual([]);
});

test("a share of the machine's memory has no value on files alone", () => {
  const { value, confidence, layers } = traced('MemoryMax', { unit: 'MemoryMax=50%' });
  expect([value, confidence]).toEqual([null, 'unknown']);
  expect(layers).toMatchObject([
    { operation: 'set', wins: true, value: '50%', why: "50% of the machine's memory, which no file tells" },
  ]);
  expect(traced('LimitNOFILE', {})).toMatchObject({
    value: null,
    confidence: 'unknown',
    layers: [{ operation: 'default', why: 'systemd takes it over from the machine, which no file tells' }],
  });
});

test('of a system.conf that is too large it is said what can not be known, and the rest is traced', () => {
  const system = `[Manager]\n${'# lamp\n'.repeat(200_000)}`;
  const notRead = '/etc/systemd/system.conf: 1400010 bytes, more than the 1048576 that are read';
  const asked = traced('TimeoutStartSec', { system });
  expect([asked.value, asked.confidence]).toEqual([null, 'unknown']);
  expect(asked.notExamined).toEqual([`what the manager's configuration says: ${notRead}`]);
  expect(asked.layers).toMatchObject([
    {
      operation: 'default',
      value: null,
      why: "systemd's own default, unless a file that could not be read says otherwise",
    },
  ]);
  expect(traced('TimeoutStartSec', { system, unit: 'TimeoutStartSec=7' })).toMatchObject({
    value: '7s',
    notExamined: [],
  });
  expect(traced('Restart', { system })).toMatchObject({ value: 'no', notExamined: [] });
});
