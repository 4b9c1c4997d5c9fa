import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { compare, type Measurement } from './measurement.ts';
import { CUTOVER, nodeRun } from './whole-process.ts';

/** A service that every machine with systemd has, of two dozen libraries. */
const SERVICE = '/usr/lib/systemd/systemd-journald';
const FOLDERS = ['/usr/bin', '/usr/sbin'];
/** lddtree is Debian's, and so must be the Python that it finds: another one lacks what it imports. */
const DEBIAN_PATH = '/usr/sbin:/usr/bin:/sbin:/bin';

export type MeasuredLibraries =
  | { readonly kind: 'measured'; readonly times: readonly Measurement[] }
  | { readonly kind: 'not-measured'; readonly reason: string };

/** The libraries of one service with its symbols, and of all programs of a machine, against the programs people use for it. */
export async function measureLibraries(): Promise<MeasuredLibraries> {
  const silent = ['libtree', 'lddtree', 'ldd'].filter((name) => !knowsLibraries(name));
  if (silent.length > 0) {
    return { kind: 'not-measured', reason: `${silent.join(' and ')} can't tell the libraries of ${SERVICE}` };
  }
  return { kind: 'measured', times: await measure() };
}

async function measure(): Promise<readonly Measurement[]> {
  const programs = FOLDERS.flatMap(programsIn);
  const one = ours('one service with symbols', ['--libraries', SERVICE, '--symbols']);
  const all = ours(`libraries of ${programs.length} programs`, ['--libraries', ...FOLDERS]);
  const allSymbols = ours(`libraries and symbols of ${programs.length} programs`, [
    '--libraries',
    ...FOLDERS,
    '--symbols',
  ]);
  const bare = { title: 'node -e 0', run: () => nodeRun(['-e', '0']) };
  return [
    await compare(one, bare, 9),
    await compare(one, peer('ldd', ['-r', SERVICE]), 9, 0.1),
    await compare(one, peer('lddtree', [SERVICE]), 5, 0.2),
    await compare(all, bare, 9),
    await compare(all, peer('libtree', programs), 9, 3),
    await compare(all, peer('lddtree', programs), 1, 0.2),
    await compare(all, peer('ldd', ['-r', ...programs]), 1, 0.1),
    await compare(allSymbols, peer('ldd', ['-r', ...programs]), 1, 0.1),
  ];
}

function ours(title: string, words: readonly string[]) {
  return { title: `inspect: ${title}`, run: () => nodeRun([CUTOVER, 'inspect', ...words]) };
}

function peer(command: string, words: readonly string[]) {
  return {
    title: words.includes('-r') ? `${command} -r` : command,
    run: () => {
      const start = process.hrtime.bigint();
      // Their exit status tells of missing libraries, too, which is no fault here.
      const { error } = spawnSync(command, words, { stdio: 'ignore', env: { PATH: DEBIAN_PATH } });
      if (error !== undefined) throw error;
      return Number(process.hrtime.bigint() - start) / 1e6;
    },
  };
}

/** A program that is missing, or breaks off, would be fast. */
function knowsLibraries(command: string): boolean {
  const words = command === 'libtree' ? ['-v', SERVICE] : [SERVICE];
  const { stdout, error } = spawnSync(command, words, { encoding: 'utf8', env: { PATH: DEBIAN_PATH } });
  return error === undefined && stdout.includes('libc.so.6');
}

/** The dynamic programs that lie in a directory, links left out. */
function programsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => `${folder}/${name}`)
    .filter(isElf);
}

function isElf(path: string): boolean {
  const magic = Buffer.alloc(4);
  const descriptor = openSync(path, 'r');
  readSync(descriptor, magic);
  closeSync(descriptor);
  return magic.toString('latin1') === '\x7fELF';
}
