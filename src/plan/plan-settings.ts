import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Host } from '../host/host.ts';
import type { OverridePlace } from '../service/overrides.ts';
import { DROP_IN_NAME } from '../service/drop-in-path.ts';
import { variableOf } from '../service/environment-layer.ts';
import type { Service } from '../service/service.ts';
import { isReadLater, unsetEntries } from '../service/unset-entries.ts';
import { type DropIn, dropInEnvironmentPath } from './drop-in.ts';
import { editEnvironmentFile } from './edit-environment-file.ts';
import { nearest } from '../text/nearest.ts';
import { isSecret } from '../text/secrets.ts';
import { fileWriteStep } from './file-write-step.ts';
import { newValues } from './new-values.ts';
import type { Spec } from './spec.ts';
import type { StepOfKind } from './step-duties.ts';

export interface PlannedSettings {
  readonly files: readonly StepOfKind<'file-write'>[];
  readonly dropIn: DropIn;
  /** What the process shall have. */
  readonly values: ReadonlyMap<string, string>;
}

export type PlacesOf = (setting: string) => readonly OverridePlace[];

/** Puts each setting where an override of it wins, best place first, and what is unset into the drop-in. */
export function planSettings(
  spec: Spec,
  host: Host,
  service: Service,
  placesOf: PlacesOf,
  base: DropIn,
): PlannedSettings {
  refuseUnknownUnsets(spec, service);
  const values = newValues(spec, service);
  const environment = new Map([...base.environment].filter(([name]) => !spec.settings.unset.includes(name)));
  const inFiles = new Map<string, Map<string, string>>();
  let { environmentFile } = base;
  for (const [name, value] of values) {
    const [place] = placesOf(name);
    if (place === undefined) throw noPlace(service, name);
    environment.delete(name);
    if (place.how === 'drop-in-environment') {
      environment.set(name, value);
      continue;
    }
    const file = place.how === 'environment-file' ? place.file : dropInEnvironmentPath(service.name);
    if (place.how === 'drop-in-environment-file') environmentFile = file;
    inFiles.set(file, new Map([...(inFiles.get(file) ?? []), [name, value]]));
  }
  const byOthers = unsetEntries(service).map(({ entry }) => entry);
  const lifts = !base.resetUnset && byOthers.some((entry) => values.has(entry));
  const unset = new Set([...base.unset, ...(lifts ? byOthers : []), ...spec.settings.unset]);
  for (const name of values.keys()) unset.delete(name);
  return {
    files: [...inFiles].flatMap(([path, some]) => settingsFile(host, path, some)),
    dropIn: {
      ...base,
      environmentFile,
      environment,
      resetUnset: base.resetUnset || lifts,
      unset: [...unset].sort(),
    },
    values,
  };
}

/** Sets of systemd itself that a unit may want to do without. Source: systemd.exec(5), "Environment variables in spawned processes". */
const OF_SYSTEMD = new Set(
  [
    'PATH LANG USER LOGNAME HOME SHELL INVOCATION_ID XDG_RUNTIME_DIR RUNTIME_DIRECTORY STATE_DIRECTORY',
    'CACHE_DIRECTORY LOGS_DIRECTORY CONFIGURATION_DIRECTORY CREDENTIALS_DIRECTORY MAINPID MANAGERPID',
    'LISTEN_FDS LISTEN_PID LISTEN_FDNAMES NOTIFY_SOCKET WATCHDOG_PID WATCHDOG_USEC SYSTEMD_EXEC_PID TERM',
    'LOG_NAMESPACE JOURNAL_STREAM SERVICE_RESULT EXIT_CODE EXIT_STATUS MONITOR_SERVICE_RESULT PIDFILE',
  ].flatMap((line) => line.split(' ')),
);

function refuseUnknownUnsets({ settings }: Spec, { name: unit, environment }: Service): void {
  const known = new Set([...environment.names, ...OF_SYSTEMD]);
  for (const layer of environment.layers) {
    if (layer.kind === 'pass') layer.names.forEach((name) => known.add(name));
    if (layer.kind === 'unset') layer.entries.forEach((entry) => known.add(entry));
  }
  for (const name of settings.unset) {
    if (known.has(name)) continue;
    const near = nearest(name, environment.names);
    throw new CouldNotRun(
      `${name} is not set, so it can't be unset${near === undefined ? '' : `; did you mean ${near}?`}`,
      { why: `Neither ${unit} nor a file it reads gives it a value.` },
    );
  }
}

function noPlace(service: Service, name: string): CouldNotRun {
  const layers = service.environment.layers.filter((layer) => 'directive' in layer);
  const late = layers.findLast(
    (layer) =>
      isReadLater(service, layer.directive.place.file) &&
      (variableOf(layer, name) !== undefined || (layer.kind === 'unset' && layer.entries.includes(name))),
  );
  return new CouldNotRun(`there is no place where a value of ${name} would win`, {
    ...(late === undefined ? {} : { place: late.directive.place }),
    why: `A drop-in that systemd reads after ${DROP_IN_NAME} has the last word.`,
    next: `Take the line out of that drop-in, or give the drop-in a name that sorts before ${DROP_IN_NAME}.`,
  });
}

function settingsFile(
  host: Host,
  path: string,
  values: ReadonlyMap<string, string>,
): StepOfKind<'file-write'>[] {
  const exists = host.stat(path)?.type === 'file';
  const today = exists ? new TextDecoder().decode(host.readFile(path)) : '';
  const edited = editEnvironmentFile(path, today, values);
  if (edited === undefined) {
    throw new CouldNotRun(`${path} is written in a way that can't be edited safely`, {
      place: { file: path, line: 1, column: 1 },
      why: 'Setting a value there would change others.',
      next: 'Bring the file into the form NAME="value", a line each.',
    });
  }
  // systemd reads the file as root: nobody else needs to see a secret.
  const mode = !exists && [...values].some(([name, value]) => isSecret(name, value)) ? 0o600 : undefined;
  const step = fileWriteStep(host, 'settings', path, edited, { mode });
  return step === undefined ? [] : [step];
}
