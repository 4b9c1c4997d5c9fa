// Secrets that a change shows to others, and files that tomorrow's command is told to read.
import { describe, expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { buildGraph } from '../../graph/build-graph.ts';
import type { Graph } from '../../graph/graph.ts';
import { Subject } from '../../graph/subject.ts';
import type { GenericCheck } from '../generic-check.ts';
import { namedFilesCheck } from './named-files.ts';
import { secretsCheck } from './secrets.ts';

const UNIT = '/etc/systemd/system/lamp.service';
const ENV = '/etc/lamp.env';
const CONF = '/etc/lamp.conf';

interface Lamp {
  readonly unit?: string;
  readonly command?: string;
  readonly env?: string;
  readonly mode?: number;
  readonly files?: Readonly<Record<string, string>>;
}

function graph({ unit = '', command = '', env = '', mode = 0o600, files = {} }: Lamp): Graph {
  const host = rootWith({
    [UNIT]: `[Service]\nEnvironmentFile=${ENV}\nExecStart=/usr/bin/lamp ${command}\n${unit}`,
    [ENV]: { text: env, mode },
    [CONF]: { text: 'wick=flat\n', mode },
    ...files,
  });
  const replaced = { libraries: [], files: [CONF] };
  return buildGraph(new Subject(host, 'lamp', { knowledge: [] }), replaced);
}

function said(check: GenericCheck, today: Lamp, tomorrow: Lamp): string[] {
  const run = check.run(graph(today), graph(tomorrow));
  if ('couldNotRun' in run) throw new Error(run.couldNotRun);
  return run.findings.map(({ severity, subject, reason }) => `${severity}: ${subject}: ${reason}`);
}

describe('secrets', () => {
  const safe: Lamp = { env: 'OIL_PASSWORD=whale\nOIL=seal\n' };

  test('a password of a protected file that a line of the unit sets', () => {
    expect(said(secretsCheck, safe, { unit: 'Environment=OIL_TOKEN=whale\n' })).toEqual([
      'warning: OIL_TOKEN: It looks like a secret, and Environment= sets it, which systemctl show prints to every user. Today it is not to be seen so.',
    ]);
  });

  test('a file with a password, and a file that is written, that more may read than today', () => {
    expect(said(secretsCheck, safe, { ...safe, mode: 0o644 })).toEqual([
      `warning: OIL_PASSWORD: It looks like a secret, and it stands in ${ENV}, which everybody may read (0644). Today it is not to be seen so.`,
      `warning: ${CONF}: It has the mode 0644 tomorrow and 0600 today: everybody may read it then.`,
    ]);
    expect(said(secretsCheck, safe, { mode: 0o640 })).toEqual([
      `warning: ${CONF}: It has the mode 0640 tomorrow and 0600 today: its group may read it then.`,
    ]);
  });

  test.each(['--oil-password=whale', '--oil-password whale', 'postgres://keeper:whale@db/oil'])(
    'a command line with %s',
    (command) => {
      const [only, ...rest] = said(secretsCheck, {}, { command });
      expect(rest).toEqual([]);
      expect(only).toContain('it is on the command line, which ps shows to every user');
      expect(only).not.toContain('whale');
    },
  );

  test.each<[string, Lamp, Lamp]>([
    [
      'what is exposed today as well',
      { unit: 'Environment=A_TOKEN=1\n' },
      { unit: 'Environment=A_TOKEN=2\n' },
    ],
    ['the name of a file with a secret', {}, { unit: 'Environment=OIL_PASSWORD_FILE=/etc/oil\n' }],
    ['an option that names a file', {}, { command: '--oil-password-file /etc/oil --password-file=/etc/x' }],
    ['a password in a protected file', {}, safe],
    ['a mode that gets narrower', { mode: 0o644 }, { mode: 0o600 }],
    ['a setting that is no secret', {}, { unit: 'Environment=OIL=whale\n' }],
  ])('%s is none', (_, today, tomorrow) => {
    expect(said(secretsCheck, today, tomorrow)).toEqual([]);
  });
});

describe('files that options name', () => {
  test.each(['--config=/etc/gone.conf', '-c /etc/gone.conf', '--tls-cert-file /etc/gone.conf'])(
    'one that is not there: %s',
    (command) => {
      const option = command.split(/[= ]/)[0];
      expect(said(namedFilesCheck, { command }, { command })).toEqual([]);
      const today = { command, files: { '/etc/gone.conf': 'x' } };
      expect(said(namedFilesCheck, today, { command })).toEqual([
        `warning: ${option} /etc/gone.conf: /etc/gone.conf is not there tomorrow: a program that can not read what it is told to read ends, or goes on without it.`,
      ]);
    },
  );

  test('a new option with a file that nobody has brought', () => {
    expect(said(namedFilesCheck, { command: `-c ${CONF}` }, { command: '-c /etc/new.conf' })).toEqual([
      'warning: -c /etc/new.conf: /etc/new.conf is not there tomorrow: a program that can not read what it is told to read ends, or goes on without it.',
    ]);
  });

  test.each([
    ['one that is there', `--config=${CONF}`],
    ['one that the program makes', '--pid-file=/run/lamp.pid --config /run/lamp/made.conf'],
    ['one that is for writing', '--log-output /var/log/lamp.log'],
  ])('%s', (_, command) => {
    expect(said(namedFilesCheck, {}, { command })).toEqual([]);
  });
});
