import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { followLaunch } from './launch.ts';
import type { Launcher } from './launcher.ts';
import { loadService, mainCommand } from './service.ts';

const UNIT = '/etc/systemd/system/lighthouse.service';
const ELF = '\x7fELF stands in: only its first bytes are looked at here';
const PROGRAM = { text: ELF, mode: 0o755 };
const SYSTEM = {
  '/bin/sh': PROGRAM,
  '/usr/bin/lamp': PROGRAM,
  '/usr/bin/python3': PROGRAM,
  '/usr/bin/java': PROGRAM,
};

function launch(
  execStart: string,
  files: Parameters<typeof rootWith>[0] = {},
  launchers: readonly Launcher[] = [],
) {
  const host = rootWith({ [UNIT]: `[Service]\nExecStart=${execStart}\n`, ...SYSTEM, ...files });
  const command = mainCommand(loadService(host, 'lighthouse'));
  if (command === undefined) throw new Error('no ExecStart=');
  return followLaunch(host, command, new Map([['OIL', 'palm']]), { launchers });
}

const way = ({ hops }: ReturnType<typeof launch>) =>
  hops.map(({ kind, path, how, startedAt: { file, line } }) => `${kind} ${path}: ${how} ${file}:${line}`);

test('a shell that is given a text becomes its last command', () => {
  const started = launch(
    `/bin/sh -ec 'WICK=round; export WICK; cd /srv && nice -n 5 lamp "$OIL" $1' zero bright`,
  );
  expect(way(started)).toEqual([
    `program /bin/sh: ExecStart ${UNIT}:2`,
    `missing nice: sh -c ${UNIT}:2`,
    `program /usr/bin/lamp: nice ${UNIT}:2`,
  ]);
  expect([started.program, started.args, started.directory]).toEqual([
    '/usr/bin/lamp',
    ['palm', 'bright'],
    '/srv',
  ]);
  expect(started.environment.get('WICK')).toBe('round');
  expect(started.notExamined).toEqual([]);
});

test('a text whose end only running it tells leaves the shell as the program', () => {
  const started = launch(`/bin/sh -c 'lamp | logger; wait'`);
  expect(started.program).toBe('/bin/sh');
  expect(started.notExamined).toEqual([
    `${UNIT}:2:1: decided only when it runs: lamp | logger`,
    `${UNIT}:2:1: decided only when it runs: wait`,
    "/bin/sh -c: no 'exec' that could be followed; the shell itself stays the main process",
  ]);
});

test('a function that the text defines is followed, and not taken for a program', () => {
  const started = launch(`/bin/sh -c 'run() { exec lamp "$1"; }; run -v'`);
  expect([started.program, started.args]).toEqual(['/usr/bin/lamp', ['-v']]);
  expect(launch(`/bin/sh -c 'lamp() { :; }; lamp'`).program).toBe('/bin/sh');
});

test('a shell that is given a script follows it, whatever its first line', () => {
  const started = launch('/bin/sh -x /opt/start.sh now', {
    '/opt/start.sh': '[ "$1" = now ] && exec lamp -v\n',
  });
  expect(way(started)).toEqual([
    `program /bin/sh: ExecStart ${UNIT}:2`,
    `script /opt/start.sh: sh ${UNIT}:2`,
    'program /usr/bin/lamp: exec /opt/start.sh:1',
  ]);
  expect(way(launch('/bin/sh /opt/gone.sh'))[1]).toBe(`missing /opt/gone.sh: sh ${UNIT}:2`);
});

test('su runs a text with a shell; what PAM does is said', () => {
  const started = launch(`/bin/su keeper -s /bin/sh -c 'exec lamp -v'`);
  expect(way(started)).toEqual([
    `missing /bin/su: ExecStart ${UNIT}:2`,
    `program /bin/sh: su ${UNIT}:2`,
    `program /usr/bin/lamp: sh -c ${UNIT}:2`,
  ]);
  expect(started.notExamined).toEqual([
    "su: what PAM and, with a login, the shell's profile put into the environment",
  ]);
});

test('a script of another language ends at its interpreter, with the line that names it', () => {
  const started = launch('/opt/lamp.py -v', { '/opt/lamp.py': '#!/usr/bin/env -S python3 -u\n' });
  expect(way(started)).toEqual([
    `script /opt/lamp.py: ExecStart ${UNIT}:2`,
    'missing /usr/bin/env: #! /opt/lamp.py:1',
    'program /usr/bin/python3: env /opt/lamp.py:1',
  ]);
  expect(started.args).toEqual(['-u', '/opt/lamp.py', '-v']);
});

test('an interpreter reads the files that its arguments name', () => {
  const read = (execStart: string) =>
    launch(execStart, { '/opt/lamp.jar': '' }).hops.map(({ sources }) =>
      sources.map(({ path, exists }) => `${path} ${exists}`),
    );
  expect(read('/usr/bin/python3 -u -W error /opt/lamp.py -v')).toEqual([['/opt/lamp.py false']]);
  expect(read('/usr/bin/python3 -m lamp')).toEqual([[]]);
  expect(read('/usr/bin/java -Xmx1g -javaagent:/opt/agent.jar=7 -jar /opt/lamp.jar -v')).toEqual([
    ['/opt/lamp.jar true', '/opt/agent.jar false'],
  ]);
  expect(read('/usr/bin/java -cp /opt/lamp.jar:/opt/lib org.Lamp /etc/x')).toEqual([
    ['/opt/lamp.jar true', '/opt/lib false'],
  ]);
});

test('a module of Python leads to its file, the nearest first', () => {
  const files = {
    '/opt/lamp/__main__.py': '',
    '/usr/bin/python3': '-> python3.11',
    '/usr/bin/python3.11': PROGRAM,
  };
  const started = launch('/usr/bin/env -C /opt python3 -um lamp -v', files);
  expect(started.hops.at(-1)?.sources.map(({ path }) => path)).toEqual(['/opt/lamp/__main__.py']);
  expect(launch('/usr/bin/python3 -m lamp.wick', files).notExamined).toEqual([
    '/usr/bin/python3 -m lamp.wick: where this module is was not found',
  ]);
});

test('what a script leaves running beside the program that it becomes, and what one runs that becomes none', () => {
  const started = launch('/opt/start.sh', {
    '/opt/start.sh': '#!/bin/sh\nexport WICK=flat\npython3 /opt/x.py &\njava -version\nexec lamp\n',
  });
  const branches = ({ branches: all }: ReturnType<typeof launch>) =>
    all.map(({ from, launch: { hops } }) => [from, ...hops.map(({ path, how }) => `${how} ${path}`)]);
  expect(branches(started)).toEqual([[0, 'in the background /usr/bin/python3']]);
  expect(started.branches[0]?.launch.environment.get('WICK')).toBe('flat');
  expect(branches(launch(`/bin/sh -c 'lamp | gone; wait'`))).toEqual([[0, 'runs /usr/bin/lamp']]);
});

test('behind an exec in an undecided part nothing is the program for certain: all are branches', () => {
  const { program, branches, notExamined } = launch('/opt/start.sh -v', {
    '/opt/start.sh':
      '#!/bin/sh\nif [ "$(id -u)" = 0 ]; then\n  exec env -u OIL nice -n 5 /usr/bin/lamp "$@"\nfi\nexec /usr/bin/python3\n',
  });
  expect(program).toBeUndefined();
  expect(branches.map(({ launch: { hops, program: one, args } }) => [hops[0]?.how, one, ...args])).toEqual([
    ['may become', '/usr/bin/lamp', '-v'],
    ['may become', '/usr/bin/python3'],
  ]);
  expect(branches[0]?.launch.environment.has('OIL')).toBe(false);
  expect(notExamined).toEqual([
    '/opt/start.sh:2:1: decided only when it runs: if [ "$(id -u)" = 0 ]; then',
    '/opt/start.sh:2:1: which program this becomes is not known; possible: /usr/bin/lamp (/opt/start.sh:3:3), /usr/bin/python3 (/opt/start.sh:5:1)',
  ]);
});

test('an argument that only running it tells is known of on the whole way', () => {
  const files = {
    '/opt/start.sh': '#!/bin/sh\nexec /opt/onward.sh --port "$UID"\n',
    '/opt/onward.sh': '#!/bin/sh\nexec nice lamp "$@"\n',
  };
  const { program, unknownArgument } = launch('/opt/start.sh', files);
  expect([program, unknownArgument?.file, unknownArgument?.line]).toEqual([
    '/usr/bin/lamp',
    '/opt/start.sh',
    2,
  ]);
  expect(launch('/opt/onward.sh -v', files).unknownArgument).toBeUndefined();
});

test('a script that runs itself comes to an end', () => {
  const { branches } = launch('/opt/start.sh', {
    '/opt/start.sh': '#!/bin/sh\n/opt/start.sh\n/opt/start.sh &\n',
  });
  expect(branches).toHaveLength(2);
});

test('a launcher that is known goes on with what it starts', () => {
  const launcher: Launcher = ({ path, args }) =>
    path === '/usr/bin/lampctl'
      ? {
          words: ['/usr/bin/lamp', ...args],
          how: 'lampctl',
          place: { file: path, line: 7, column: 1 },
          sources: [],
          exports: [{ name: 'WICK', value: 'flat', place: { file: '/etc/lamp.env', line: 1, column: 1 } }],
          dropped: ['OIL'],
          notExamined: ['lampctl: the weather'],
        }
      : undefined;
  const started = launch('/usr/bin/lampctl start', { '/usr/bin/lampctl': '#!/usr/bin/perl\n' }, [launcher]);
  expect(way(started)).toEqual([
    `script /usr/bin/lampctl: ExecStart ${UNIT}:2`,
    'program /usr/bin/lamp: lampctl /usr/bin/lampctl:7',
  ]);
  expect([...started.environment]).toEqual([['WICK', 'flat']]);
  expect(started.notExamined).toEqual(['lampctl: the weather']);
});
