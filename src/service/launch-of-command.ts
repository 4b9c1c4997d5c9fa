import type { Host } from '../host/host.ts';
import type { ServiceCommand } from './commands.ts';
import { followLaunch, type Launch } from './launch.ts';
import type { Launcher } from './launcher.ts';
import type { Service } from './service.ts';

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
  const directory = workingDirectoryOf(service, environment);
  return followLaunch(host, command, environment, { directory, launchers });
}

/** The unit's `WorkingDirectory=`; systemd's own is `/`. Source: systemd.exec(5). */
function workingDirectoryOf(
  { unit }: Pick<Service, 'unit'>,
  environment: ReadonlyMap<string, string>,
): string | undefined {
  const last = unit.assignments.findLast(
    ({ section, key }) => section === 'Service' && key === 'WorkingDirectory',
  );
  const value = last?.value.toString().replace(/^-/, '');
  return value === '~' ? environment.get('HOME') : value?.startsWith('/') === true ? value : undefined;
}
