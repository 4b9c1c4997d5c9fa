import type { Plan, Step, UnitEffect } from '../../documents/plan.ts';
import type { Host } from '../../host/host.ts';
import { PlannedHost } from '../../host/planned-host.ts';
import { rememberingHost } from '../../host/remembering-host.ts';
import type { UnitsNow } from '../../host/units-now.ts';
import { unitDependencies } from '../../service/relations/unit-dependencies.ts';
import { systemdVersion } from '../../service/systemd-version.ts';
import { overlayOf } from '../overlay-of.ts';
import { unitEffects } from './unit-effects.ts';
import { watcherEffects } from './watcher-effects.ts';

type Predicted = Pick<Plan['effects'], 'restarts' | 'starts' | 'others' | 'activity' | 'downtime'>;

/**
 * What the steps do to the units of the host, that of the plan first. `now` is what they do at this moment; without it
 * it is said of those that run.
 */
export function predictEffects(
  host: Host,
  service: string,
  steps: readonly Step[],
  now: UnitsNow | 'draft' | undefined,
): Predicted {
  if (now === 'draft') return { restarts: [service], downtime: downtime(steps, service, []) };
  const then = steps.some(writesUnit) ? new PlannedHost(host, overlayOf({ steps: [...steps] })) : host;
  const dependencies = unitDependencies(rememberingHost(then), now?.loaded);
  const restartStops = (systemdVersion(host) ?? 0) >= RESTART_STOPS_SINCE;
  const way = steps.some(({ kind }) => kind === 'unit-restart') ? 'restart' : 'stop-and-start';
  const found = unitEffects({ dependencies, service, way, now, restartStops });
  const known = new Set([service, ...found.map(({ unit }) => unit)]);
  const written = steps.flatMap((step) =>
    'path' in step && step.kind.startsWith('file-') ? [step.path] : [],
  );
  const watchers = now === undefined ? [] : watcherEffects(dependencies, now, written);
  const others = [...found, ...watchers.filter(({ unit }) => !known.has(unit))];
  const isOff = now !== undefined && !now.runs(service);
  return {
    restarts: [...(isOff ? [] : [service]), ...unitsThat('restarts', others)],
    ...(isOff ? { starts: [service] } : {}),
    ...(others.length === 0 ? {} : { others }),
    activity: now === undefined ? 'assumed' : 'observed',
    downtime: isOff ? downtimeOfOthers(service, others) : downtime(steps, service, others),
  };
}

/** A file of the spec; what settings make is for the service's own process. */
function writesUnit(step: Step): boolean {
  return step.kind === 'file-write' && step.role === 'file' && UNIT_DIRECTORY.test(step.path);
}

const UNIT_DIRECTORY = /^\/(?:etc|run|usr\/local\/lib|usr\/lib|lib)\/systemd\/system\//;

/** Source: systemd's issue 24068, mended in version 253. */
const RESTART_STOPS_SINCE = 253;

function unitsThat(does: UnitEffect['does'], others: readonly UnitEffect[]): string[] {
  return others.filter((effect) => effect.does === does).map(({ unit }) => unit);
}

function downtime(steps: readonly Step[], service: string, others: readonly UnitEffect[]): string {
  const snapshots = steps.filter(({ kind }) => kind === 'state-snapshot').length;
  const copies =
    snapshots === 0
      ? ''
      : `, while ${snapshots === 1 ? 'its state is compared with its copy' : `${snapshots} parts of its state are compared with their copies`} and what has changed is copied`;
  const count = unitsThat('restarts', others).length;
  const also =
    count === 0 ? '' : `, and so ${count === 1 ? 'is the unit' : `are the ${count} units`} restarted with it`;
  return `${service} is down from its stop to its start${copies}${also}; everything else is prepared before`;
}

function downtimeOfOthers(service: string, others: readonly UnitEffect[]): string {
  const restarted = unitsThat('restarts', others);
  const who =
    restarted.length === 0 ? 'nothing' : restarted.length === 1 ? 'one unit' : `${restarted.length} units`;
  return `${service} does not run now, so its start takes ${who} down`;
}
