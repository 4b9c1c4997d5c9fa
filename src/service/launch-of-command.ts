import type { Host } from '../host/host.ts';
import type { ServiceCommand } from './commands.ts';
import { followLaunch, type Launch } from './launch.ts';
import type { Launcher } from './launcher.ts';
import type { Service } from './service.ts';
import { expandSpecifiers } from './specifiers.ts';

/**
 * The way from a command of a unit to its program, with the environment and the working directory that the unit gives
 * it. `launchers` know the way where no script can be followed.
 */
export function launchOfCommand(
  host: Host,
  service: Pick<Service, 'unit' | 'environment'>,
  command: ServiceCommand,
  launchers: readonly Launcher[] = [],
): Launch {
  const environment = new Map(
    [...service.environment.effective].map(([name, { value }]) => [name, value.toString()]),
  );
  const directory = workingDirectoryOf(host, service, environment);
  return followLaunch(host, command, environment, { directory, launchers });
}

/**
 * The unit's `WorkingDirectory=`; systemd's own is `/`, also in place of one with a `-` that is not there. Undefined where it
 * is not known. Source: systemd.exec(5); apply_working_directory() in src/core/execute.c of systemd 252.
 */
function workingDirectoryOf(
  host: Host,
  { unit }: Pick<Service, 'unit'>,
  environment: ReadonlyMap<string, string>,
): string | undefined {
  const last = unit.assignments.findLast(
    ({ section, key }) => section === 'Service' && key === 'WorkingDirectory',
  );
  if (last === undefined) return undefined;
  const { text } = expandSpecifiers(host, unit.name, last.value);
  const value = text.toString().replace(/^-/, '');
  if (value === '~') return environment.get('HOME');
  if (!value.startsWith('/')) return undefined;
  const isOptional = text.toString().startsWith('-');
  return isOptional && host.stat(value)?.type !== 'directory' ? '/' : value;
}
