// `cutover inspect` as it is typed: what it is asked about.
import { copyFileSync, mkdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rootWith } from '../../root-with.ts';
import { cutover } from './cutover.ts';

const UNITS = '/usr/lib/systemd/system';
const FILES = {
  [`${UNITS}/lamp.service`]: '[Service]\nEnvironmentFile=/etc/lamp.env\nExecStart=/bin/lamp\n',
  '/etc/lamp.env': 'LAMP=dim\n',
};

test('a service, --path and --libraries are not mixed: none of them is dropped', async () => {
  const { root } = rootWith(FILES);
  const asked = [
    ['lamp', '--path', '/etc/lamp.env'],
    ['lamp', '--libraries', '/bin/lamp'],
    ['--path', '/etc/lamp.env', '--libraries', '/bin/lamp'],
  ];
  const ended = await Promise.all(asked.map((args) => cutover('inspect', '--root', root, ...args)));
  expect(ended.map(({ status, stdout }) => [status, stdout])).toEqual(asked.map(() => [2, '']));
  expect(ended.map(({ stderr }) => stderr)).toEqual([
    'cutover: inspect is asked about lamp and about a file (--path)\n' +
      '  next:  cutover inspect lamp, or cutover inspect --path FILE\n',
    'cutover: inspect is asked about lamp and about files (--libraries)\n' +
      '  next:  cutover inspect lamp, or cutover inspect --libraries FILE|DIRECTORY…\n',
    'cutover: inspect is asked about files (--libraries) and about a file (--path)\n' +
      '  next:  cutover inspect --libraries FILE|DIRECTORY…, or cutover inspect --path FILE\n',
  ]);
});

test('with --root a relative path begins at the top of the root', async () => {
  const { root } = rootWith(FILES);
  mkdirSync(`${root}/bin`);
  copyFileSync('/bin/true', `${root}/bin/lamp`);
  const [path, libraries] = await Promise.all([
    cutover('inspect', '--path', 'etc/lamp.env', '--root', root, '--json'),
    cutover('inspect', '--libraries', 'bin/lamp', '--root', root, '--json'),
  ]);
  expect(JSON.parse(path.stdout)).toMatchObject({ path: '/etc/lamp.env' });
  expect(JSON.parse(libraries.stdout)).toMatchObject({ files: [{ path: '/bin/lamp' }] });
});

test('of several files of --libraries one that is no ELF file: the others are reported, and a fault', async () => {
  const { root } = rootWith(FILES);
  mkdirSync(`${root}/bin`);
  copyFileSync('/bin/true', `${root}/bin/lamp`);
  const { stdout, status } = await cutover(
    'inspect',
    '--libraries',
    '/etc/lamp.env',
    '/bin/lamp',
    '--root',
    root,
  );
  expect(status).toBe(1);
  expect(stdout).toMatch(/^\/bin\/lamp \(program/m);
  expect(stdout).toContain('\n/etc/lamp.env is neither an ELF program nor a library\n1 file, ');
});

test('an empty path and an --only without a kind are told, not taken for something', async () => {
  const { root } = rootWith(FILES);
  const asked = [
    ['--path', ''],
    ['--libraries', ''],
    ['lamp', '--only', ''],
  ];
  const ended = await Promise.all(asked.map((args) => cutover('inspect', '--root', root, ...args)));
  const empty =
    'cutover: a path on the command line is empty\n' +
    '  why:   It would stand for the working directory.\n' +
    '  next:  Is a variable of the shell unset? Write . for the working directory.\n';
  expect(ended.map(({ status, stderr }) => [status, stderr.split('  next:  One of')[0]])).toEqual([
    [2, empty],
    [2, empty],
    [2, "cutover: --only '' names no kind\n"],
  ]);
});
