import type { ServiceTraces } from '../../documents/host-trace.ts';
import { paragraph, rows } from './rows.ts';
import { type Screen, safe } from './screen.ts';
import { layerPlace, traceTable } from './trace-table.ts';
import { shownValue } from './trace-text.ts';
import { wrapValue } from './wrap-value.ts';

/** What a trace of all services adds up to. */
export interface HostTraceCounts {
  readonly services: number;
  readonly settings: number;
  readonly notRead: readonly { readonly unit: string; readonly reason: string }[];
  readonly templates: readonly string[];
}

/** One service of many: its table, or, where some settings only were asked for, a line for each. */
export function hostServiceText(screen: Screen, service: ServiceTraces, asked: readonly string[]): string {
  return asked.length === 0 ? `${traceTable(screen, service)}\n` : settingLines(screen, service, asked);
}

const UNIT_WIDTH = 34;

function settingLines(screen: Screen, { service, traces }: ServiceTraces, asked: readonly string[]): string {
  const room = Math.max(24, (screen.width ?? Number.POSITIVE_INFINITY) - UNIT_WIDTH - 2);
  const lines = traces.flatMap((trace) => {
    const name = asked.length === 1 ? '' : `${safe(trace.setting)} = `;
    const winner = trace.layers.findLast((layer) => layer.wins);
    const place = winner === undefined ? [] : [layerPlace(winner)];
    const value = wrapValue(`${name}${shownValue(trace)}`, room);
    const right = [...value, ...place.map((where) => `  ${where}`)];
    const unit = safe(service);
    const first =
      unit.length > UNIT_WIDTH
        ? [unit, `${' '.repeat(UNIT_WIDTH + 2)}${right[0] ?? ''}`]
        : [`${unit.padEnd(UNIT_WIDTH + 2)}${right[0] ?? ''}`];
    return [...first, ...right.slice(1).map((line) => `${' '.repeat(UNIT_WIDTH + 2)}${line}`)];
  });
  return `${lines.join('\n')}\n`;
}

/** The end of a trace of all services: what was not read, and how much was. */
export function hostSummaryText(
  screen: Screen,
  { services, settings, notRead, templates }: HostTraceCounts,
): string {
  const masked = notRead.filter(({ reason }) => reason.endsWith(' is masked'));
  const others = notRead.filter((one) => !masked.includes(one));
  const lines = [
    ...(others.length === 0
      ? []
      : [
          'not read:',
          ...rows(
            screen,
            others.map(({ unit, reason }): [string, string] => [safe(unit), safe(reason)]),
            2,
            40,
          ),
        ]),
    ...(masked.length === 0
      ? []
      : paragraph(screen, `masked, never started: ${masked.map(({ unit }) => safe(unit)).join(', ')}`, 0)),
    ...(templates.length === 0
      ? []
      : paragraph(
          screen,
          `templates without an instance, ask for one such as ${safe((templates[0] ?? '').replace('@.', '@NAME.'))}: ${templates.map(safe).join(', ')}`,
          0,
        )),
    `${services} ${services === 1 ? 'service' : 'services'}, ${settings} ${settings === 1 ? 'setting' : 'settings'}${notRead.length === 0 ? '' : `; ${notRead.length} not read`}`,
  ];
  return `${lines.join('\n')}\n`;
}
