import type { Host } from '../host/host.ts';
import { firstLineOf } from './first-line-of.ts';

/**
 * A specifier whose value the kernel of the running system tells; undefined for every other, and of a root directory,
 * which does not run. Source: src/shared/specifier.c, src/basic/architecture.c of systemd 252.
 */
export function liveSpecifier(host: Host, letter: string): string | undefined {
  if (host.kind !== 'live') return undefined;
  switch (letter) {
    case 'b':
      return firstLineOf(host, '/proc/sys/kernel/random/boot_id')?.replaceAll('-', '');
    case 'v':
      return firstLineOf(host, '/proc/sys/kernel/osrelease');
    case 'a':
      return ARCHITECTURES[process.arch];
    case 'H':
      return firstLineOf(host, '/proc/sys/kernel/hostname');
    case 'l':
      return firstLineOf(host, '/proc/sys/kernel/hostname')?.split('.')[0];
    default:
      return undefined;
  }
}

/** systemd's name of what Node calls otherwise; both say which machine the kernel runs on. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'x86-64', arm64: 'arm64', riscv64: 'riscv64' };
