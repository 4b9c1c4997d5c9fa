import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isInstalled } from './hosts/is-installed.ts';

/** Whether the types of two libraries can be compared here; says so when they can not. */
export const hasAbidiff: boolean = isInstalled('abidiff');
if (!hasAbidiff) {
  console.warn('SKIPPED: abidiff is not there, so no types are compared (apt-get install abigail-tools)');
}

/** The debug information of an ELF file into one of its own below /usr/lib/debug, as Debian's packages …-dbgsym have it. */
export function keepDebugInfoBeside(root: string, file: string): void {
  const notes = execFileSync('readelf', ['-n', file]).toString();
  const id = /Build ID: ([0-9a-f]+)/.exec(notes)?.[1] ?? '';
  const directory = join(root, 'usr/lib/debug/.build-id', id.slice(0, 2));
  mkdirSync(directory, { recursive: true });
  execFileSync('objcopy', ['--only-keep-debug', file, join(directory, `${id.slice(2)}.debug`)]);
  dropDebugInfo(file);
}

export function dropDebugInfo(file: string): void {
  execFileSync('strip', ['-g', file]);
}
