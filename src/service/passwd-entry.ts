import type { Host } from '../host/host.ts';

interface PasswdEntry {
  readonly name: string;
  readonly home: string;
  readonly shell: string;
}

const SIZE_LIMIT = 4 * 1024 * 1024;

/**
 * A user by name or number, as systemd sees it: from /etc/passwd, but for root and nobody, which it knows
 * itself. undefined for one that is not there. Source: get_user_creds() in src/basic/user-util.c of systemd 252.
 */
export function passwdEntry(host: Host, user: string): PasswdEntry | undefined {
  if (user === 'root' || user === '0') return { name: 'root', home: '/root', shell: rootShell(host) };
  if (user === 'nobody' || user === '65534') return { name: 'nobody', home: '/', shell: '/usr/sbin/nologin' };
  if (host.stat('/etc/passwd')?.type !== 'file') return undefined;
  for (const line of new TextDecoder().decode(host.readFile('/etc/passwd', SIZE_LIMIT)).split('\n')) {
    const [name, , uid, , , home, shell] = line.split(':');
    if (name === undefined || home === undefined || shell === undefined) continue;
    if (name === user || uid === user) return { name, home, shell };
  }
  return undefined;
}

/** What /etc/passwd says of root's shell does not matter to systemd: bash where there is one. */
export function rootShell(host: Host): string {
  return host.stat('/bin/bash')?.type === 'file' ? '/bin/bash' : '/bin/sh';
}
