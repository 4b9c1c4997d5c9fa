import type { Host } from '../host/host.ts';
import { isMask } from './load-unit.ts';
import { unitFilesOf } from './unit-files.ts';
import { parseUnitName } from './unit-name.ts';

/** Whether the file of a unit is a mask: such a unit is never started. */
export function isMasked(host: Host, name: string): boolean {
  const file = unitFilesOf(host, parseUnitName(name).suffix).fileOf(name);
  return file !== undefined && isMask(host, file);
}
