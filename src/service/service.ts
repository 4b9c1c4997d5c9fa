import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Host } from '../host/host.ts';
import { type ServiceCommand, readCommands } from './commands.ts';
import { readEnvironment, type ServiceEnvironment } from './environment.ts';
import { type LoadedUnit, loadUnit } from './load-unit.ts';

/** A service as systemd would start it. */
export interface Service {
  readonly name: string;
  readonly unit: LoadedUnit;
  readonly environment: ServiceEnvironment;
  readonly commands: readonly ServiceCommand[];
}

/**
 * Loads a service. Throws `CouldNotRun` for what `loadUnit` refuses, for a unit that is no service, and for
 * one that systemd could not start because a mandatory environment file is missing.
 */
export function loadService(host: Host, asked: string): Service {
  const unit = loadUnit(host, asked);
  if (!unit.name.endsWith('.service')) {
    throw new CouldNotRun(`${unit.name} is not a service`, { next: 'Cutover looks at .service units.' });
  }
  const environment = readEnvironment(host, unit);
  refuseMissingFiles(unit.name, environment);
  return { name: unit.name, unit, environment, commands: readCommands(host, unit, environment) };
}

/** The command whose process is the service: the last `ExecStart=` (several are allowed for oneshot only). */
export function mainCommand(service: Service): ServiceCommand | undefined {
  return service.commands.findLast((command) => command.directive === 'ExecStart');
}

function refuseMissingFiles(name: string, environment: ServiceEnvironment): void {
  for (const layer of environment.layers) {
    if (layer.kind !== 'file' || layer.content !== undefined || layer.optional || layer.resetBy !== undefined)
      continue;
    throw new CouldNotRun(`EnvironmentFile=${layer.path} does not exist`, {
      place: layer.directive.place,
      why: `The line has no '-', so systemd refuses to start ${name} without the file.`,
      next: `Bring the file back, or write EnvironmentFile=-${layer.path} in a drop-in if it may be missing.`,
    });
  }
}
