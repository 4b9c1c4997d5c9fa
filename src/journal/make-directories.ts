import { dirname } from 'node:path/posix';
import type { Machine } from '../host/machine.ts';

/** The directories on the way to `path`, itself included, that do not exist; outermost first. */
export function missingDirectories(machine: Machine, path: string): string[] {
  const missing: string[] = [];
  for (let at = path; at !== '/' && machine.host.stat(at) === undefined; at = dirname(at))
    missing.unshift(at);
  return missing;
}

/** Makes `path` and what is missing above it, each synced into its parent. */
export function makeDirectories(machine: Machine, path: string, mode: number): void {
  for (const directory of missingDirectories(machine, path)) {
    machine.files.makeDirectory(directory, mode);
    machine.files.sync(dirname(directory));
  }
}
