import type { Host } from '../host/host.ts';
import type { Place } from '../text/place.ts';

const SIZE_LIMIT = 4 * 1024 * 1024;

/** The lines of /etc/passwd or /etc/group with their fields; none of a file that is not there. Source: passwd(5), group(5). */
export function accountLines(
  host: Host,
  file: '/etc/passwd' | '/etc/group',
): readonly { readonly fields: readonly string[]; readonly place: Place }[] {
  if (host.stat(file)?.type !== 'file') return [];
  const lines = new TextDecoder().decode(host.readFile(file, SIZE_LIMIT)).split('\n');
  return lines.map((line, index) => ({
    fields: line.split(':'),
    place: { file, line: index + 1, column: 1 },
  }));
}

/** Where else than in those files accounts are looked for: `ldap`. Source: nsswitch.conf(5); systemd makes its own known there. */
export function otherAccountSources(host: Host, database: 'passwd' | 'group'): readonly string[] {
  const file = '/etc/nsswitch.conf';
  if (host.stat(file)?.type !== 'file') return [];
  const text = new TextDecoder().decode(host.readFile(file, SIZE_LIMIT));
  const line = new RegExp(`^\\s*${database}:([^#\\n]*)`, 'm').exec(text)?.[1] ?? '';
  return line
    .replaceAll(/\[[^\]]*\]/g, ' ')
    .split(/\s+/)
    .filter((source) => !['', 'files', 'compat', 'systemd'].includes(source));
}
