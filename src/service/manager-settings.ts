import { type Assignment, parseUnit } from '../formats/unit/parse-unit.ts';
import type { Host } from '../host/host.ts';

const CONFIGURATION_LIMIT = 1024 * 1024;

const DROP_INS = ['/etc', '/run', '/usr/local/lib', '/usr/lib', '/lib'].map(
  (directory) => `${directory}/systemd/system.conf.d`,
);

/**
 * The lines of the section [Manager], in the order systemd reads them: system.conf, then its drop-ins by name; of two
 * with one name that of the earlier directory. Source: systemd-system.conf(5).
 */
export function managerSettings(host: Host): readonly Assignment[] {
  const dropIns = new Map<string, string>();
  for (const directory of DROP_INS) {
    for (const name of host.list(directory) ?? []) {
      if (name.endsWith('.conf') && !dropIns.has(name)) dropIns.set(name, `${directory}/${name}`);
    }
  }
  const inOrder = [...dropIns].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
  return ['/etc/systemd/system.conf', ...inOrder]
    .flatMap((path) => parseUnit(path, textOf(host, path)).assignments)
    .filter(({ section }) => section === 'Manager');
}

function textOf(host: Host, path: string): string {
  if (host.stat(path)?.type !== 'file') return '';
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(host.readFile(path, CONFIGURATION_LIMIT));
}
