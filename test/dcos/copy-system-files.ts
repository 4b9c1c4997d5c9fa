import { existsSync } from 'node:fs';
import { lstat, mkdir, readlink, realpath, symlink } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { mustRun } from '../hosts/run-command.ts';

/**
 * Copies this machine's files to the same places under `root`: programs, and the loader and libraries that
 * they and the `others` need. So the tree is whole also where it is only looked at, with --root.
 */
export async function copySystemFiles(root: string, programs: readonly string[], others: readonly string[]) {
  const libraries = await Promise.all([...programs, ...others].map(librariesOf));
  for (const path of new Set([...programs, ...libraries.flat()])) await copy(root, path);
}

/** ldd names what the loader would map: `name => path (address)`, or the loader itself by its path alone. */
async function librariesOf(program: string): Promise<readonly string[]> {
  const { stdout } = await mustRun(['ldd', program]).catch(() => ({ stdout: '' }));
  return stdout.split('\n').flatMap((line) => /(\/\S+) \(0x/.exec(line)?.[1] ?? []);
}

/** The directories above a file may be links (/lib -> usr/lib), and the file too (libc.so.6). */
async function copy(root: string, path: string): Promise<void> {
  await copyDirectoryLinks(root, dirname(path));
  const place = `${await realpath(dirname(path))}/${basename(path)}`;
  if (existsSync(root + place)) return;
  await mkdir(root + dirname(place), { recursive: true });
  await mustRun(['cp', '-a', '--', place, root + place]);
  if ((await lstat(place)).isSymbolicLink()) await copy(root, await realpath(place));
}

async function copyDirectoryLinks(root: string, directory: string): Promise<void> {
  if (directory === '/') return;
  await copyDirectoryLinks(root, dirname(directory));
  if (!(await lstat(directory)).isSymbolicLink()) return;
  const link = `${await realpath(dirname(directory))}/${basename(directory)}`;
  if (existsSync(root + link)) return;
  await mkdir(root + dirname(link), { recursive: true });
  await mkdir(root + (await realpath(directory)), { recursive: true });
  await symlink(await readlink(directory), root + link);
}
