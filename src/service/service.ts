import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Host } from '../host/host.ts';
import { type ServiceCommand, readCommands } from './commands.ts';
import { readEnvironment, type ServiceEnvironment } from './environment.ts';
import { isMissing } from './environment-layer.ts';
import { type LoadedUnit, loadUnit } from './load-unit.ts';
import { notAFile } from './not-a-file.ts';
import { shellWord } from '../text/shell-word.ts';

/** A service as systemd would start it. */
export interface Service {
  readonly name: string;
  readonly unit: LoadedUnit;
  readonly environment: ServiceEnvironment;
  readonly commands: readonly ServiceCommand[];
}

/**
 * Loads a service that systemd could start: as `readService`, and throws `CouldNotRun` as `refuseMissingFiles` does.
 */
export function loadService(host: Host, asked: string): Service {
  const service = readService(host, asked);
  refuseMissingFiles(host, service);
  return service;
}

/**
 * Reads a service as its files say it, whether or not all of its environment files are there. Throws `CouldNotRun`
 * for what `loadUnit` refuses and for a unit that is no service. `running`: the environment of the manager that runs.
 */
export function readService(host: Host, asked: string, running?: ReadonlyMap<string, string>): Service {
  const unit = loadUnit(host, asked);
  if (!unit.name.endsWith('.service')) {
    throw new CouldNotRun(`${unit.name} is not a service`, { next: 'Cutover looks at .service units.' });
  }
  const environment = readEnvironment(host, unit, running);
  return { name: unit.name, unit, environment, commands: readCommands(host, unit, environment) };
}

/** The command whose process is the service: the last `ExecStart=` (several are allowed for oneshot only). */
export function mainCommand(service: Service): ServiceCommand | undefined {
  return service.commands.findLast((command) => command.directive === 'ExecStart');
}

/**
 * Throws `CouldNotRun` for a service that systemd could not start, because a mandatory environment file is missing, and
 * for one whose environment is not known, because a file is too large.
 */
export function refuseMissingFiles(host: Host, { name, environment }: Service): void {
  for (const layer of environment.layers) {
    if (layer.kind !== 'file') continue;
    if (layer.notRead !== undefined && layer.resetBy === undefined) {
      throw new CouldNotRun(layer.notRead, {
        place: layer.directive.place,
        why: `systemd reads it for ${name}; what it sets is not known here.`,
        next: `ls -l ${shellWord(layer.path)}`,
      });
    }
    if (!isMissing(layer)) continue;
    throw new CouldNotRun(`EnvironmentFile=${layer.path} ${notAFile(host, layer.path) ?? 'does not exist'}`, {
      place: layer.directive.place,
      why: `The line has no '-', so systemd refuses to start ${name} without the file.`,
      next: `Bring the file back, or write EnvironmentFile=-${layer.path} in a drop-in if it may be missing.`,
    });
  }
}
