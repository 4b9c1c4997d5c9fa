import { existsSync, readFileSync } from 'node:fs';
import { isInstalled } from './is-installed.ts';

export type CanBoot = { readonly ok: true } | { readonly ok: false; readonly reason: string };

const programs = ['systemd-nspawn', 'nsenter', 'setpriv', 'mount', 'umount', 'tar'];

/** Whether test machines can boot here, by looking only: nothing is mounted or started. */
export function canBoot(): CanBoot {
  if (process.platform !== 'linux') return no(`test machines need Linux, this is ${process.platform}`);
  if (process.getuid?.() !== 0) return no('test machines need root: overlay mounts and systemd-nspawn');
  const missing = programs.filter((program) => !isInstalled(program));
  if (missing.length > 0)
    return no(`missing ${missing.join(', ')} (Debian: apt-get install systemd-container)`);
  if (!existsSync('/usr/lib/systemd/systemd') && !existsSync('/lib/systemd/systemd')) {
    return no('missing systemd itself (Debian: apt-get install systemd)');
  }
  if (!hasCapability(21))
    return no('this root has no CAP_SYS_ADMIN, so it cannot mount (an unprivileged container?)');
  return { ok: true };
}

function no(reason: string): CanBoot {
  return { ok: false, reason };
}

/** CapEff in /proc/self/status is a hexadecimal mask: capabilities(7), proc(5). */
function hasCapability(number: number): boolean {
  const mask = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return (BigInt(`0x${mask}`) & (1n << BigInt(number))) !== 0n;
}
