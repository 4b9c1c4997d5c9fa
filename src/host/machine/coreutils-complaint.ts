import type { HostErrorReason } from '../host.ts';

interface Complaint {
  readonly reason: HostErrorReason;
  /** One line. */
  readonly text: string;
}

/** In the words of strerror(3) in the C locale; what stands first counts most. */
const REASONS: readonly (readonly [RegExp, HostErrorReason])[] = [
  [/No space left on device|Disk quota exceeded/, 'full'],
  [/Read-only file system/, 'read-only'],
  [/Input\/output error/, 'io'],
  [/Permission denied|Operation not permitted/, 'denied'],
  [/No such file or directory|Not a directory|as it was replaced while being copied/, 'absent'],
];

/** The complaint that tells most of those that a program of coreutils has printed, a line each, and how many more there are. */
export function complaintIn(stderr: string): Complaint {
  const lines = stderr.split('\n');
  const others = lines.length - 1;
  const more = others === 0 ? '' : ` (and ${others} more complaint${others === 1 ? '' : 's'})`;
  for (const [pattern, reason] of REASONS) {
    const line = lines.find((each) => pattern.test(each));
    if (line !== undefined) return { reason, text: `${line}${more}` };
  }
  return { reason: 'io', text: `${lines[0] ?? ''}${more}` };
}

/** Whether a line says only that something was not there. */
export function isOfGone(line: string): boolean {
  return line.endsWith(': No such file or directory');
}
