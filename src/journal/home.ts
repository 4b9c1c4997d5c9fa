import type { Machine } from '../host/machine.ts';
import { makeDirectories } from './make-directories.ts';

/** Makes Cutover's own directories. Services reach the store; what snapshots and journals hold is root's. */
export function makeHome(machine: Machine): void {
  makeDirectories(machine, machine.home, 0o755);
  makeDirectories(machine, `${machine.home}/store`, 0o755);
  makeDirectories(machine, `${machine.home}/journal`, 0o700);
  makeDirectories(machine, `${machine.home}/snapshots`, 0o700);
}
