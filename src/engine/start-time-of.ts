import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';

/**
 * When a process was started, in clock ticks since the boot: with its number it is the very process. undefined when it
 * has ended. The fields are counted after the name, which may hold blanks and parentheses. Source: proc(5), /proc/pid/stat.
 */
export function startTimeOf(host: Pick<Host, 'readFile'>, pid: number): string | undefined {
  const bytes = ifReadable(() => host.readFile(`/proc/${pid}/stat`));
  if (bytes === undefined) return undefined;
  const stat = new TextDecoder().decode(bytes);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}
