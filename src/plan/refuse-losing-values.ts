import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Plan } from '../documents/plan.ts';
import type { Host } from '../host/host.ts';
import { PlannedHost } from '../host/planned-host.ts';
import { loadService, type Service } from '../service/service.ts';
import type { Place } from '../text/place.ts';
import { isSecret } from '../text/secrets.ts';
import { overlayOf } from './overlay-of.ts';

/** What the process shall have of the settings of a spec. */
export interface WantedSettings {
  readonly values: ReadonlyMap<string, string>;
  readonly unset: readonly string[];
}

/** Loads the service from the host as the plan leaves it. Throws `CouldNotRun` for a setting that loses there. */
export function refuseLosingValues(host: Host, plan: Plan, { values, unset }: WantedSettings): void {
  if (values.size === 0 && unset.length === 0) return;
  const tomorrow = loadService(new PlannedHost(host, overlayOf(plan)), plan.service);
  for (const [name, value] of values) {
    const found = tomorrow.environment.effective.get(name);
    if (found === undefined) throw lost(name, 'it would not be set at all', takenAwayAt(tomorrow, name));
    const won = found.value.toString();
    if (won !== value) throw lost(name, `${shown(name, won)} would win`, found.place);
  }
  for (const name of unset) {
    const found = tomorrow.environment.effective.get(name);
    if (found === undefined) continue;
    throw lost(name, `it would stay ${shown(name, found.value.toString())}`, found.place);
  }
}

function lost(name: string, instead: string, place: Place | undefined): CouldNotRun {
  return new CouldNotRun(`the change of ${name} would not take effect: ${instead}`, {
    ...(place === undefined ? {} : { place }),
    why: 'The service would be restarted without the setting that was asked for.',
    next: `See every place that has a say: cutover trace, with the service and ${name}`,
  });
}

function takenAwayAt({ environment }: Service, name: string): Place | undefined {
  const layer = environment.layers.findLast(
    (candidate) =>
      candidate.kind === 'unset' &&
      candidate.resetBy === undefined &&
      candidate.entries.some((entry) => entry.split('=')[0] === name),
  );
  return layer?.kind === 'unset' ? layer.directive.place : undefined;
}

function shown(name: string, value: string): string {
  return isSecret(name, value) ? 'another value' : `"${value}"`;
}
