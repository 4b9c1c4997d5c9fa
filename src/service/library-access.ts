import { basename } from 'node:path/posix';
import type { Host } from '../host/host.ts';
import type { ServiceCommand } from './commands.ts';
import { EffectiveProperties } from './directives/effective-property.ts';
import { executeAccess } from './execute-access.ts';
import type { Launch } from './launch.ts';
import { CHANGES_USER, type SecureStart } from './secure-start.ts';
import type { Service } from './service.ts';

/** Why the loader of a program may not open a file; undefined where nothing says so. */
export type LibraryAccess = (path: string) => string | undefined;

/**
 * What the loader of a service's program may not open, by the user that it runs as; undefined where nothing is known to be refused: as
 * root, with a capability to read all, with rights of the program's own file, and behind a program that changes the user.
 */
export function libraryAccess(
  host: Host,
  service: Service,
  command: ServiceCommand | undefined,
  { hops }: Pick<Launch, 'hops'>,
  secure: SecureStart,
): LibraryAccess | undefined {
  if (command === undefined || secure.kind !== 'plain') return undefined;
  if (!service.unit.assignments.some(({ section, key }) => section === 'Service' && key === 'User'))
    return undefined;
  if (hops.some(({ path }) => CHANGES_USER.has(basename(path)))) return undefined;
  const properties = new EffectiveProperties(host, service.unit, () => undefined);
  const ambient = (properties.get('AmbientCapabilities')?.value ?? '').toLowerCase().split(' ');
  if (READS_ALL.some((name) => ambient.includes(name))) return undefined;
  const access = executeAccess(host, service, command);
  return (path) => access(path, 'read');
}

/** Source: capabilities(7). */
const READS_ALL = ['cap_dac_override', 'cap_dac_read_search'];
