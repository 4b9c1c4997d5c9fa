/** A file that a process has mapped, as proc(5) lists it in /proc/PID/maps. */
export interface MappedPath {
  readonly path: string;
  /** Major and minor number of the device, and the inode. */
  readonly device: readonly [major: number, minor: number];
  readonly inode: string;
  /** The name leads to it no longer: it was deleted, or another file was put in its place. */
  readonly deleted: boolean;
  /** Code of it can run: a program or a library, not data. */
  readonly executable: boolean;
}

/** The files of a process, each once. Memory without a file, and what only looks like one, is left out. */
export function parseMaps(text: string): readonly MappedPath[] {
  const files = new Map<string, MappedPath>();
  for (const line of text.split('\n')) {
    const parts = LINE.exec(line);
    if (parts === null) continue;
    const [, permissions = '', major = '', minor = '', inode = '', name = ''] = parts;
    const deleted = name.endsWith(DELETED);
    const path = unescaped(deleted ? name.slice(0, -DELETED.length) : name);
    if (inode === '0' || NO_FILES.some((start) => path.startsWith(start))) continue;
    const key = `${major}:${minor}:${inode}:${path}`;
    const executable = permissions.includes('x') || files.get(key)?.executable === true;
    const device = [Number.parseInt(major, 16), Number.parseInt(minor, 16)] as const;
    files.set(key, { path, device, inode, deleted, executable });
  }
  return [...files.values()];
}

const LINE = /^[0-9a-f]+-[0-9a-f]+ (\S{4}) [0-9a-f]+ ([0-9a-f]+):([0-9a-f]+) (\d+) +(\/.*)$/;
const DELETED = ' (deleted)';
const NO_FILES = ['/memfd:', '/dev/', '/SYSV', '/[aio]', '/anon_hugepage'];

/** The kernel writes a line feed as `\012`. */
function unescaped(path: string): string {
  return path.replaceAll('\\012', '\n');
}
