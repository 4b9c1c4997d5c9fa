import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  openSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Growth, Made } from './random-tree.ts';

/** Makes what can be made in trees; what stands in the way goes or stays, as it comes. */
export function plant(growths: readonly (readonly [root: string, growth: Growth])[]): void {
  for (const [root, growth] of growths) grow(root, growth);
  const of = (select: (made: Made) => boolean): string[] =>
    growths.flatMap(([root, growth]) =>
      growth.flatMap(([path, made]) => (select(made) ? [join(root, path)] : [])),
    );
  // Where nothing else is now; the others are refused.
  const fifos = of(({ kind }) => kind === 'fifo');
  if (fifos.length > 0) spawnSync('xargs', ['-0', 'mkfifo', '--'], { input: fifos.join('\0') });
  setAttributes(growths);
}

function grow(root: string, growth: Growth): void {
  let lastFile: string | undefined;
  for (const [relative, made] of growth) {
    const at = join(root, relative);
    try {
      mkdirSync(dirname(at), { recursive: true });
      if (!isBelow(realpathSync(dirname(at)), root)) continue; // a link led out
      rmSync(at, { recursive: true, force: true });
      if (made.kind === 'hard link') {
        if (lastFile !== undefined) linkSync(lastFile, at);
      } else make(at, made);
      if (made.kind === 'file') lastFile = at;
    } catch {
      // A file where a directory would be needed, or the other name of a hard link is gone.
    }
  }
}

/** All in one go, of the files and directories that are there. Throws where the file system has none. */
function setAttributes(growths: readonly (readonly [root: string, growth: Growth])[]): void {
  const valueOf = new Map<string, string>();
  for (const [root, growth] of growths) {
    for (const [path, made] of growth) {
      const value = made.kind === 'file' || made.kind === 'directory' ? made.attribute : undefined;
      const at = join(root, path);
      if (value !== undefined && isFileOrDirectory(at)) valueOf.set(at, value);
    }
  }
  if (valueOf.size === 0) return;
  const dump = [...valueOf].map(
    ([path, value]) => `# file: ${octal(path)}\nuser.tree=0x${Buffer.from(value).toString('hex')}\n`,
  );
  execFileSync('setfattr', ['--restore=-'], { input: dump.join('\n') });
}

function isFileOrDirectory(path: string): boolean {
  try {
    const stats = lstatSync(path);
    return stats.isFile() || stats.isDirectory();
  } catch {
    return false; // something else took its place
  }
}

function make(at: string, made: Exclude<Made, { kind: 'hard link' }>): void {
  switch (made.kind) {
    case 'directory':
      mkdirSync(at);
      chownSync(at, made.owner, made.owner);
      return chmodSync(at, made.mode);
    case 'link':
      symlinkSync(made.target, at);
      return lutimesSync(at, made.time, made.time);
    case 'fifo':
      return undefined; // Node has no call for it
    case 'file': {
      const descriptor = openSync(at, 'wx');
      writeSync(descriptor, made.content, made.hole);
      closeSync(descriptor);
      chownSync(at, made.owner, made.owner);
      chmodSync(at, made.mode);
      return lutimesSync(at, made.time, made.time);
    }
  }
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

/** As setfattr reads names: what would break a line is a backslash and three octal digits. */
function octal(path: string): string {
  return [...Buffer.from(path)]
    .map((byte) =>
      byte === 0x5c || byte < 0x20 || byte > 0x7e
        ? `\\${byte.toString(8).padStart(3, '0')}`
        : String.fromCharCode(byte),
    )
    .join('');
}
