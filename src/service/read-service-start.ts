import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Host } from '../host/host.ts';
import { hostSeenBy } from './host-seen-by.ts';
import { launchOfCommand } from './launch-of-command.ts';
import type { Launcher } from './launcher.ts';
import { libraryAccess } from './library-access.ts';
import { loadProgram } from './load-program.ts';
import { mainCommand, type Service } from './service.ts';
import { secureStart } from './secure-start.ts';
import type { LoadedProgram, ServiceStart } from './service-start.ts';

/**
 * Follows the service's main command to its program and the program to its libraries, as a start would, with
 * the environment the service gives it; `launchers` know the way where no script can be followed. Reads only. A program or
 * a library of it that is damaged is the `refusal`.
 */
export function readServiceStart(
  given: Host,
  service: Service,
  launchers: readonly Launcher[] = [],
): ServiceStart {
  const command = mainCommand(service);
  const { host, hiddenBy, notExamined: unseen } = hostSeenBy(given, service.unit, command?.prefixes);
  if (command === undefined) {
    return {
      host,
      service,
      command,
      launch: undefined,
      loaded: undefined,
      hiddenBy,
      notExamined: ['the unit has no ExecStart=', ...unseen],
    };
  }
  const launch = launchOfCommand(host, service, command, launchers);
  const notExamined = [...launch.notExamined, ...ownRoot(service), ...unseen];
  const start = secureStart(host, service, command, launch);
  if (start.kind === 'unknown')
    notExamined.push(`whether its loader heeds LD_LIBRARY_PATH and the like: ${start.why}`);
  const { program, environment, directory, loader } = launch;
  const refused = libraryAccess(host, service, command, launch, start);
  const process = { environment, directory, loader, secure: start.kind === 'secure', refused };
  const load = () =>
    program === undefined ? undefined : loadProgram(host, program, process, notExamined, hiddenBy);
  return { host, hiddenBy, service, command, launch, ...loadedOrRefused(load), notExamined };
}

function loadedOrRefused(load: () => LoadedProgram | undefined): Pick<ServiceStart, 'loaded' | 'refusal'> {
  try {
    const loaded = load();
    return { loaded, refusal: loaded?.refusals[0]?.because };
  } catch (error) {
    if (!(error instanceof CouldNotRun)) throw error;
    return { loaded: undefined, refusal: error };
  }
}

function ownRoot({ unit }: Service): string[] {
  return ['RootDirectory', 'RootImage'].flatMap((key) => {
    const value = lastOf(unit, key);
    if (value === undefined || value === '' || value === '/') return [];
    return [`inside ${key}=${value}: the program and its libraries were looked up on the host instead`];
  });
}

function lastOf(unit: Service['unit'], key: string): string | undefined {
  return unit.assignments
    .findLast((assignment) => assignment.section === 'Service' && assignment.key === key)
    ?.value.toString();
}
