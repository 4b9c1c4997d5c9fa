import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import type { Trace } from '../documents/trace.ts';
import { Subject } from '../graph/subject.ts';
import type { Knowledge, PathNote } from '../knowledge/knowledge.ts';
import { traceSetting } from './trace-setting.ts';

const UNIT = '/usr/lib/systemd/system/lighthouse.service';
const OTHER = '/usr/lib/systemd/system/make-lamp.service';

function trace(
  setting: string,
  lines: string,
  files: Record<string, string>,
  notes: Readonly<Record<string, PathNote>> = {},
): Trace {
  const unit = `[Service]\n${lines}\nExecStart=/usr/bin/lamp --env /run/lamp.env\n`;
  const known: Knowledge = { id: 'lamps', noteOn: (_, path) => notes[path] };
  const subject = new Subject(rootWith({ [UNIT]: unit, ...files }), 'lighthouse', { knowledge: [known] });
  return traceSetting(subject, setting, { showSecrets: false });
}

test('a file that the service itself writes before it starts', () => {
  const lines = "EnvironmentFile=-/run/lamp.env\nExecStartPre=/bin/sh -c 'echo LAMP=1 > /run/lamp.env'";
  const { writers, futileOverrides, notExamined } = trace('LAMP', lines, { '/run/lamp.env': 'LAMP=1\n' });
  expect(writers).toEqual([
    {
      program: '/bin/sh',
      via: { file: UNIT, line: 3 },
      unit: 'lighthouse.service',
      why: '> /run/lamp.env; before every start',
    },
  ]);
  expect(futileOverrides?.[0]).toEqual({
    file: '/run/lamp.env',
    why: `wins today, but /bin/sh writes it: ExecStartPre= of lighthouse.service (${UNIT}:3)`,
  });
  expect(notExamined).toEqual([]);
});

test('a file of another unit, in a script, that a timer starts', () => {
  const files = {
    '/var/lib/lamp.env': 'LAMP=1\n',
    [OTHER]: '[Service]\nExecStart=/usr/lib/make-lamp\n',
    '/usr/lib/systemd/system/make-lamp.timer': '[Timer]\nOnCalendar=daily\n',
    '/usr/lib/make-lamp': '#!/bin/sh\nexec /usr/bin/lamp-env > /var/lib/lamp.env\n',
  };
  const { writers } = trace('LAMP', 'EnvironmentFile=/var/lib/lamp.env', files);
  expect(writers).toEqual([
    {
      program: '/usr/bin/lamp-env',
      via: { file: OTHER, line: 2 },
      unit: 'make-lamp.service',
      why: '> /var/lib/lamp.env in /usr/lib/make-lamp:2; when make-lamp.service runs, which make-lamp.timer starts',
    },
  ]);
});

test('a program that only names the file is told as inferred; the service itself is its reader', () => {
  const lines = 'EnvironmentFile=-/run/lamp.env\nExecStartPre=/usr/bin/lamp-env /run/lamp.env';
  expect(trace('LAMP', lines, { '/run/lamp.env': 'LAMP=1\n' }).writers).toEqual([
    {
      program: '/usr/bin/lamp-env',
      via: { file: UNIT, line: 3 },
      unit: 'lighthouse.service',
      why: 'inferred: lamp-env is given its path; whether it reads or writes the file is not told; before every start',
    },
  ]);
});

test('a line of tmpfiles.d', () => {
  const line = 'f /run/lamp.env 0600 - - - LAMP=1\n';
  const files = { '/run/lamp.env': 'LAMP=1\n', '/usr/lib/tmpfiles.d/lamp.conf': line };
  expect(trace('LAMP', 'EnvironmentFile=/run/lamp.env', files).writers).toEqual([
    {
      program: 'systemd-tmpfiles',
      via: { file: '/usr/lib/tmpfiles.d/lamp.conf', line: 1 },
      unit: 'systemd-tmpfiles-setup.service',
      why: 'a line of type f: at boot, where it does not exist',
    },
  ]);
});

test('a file that is absent until a program writes the variable into it', () => {
  const lines = [
    'Environment=LAMP=0',
    'EnvironmentFile=-/run/lamp.env',
    "ExecStartPre=/bin/sh -c 'echo LAMP=1 > /run/lamp.env'",
  ].join('\n');
  expect(trace('LAMP', lines, {}).writers).toEqual([
    {
      program: '/bin/sh',
      via: { file: UNIT, line: 4 },
      unit: 'lighthouse.service',
      why: '> /run/lamp.env; before every start; /run/lamp.env is absent until then',
    },
  ]);
  expect(trace('LAMP', lines.replace('LAMP=1', 'BLAMP=1'), {}).writers).toBe(undefined);
});

test('what will be written beats a line of the unit, though it is absent today', () => {
  const lines = "EnvironmentFile=-/run/lamp.env\nExecStartPre=/bin/sh -c 'echo LAMP=1 > /run/lamp.env'";
  const dropIns = '/etc/systemd/system/lighthouse.service.d';
  const { overrides, futileOverrides } = trace('LAMP', lines, {});
  expect(overrides.map(({ file, why }) => [file, why])).toEqual([
    [
      `${dropIns}/90-cutover.conf`,
      'a drop-in with EnvironmentFile= of its own (Environment= would lose to the environment files)',
    ],
  ]);
  expect(futileOverrides?.slice(0, 2)).toEqual([
    {
      file: `${dropIns}/override.conf`,
      why: 'Environment= there loses to every environment file: /run/lamp.env sets it',
    },
    {
      file: '/run/lamp.env',
      why: `would win, but /bin/sh writes it: ExecStartPre= of lighthouse.service (${UNIT}:3)`,
    },
  ]);
});

test('a file that knowledge says a program will make', () => {
  const writer = { program: 'lamp-env', why: 'makes LAMP of the weather', variables: ['LAMP'] };
  const lines =
    'EnvironmentFile=-/etc/lamp\nEnvironmentFile=-/var/lib/lamp.env\nExecStartPre=/opt/lamp-env x';
  const notes: Record<string, PathNote> = {
    '/var/lib/lamp.env': { survives: true, intended: 'special', purpose: 'made once', writer },
  };
  const { writers, futileOverrides } = trace('LAMP', `${lines}\nExecStartPre=/bin/lamp $LAMP`, {}, notes);
  expect(writers?.map(({ why }) => why)).toEqual([
    'makes LAMP of the weather; it runs before every start; /var/lib/lamp.env is absent until then',
  ]);
  expect(futileOverrides?.[0]).toEqual({
    file: '/etc/lamp',
    why: 'read before /var/lib/lamp.env, which sets it too',
  });
});

test('knowledge says who writes; the line that runs it is found by the path, or by the program', () => {
  const writer = { program: 'lamp-env', why: 'makes LAMP of the weather' };
  const notes = { '/var/lib/lamp.env': { writer } };
  const files = { '/var/lib/lamp.env': 'LAMP=1\n' };
  const read = 'EnvironmentFile=/var/lib/lamp.env';
  for (const command of ['/opt/bin/lamp-env /var/lib/lamp.env', '/opt/bin/lamp-env --all']) {
    expect(trace('LAMP', `${read}\nExecStartPre=${command}`, files, notes).writers).toEqual([
      {
        program: '/opt/bin/lamp-env',
        via: { file: UNIT, line: 3 },
        unit: 'lighthouse.service',
        why: 'makes LAMP of the weather; it runs before every start',
      },
    ]);
  }
  const other = { ...files, [OTHER]: '[Service]\nExecStart=/opt/bin/lamp-env\n' };
  expect(trace('LAMP', read, other, notes).writers?.[0]).toMatchObject({ unit: 'make-lamp.service' });
  expect(trace('LAMP', read, files, notes)).toMatchObject({
    notExamined: [
      'who writes /var/lib/lamp.env: lamp-env does (makes LAMP of the weather), and no unit of this host was found that runs it',
    ],
  });
});

test('where nothing is found to write a file it is said; not of a file that a package or the operator owns', () => {
  const files = { '/etc/lamp.env': 'LAMP=1\n' };
  const notExamined = (note: PathNote): string[] =>
    trace('LAMP', 'EnvironmentFile=/etc/lamp.env', files, { '/etc/lamp.env': note }).notExamined;
  expect(notExamined({})).toEqual([
    'who writes /etc/lamp.env: no package is known to own it, and nothing on this host was found that writes it',
  ]);
  expect(notExamined({ owner: 'lamp' })).toEqual([]);
  expect(notExamined({ intended: 'operator' })).toEqual([]);
});

test('no secret of a command is told', () => {
  const lines = [
    'Environment=KEEPER_TOKEN=gull',
    'EnvironmentFile=-/run/lamp.env',
    'ExecStartPre=/bin/sh -c \'echo "LAMP=${KEEPER_TOKEN} PASSWORD=tern" > /run/lamp.env\'',
    'ExecStartPre=/usr/bin/lamp-env --password heron --out /run/lamp.env',
  ].join('\n');
  const found = trace('LAMP', lines, { '/run/lamp.env': 'LAMP=1\n' });
  expect(found.writers).toHaveLength(2);
  expect(JSON.stringify(found)).not.toMatch(/gull|tern|heron/);
});
