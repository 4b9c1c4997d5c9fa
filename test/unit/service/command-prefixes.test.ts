import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { liveHost } from '../../../src/host/rooted-host.ts';
import { followLaunch } from '../../../src/service/launch.ts';
import { passwdEntry } from '../../../src/service/passwd-entry.ts';
import { TracedText } from '../../../src/text/traced-text.ts';
import { isInstalled } from '../../hosts/is-installed.ts';

const PLACE = { file: '/etc/systemd/system/lamp.service', line: 2, column: 1 };
const LOADER = '/lib64/ld-linux-x86-64.so.2';
const ASKED = ['A', 'WICK', 'LD_PRELOAD', 'LD_LIBRARY_PATH'];
const SAYS = `
const { readFileSync } = require('node:fs');
const words = readFileSync('/proc/self/cmdline', 'utf8').split('\\0').slice(0, -1);
const environment = Object.fromEntries(${JSON.stringify(ASKED)}.map((name) => [name, process.env[name] ?? null]));
process.stdout.write(JSON.stringify({ words, directory: process.cwd(), environment, uid: process.getuid() }));
`;

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'cutover-prefixes-'));
  chmodSync(directory, 0o755);
  writeFileSync(join(directory, 'say.cjs'), SAYS);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const isRoot = process.getuid?.() === 0;

/** `NODE` is the program that says how it was started, `DIR` a directory. */
describe.skipIf(!isRoot)(
  'a prefix leads to the program, with the environment, directory and user, as the real one does',
  () => {
    test.each([
      ['env', 'NODE', '-v'],
      ['env', '-i', 'A=b', 'NODE', '-v'],
      ['env', '-u', 'WICK', '-C', 'DIR', 'A=b', 'nice', '-n', '5', 'NODE'],
      ['env', '-iS', 'A=\'b  c\' NODE "-v ${WICK}" \\_x # no more', 'y'],
      ['env', '-S', 'NODE -v', '-w'],
      [
        'ionice',
        '-c3',
        'chrt',
        '-b',
        '0',
        'taskset',
        '-c',
        '0',
        'prlimit',
        '--nofile=900',
        'NODE',
        '-n',
        '1',
      ],
      ['timeout', '-k', '5', '60', 'nohup', 'setsid', '-w', 'NODE'],
      ['stdbuf', '-oL', '-i', '0', 'NODE'],
      ['/usr/bin/stdbuf', '-e0', 'env', '-u', 'WICK', 'NODE', '-v'],
      ['flock', '-n', 'DIR/lock', 'NODE', '-c', 'x'],
      ['flock', 'DIR/lock', '-c', 'A=b exec NODE -v'],
      ['unshare', '-m', '--propagation', 'private', '-w', 'DIR', 'NODE'],
      ['setpriv', '--reuid=nobody', '--clear-groups', 'NODE'],
      ['setpriv', '--reuid', '65534', '--reset-env', '--clear-groups', '--', 'NODE', '-v'],
      ['runuser', '-u', 'nobody', '--', 'NODE', '-c', 'x'],
      ['runuser', 'nobody', '-s', '/bin/sh', '-c', 'exec NODE -v'],
      ['su', 'nobody', '-s', '/bin/sh', '-c', 'cd DIR && exec NODE -v'],
      ['su', '-', 'root', '-s', '/bin/sh', '-c', 'exec NODE'],
      [
        'start-stop-daemon',
        '-S',
        '-p',
        'DIR/lamp.pid',
        '-c',
        'nobody',
        '-d',
        'DIR',
        '-x',
        'NODE',
        '--',
        '-v',
      ],
      [LOADER, '--library-path', '/srv/none', 'NODE', '-v'],
    ])('%s %s %s %s %s %s', (...asked: readonly string[]) => {
      if (!isInstalled(asked[0]?.split('/').at(-1) ?? '') && asked[0] !== LOADER) return;
      const script = join(directory, 'say.cjs');
      const [node] = [process.execPath];
      const words = asked.flatMap((word) => {
        const put = word.replaceAll('DIR', directory);
        if (put === 'NODE') return asked.includes('-x') ? [node] : [node, script];
        return put === '--' && asked.includes('-x')
          ? ['--', script]
          : [put.replaceAll('NODE', `${node} ${script}`)];
      });
      const environment = new Map([
        ['PATH', '/usr/sbin:/usr/bin:/sbin:/bin'],
        ['SHELL', '/bin/sh'],
        ['WICK', 'round'],
        ['LD_LIBRARY_PATH', '/srv/none'],
      ]);
      const [program = '', ...args] = words;
      const real = spawnSync(program, args, {
        cwd: '/',
        env: Object.fromEntries(environment),
        encoding: 'utf8',
      });
      expect(real.stderr.replace(/^nohup: .*\n/gm, '')).toBe('');
      const host = liveHost();
      const traced = words.map((word) =>
        TracedText.from(word, {
          kind: 'literal',
          place: PLACE,
          verbatim: true,
        }),
      );
      const launch = followLaunch(
        host,
        { directive: 'ExecStart', place: PLACE, prefixes: '', words: traced },
        environment,
      );
      const user = launch.hops
        .flatMap(({ accounts }) => accounts)
        .findLast(({ kind }) => kind === 'user')?.name;
      const toldLoader = launch.loader === undefined ? [] : [launch.loader.path, ...words.slice(1, 3)];
      expect({
        words: [...toldLoader, launch.program, ...launch.args],
        directory: launch.directory,
        environment: Object.fromEntries(ASKED.map((name) => [name, launch.environment.get(name) ?? null])),
        uid: user === undefined ? 0 : passwdEntry(host, user)?.uid,
      }).toEqual(JSON.parse(real.stdout));
    });
  },
);
