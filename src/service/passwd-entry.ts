import type { Host } from '../host/host.ts';
import { accountLines } from './account-lines.ts';

interface PasswdEntry {
  readonly name: string;
  readonly uid: number;
  /** The primary group. */
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
}

/**
 * A user by name or number, as systemd sees it: from /etc/passwd, but for root and nobody, which it knows
 * itself. undefined for one that is not there. Source: get_user_creds() in src/basic/user-util.c of systemd 252.
 */
export function passwdEntry(host: Host, user: string): PasswdEntry | undefined {
  if (user === 'root' || user === '0')
    return { name: 'root', uid: 0, gid: 0, home: '/root', shell: rootShell(host) };
  if (user === 'nobody' || user === '65534')
    return { name: 'nobody', uid: 65534, gid: 65534, home: '/', shell: '/usr/sbin/nologin' };
  for (const { fields } of accountLines(host, '/etc/passwd')) {
    const [name, , uid, gid, , home, shell] = fields;
    if (name === undefined || home === undefined || shell === undefined) continue;
    if (name === user || uid === user) return { name, uid: Number(uid), gid: Number(gid), home, shell };
  }
  return undefined;
}

/** What /etc/passwd says of root's shell does not matter to systemd: bash where there is one. */
export function rootShell(host: Host): string {
  return host.stat('/bin/bash')?.type === 'file' ? '/bin/bash' : '/bin/sh';
}
