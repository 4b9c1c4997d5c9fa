import type { Dependents } from '../../documents/dependents.ts';
import { evidenceText } from './evidence-text.ts';
import { paragraph, rows } from './rows.ts';
import { paint, type Screen, safe } from './screen.ts';

/** Who would notice if a file changed: services with the way to it, and lines that name it. */
export function dependentsText(
  screen: Screen,
  { path, realPath, services, readByAll, processes = [], references, notExamined }: Dependents,
): string {
  const target = realPath === null ? ' (absent)' : realPath === path ? '' : ` (leads to ${safe(realPath)})`;
  const count = services.length === 1 ? '1 service' : `${services.length} services`;
  const lines = [
    `${paint(screen, 'bold', safe(path))}${target}: noticed by ${count}`,
    ...services.flatMap(({ service, way }) => [
      `  ${safe(service)}`,
      ...rows(
        screen,
        way.map(({ kind, label, to, evidence }) => [
          `${kind.replaceAll('-', ' ')} ${safe(to)}`,
          paint(screen, 'dim', `${label === undefined ? '' : `${safe(label)} `}${evidenceText(evidence)}`),
        ]),
        4,
        72,
      ),
    ]),
    ...(readByAll === undefined ? [] : ['', ...paragraph(screen, `read by all: ${readByAll}`, 0)]),
    ...(processes.length === 0 ? [] : ['', 'used at this moment by']),
    ...rows(
      screen,
      processes.map(({ pid, program, service, use }) => [
        `process ${pid}${program === undefined ? '' : ` ${safe(program)}`}`,
        paint(screen, 'dim', [USES[use], ...(service === undefined ? [] : [safe(service)])].join(', ')),
      ]),
      2,
      72,
    ),
    ...(references.length === 0 ? [] : ['', 'named elsewhere:']),
    ...references.map((place) => `  ${safe(place.file)}:${place.line}:${place.column}`),
    '',
    ...notExamined.flatMap((what) => paragraph(screen, `not examined: ${safe(what)}`, 0)),
  ];
  return `${lines.join('\n')}\n`;
}

const USES = {
  runs: 'runs it',
  maps: 'has it mapped',
  'maps-earlier': 'has mapped what had this name before',
  'has-open': 'has it open',
} as const;
