import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import { compare, type Measurement } from './measurement.ts';
import { CUTOVER, nodeRun } from './whole-process.ts';

/** A service that every machine with systemd has, of two dozen libraries. */
const SERVICE = '/usr/lib/systemd/systemd-journald';
const FOLDERS = ['/usr/bin', '/usr/sbin'];

/**
 * The libraries of one service with its symbols, and of all programs of a machine, against the programs people use for it.
 * Undefined where one of them is missing.
 */
export async function measureLibraries(): Promise<readonly Measurement[] | undefined> {
  const missing = ['libtree', 'lddtree', 'ldd'].filter((name) => !existsSync(`/usr/bin/${name}`));
  if (missing.length > 0) return undefined;
  const programs = FOLDERS.flatMap(programsIn);
  const one = ours('one service with symbols', ['--libraries', SERVICE, '--symbols']);
  const all = ours(`libraries of ${programs.length} programs`, ['--libraries', ...FOLDERS]);
  const allSymbols = ours(`libraries and symbols of ${programs.length} programs`, [
    '--libraries',
    ...FOLDERS,
    '--symbols',
  ]);
  return [
    await compare(one, peer('ldd', ['-r', SERVICE]), 9, 0.1),
    await compare(one, peer('lddtree', [SERVICE]), 5, 0.2),
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
      const { error } = spawnSync(command, words, { stdio: 'ignore' });
      if (error !== undefined) throw error;
      return Number(process.hrtime.bigint() - start) / 1e6;
    },
  };
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
