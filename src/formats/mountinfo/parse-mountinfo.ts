/** Something that is mounted, as /proc/PID/mountinfo lists it. */
export interface MountPoint {
  readonly path: string;
  /** Of the file system: `ext4`, `overlay`. */
  readonly type: string;
}

/** Outer ones first. Source: proc(5), mountinfo. */
export function parseMountinfo(text: string): readonly MountPoint[] {
  return text.split('\n').flatMap((line) => {
    const path = line.split(' ')[4];
    const type = / - (\S+)/.exec(line)?.[1];
    return path === undefined || type === undefined ? [] : [{ path: unescaped(path), type }];
  });
}

/** A blank is `\040` there. */
function unescaped(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}
