import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { mustRun } from './run-command.ts';

/** Sparse: takes what is written to it. */
const BYTES = 4 * 1024 ** 3;

/**
 * Mounts an ext4 file system of its own at `directory`/disk, with a journal as an ordinary machine has one. The outer
 * machine's may have none, and then looks at every inode that was removed within a minute before it makes a file.
 */
export async function mountDisk(directory: string): Promise<string> {
  const image = `${directory}/disk.ext4`;
  const disk = `${directory}/disk`;
  mkdirSync(disk);
  writeFileSync(image, '');
  truncateSync(image, BYTES);
  await mustRun(['mkfs.ext4', '-q', '-F', '-E', 'lazy_itable_init=0,lazy_journal_init=0', image]);
  await mustRun(['mount', '-o', 'loop', image, disk]);
  return disk;
}
