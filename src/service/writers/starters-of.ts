import type { Host } from '../../host/host.ts';
import { unitTexts } from './unit-texts.ts';

/** The timers, path and socket units that start a service. */
export function startersOf(host: Host, service: string): string[] {
  const stem = service.slice(0, -'.service'.length);
  return unitTexts(host).flatMap(({ unit, assignments }) => {
    if (unit.endsWith('.service')) return [];
    const named = assignments.filter(({ section, key }) => key === STARTS[section]);
    const starts =
      named.length > 0
        ? named.some(({ value }) => value.toString() === service)
        : unit.replace(/\.[a-z]+$/, '') === stem;
    return starts ? [unit] : [];
  });
}

/** The key that names the unit to start, by section. Source: systemd.timer(5), systemd.path(5), systemd.socket(5). */
const STARTS: Readonly<Record<string, string>> = { Timer: 'Unit', Path: 'Unit', Socket: 'Service' };
