import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Service } from '../service/service.ts';
import { nearest } from '../text/nearest.ts';
import type { Spec } from './spec.ts';

/**
 * The whole new value of every setting that the spec sets, appends to or removes from, by name. Throws
 * `CouldNotRun` for an element that today's value does not have.
 */
export function newValues({ settings }: Spec, service: Service): Map<string, string> {
  const values = new Map(Object.entries(settings.set));
  const changed = new Set([...Object.keys(settings.remove), ...Object.keys(settings.append)]);
  for (const name of changed) {
    const today = service.environment.effective.get(name)?.value.toString();
    const kept = withoutElements(name, today, settings.remove[name] ?? []);
    values.set(name, `${kept}${settings.append[name] ?? ''}`);
  }
  return new Map([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function withoutElements(name: string, today: string | undefined, elements: readonly string[]): string {
  const list = today === undefined || today === '' ? [] : today.split(',');
  for (const element of elements) {
    if (list.includes(element)) continue;
    const near = nearest(element, list);
    const hint = near === undefined ? '' : `; did you mean ${near}?`;
    throw new CouldNotRun(`${name} has no element ${element} to remove${hint}`, {
      why: today === undefined ? `${name} has no value today.` : `Its value today is ${today}`,
    });
  }
  return elements.length === 0
    ? (today ?? '')
    : list.filter((element) => !elements.includes(element)).join(',');
}
