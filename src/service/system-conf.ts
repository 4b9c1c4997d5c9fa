import { textOfFile } from '../host/text-of-file.ts';
import { type Assignment, parseUnit } from '../formats/unit/parse-unit.ts';
import { type Host, HostError } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';

export interface ManagerConfiguration {
  /** The lines of the section [Manager], in the order systemd reads them. */
  readonly settings: readonly Assignment[];
  /** What could not be read, each with its path and why: what it sets is not known. */
  readonly notRead: readonly string[];
}

const CONFIGURATION_LIMIT = 1024 * 1024;

const DROP_INS = ['/etc', '/run', '/usr/local/lib', '/usr/lib', '/lib'].map(
  (directory) => `${directory}/systemd/system.conf.d`,
);

/**
 * The configuration of the system manager: system.conf, then its drop-ins by name; of two with one name that of the
 * earlier directory. Source: systemd-system.conf(5).
 */
export function managerConfiguration(host: Host): ManagerConfiguration {
  const notRead: string[] = [];
  const read = <T>(ask: () => T): T | undefined => {
    try {
      return ask();
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      notRead.push(error.message);
      return undefined;
    }
  };
  const settings = filesOf(host, read)
    .flatMap(
      (path) => parseUnit(path, read(() => textOfFile(host, path, CONFIGURATION_LIMIT)) ?? '').assignments,
    )
    .filter(({ section }) => section === 'Manager');
  return { settings, notRead };
}

/** Paths of the configuration, in the order systemd reads them; those that can be found. */
export function managerFiles(host: Host): readonly string[] {
  return filesOf(host, ifReadable);
}

function filesOf(host: Host, read: <T>(ask: () => T) => T | undefined): readonly string[] {
  const dropIns = new Map<string, string>();
  for (const directory of DROP_INS) {
    for (const name of read(() => host.list(directory)) ?? []) {
      const isRead = name.endsWith('.conf') && !name.startsWith('.');
      if (isRead && !dropIns.has(name)) dropIns.set(name, `${directory}/${name}`);
    }
  }
  const inOrder = [...dropIns].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
  return ['/etc/systemd/system.conf', ...inOrder];
}

/** The lines alone, of the files that can be read. */
export function managerSettings(host: Host): readonly Assignment[] {
  return managerConfiguration(host).settings;
}
