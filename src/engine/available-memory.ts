import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';

const decoder = new TextDecoder();

/**
 * Bytes that can be used without anything being swapped out, as the kernel estimates: `MemAvailable` of proc_meminfo(5). 0 where it does
 * not say.
 */
export function availableMemory(host: Host): number {
  const bytes = ifReadable(() => host.readFile('/proc/meminfo'));
  const [, kilobytes = '0'] = /^MemAvailable:\s+(\d+) kB$/m.exec(decoder.decode(bytes)) ?? [];
  return Number(kilobytes) * 1024;
}
