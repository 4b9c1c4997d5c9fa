/** Something that is mounted, as /proc/PID/mountinfo lists it. */
export interface MountPoint {
  readonly path: string;
  /** What of the file system is mounted there: `/` for all of it, else a path in it. */
  readonly root: string;
  /** Of the file system, major and minor number: `254:0`. */
  readonly device: string;
  /** Of the file system: `ext4`, `overlay`. */
  readonly type: string;
}

/** Outer ones first. Source: proc(5), mountinfo. */
export function parseMountinfo(text: string): readonly MountPoint[] {
  return text.split('\n').flatMap((line) => {
    const [, , device, root, path] = line.split(' ');
    const type = / - (\S+)/.exec(line)?.[1];
    if (device === undefined || root === undefined || path === undefined || type === undefined) return [];
    return [{ path: unescaped(path), root: unescaped(root), device, type }];
  });
}

/** A blank is `\040` there. */
function unescaped(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}
