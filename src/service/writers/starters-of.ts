import type { Host } from '../../host/host.ts';
import { unitTexts } from './unit-texts.ts';

/** The timers, path and socket units that start a service. */
export function startersOf(host: Host, service: string): string[] {
  const stem = service.slice(0, -'.service'.length);
  return unitTexts(host).flatMap(({ unit, texts }) => {
    if (unit.endsWith('.service')) return [];
    const named = texts.flatMap((text) =>
      [...text.matchAll(/^[ \t]*Unit[ \t]*=[ \t]*(\S+)/gm)].map(([, name]) => name),
    );
    const starts = named.length > 0 ? named.includes(service) : unit.replace(/\.[a-z]+$/, '') === stem;
    return starts ? [unit] : [];
  });
}
