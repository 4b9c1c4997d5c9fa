import type { Trace, TraceHop, TraceLayer, TraceSlice } from '../../documents/trace.ts';
import { paragraph, rows } from './rows.ts';
import { paint, type Screen, safe } from './screen.ts';

/** A trace for people. */
export function traceText(screen: Screen, trace: Trace): string {
  const lines = [
    `${paint(screen, 'bold', safe(trace.setting))} = ${shownValue(trace)}`,
    '',
    ...layerLines(screen, trace),
    ...hopLines(screen, trace),
    ...overrideLines(screen, trace),
    ...closingLines(screen, trace),
  ];
  return `${lines.join('\n')}\n`;
}

/** One line a setting: what it is and where it is set. */
export function traceListText(screen: Screen, traces: readonly Trace[]): string {
  const cells = traces.map((trace): [string, string] => {
    const winner =
      trace.layers.findLast((layer) => layer.wins) ?? trace.layers.findLast((layer) => layer.line);
    const where =
      winner === undefined
        ? 'not set'
        : winner.line === undefined
          ? winner.file
          : `${winner.file}:${winner.line}`;
    return [`${safe(trace.setting)} = ${shownValue(trace)}`, paint(screen, 'dim', safe(where))];
  });
  return `${rows(screen, cells, 0, 60).join('\n')}\n`;
}

function shownValue(trace: Trace): string {
  if (trace.masked === true) return '(secret; --show-secrets shows it)';
  return trace.value === null ? '(not set)' : safe(trace.value);
}

function layerLines(screen: Screen, trace: Trace): string[] {
  const readers = [
    ...new Set(trace.layers.flatMap((layer) => (layer.via === undefined ? [] : [layer.via.file]))),
  ];
  const reader = readers.length === 1 ? readers[0] : undefined;
  const best = trace.overrides[0]?.file;
  const cells = trace.layers.map((layer): [string, string] => {
    const mark = layer.wins ? '▸' : ' ';
    const via =
      layer.via === undefined
        ? ''
        : reader === undefined
          ? `${layer.via.file}:${layer.via.line} `
          : `:${layer.via.line} `;
    const left = `${mark} ${via}${safe(layerPlace(layer, reader))}`;
    const right = layerText(layer, trace, layer.file === best);
    return [layer.wins ? paint(screen, 'green', left) : left, right];
  });
  const heading =
    reader === undefined
      ? 'layers, lowest first'
      : `layers, lowest first, by the line of ${safe(reader)} that brings each`;
  return [...paragraph(screen, heading, 2), ...rows(screen, cells, 2, 52), ''];
}

/** A layer in the unit file that the heading names needs its line alone. */
function layerPlace(layer: TraceLayer, reader: string | undefined): string {
  if (layer.line === undefined) return layer.file;
  return layer.file === reader ? `:${layer.line}` : `${layer.file}:${layer.line}`;
}

function layerText(layer: TraceLayer, trace: Trace, best: boolean): string {
  const here = best && layer.operation !== 'set' ? '; your override wins here' : '';
  switch (layer.operation) {
    case 'set':
      return layer.wins ? 'sets it, wins' : `sets it${given(layer)}, is overridden`;
    case 'append':
      return layer.wins ? `adds${added(layer)}` : `adds${added(layer)}, is reset later`;
    case 'reset':
      return layer.via === undefined && trace.value === null ? 'unsets it' : 'reset by a later empty line';
    case 'default':
      return layer.wins ? "systemd's own" : `systemd's own${added(layer)}, is overridden`;
    case 'derived':
      return "passes the manager's own value, which no file tells";
    case 'none':
      return `does not set it${here}`;
    case 'absent':
      return layer.optional ? `absent, optional${here}` : 'absent, and must exist';
  }
}

function added(layer: TraceLayer): string {
  return layer.value === null || layer.value === undefined ? '' : ` ${safe(layer.value)}`;
}

function given(layer: TraceLayer): string {
  return layer.value === null || layer.value === undefined ? '' : ` to ${safe(layer.value)}`;
}

/** Hops behind the file that systemd reads, then, for each name that leads elsewhere, the hops from there. */
function hopLines(screen: Screen, trace: Trace): string[] {
  const behind = trace.hops.filter((hop) => hop.kind !== 'unit' && hop.kind !== 'environment-file');
  if (behind.length === 0) return [];
  const base = commonDirectory(behind.filter((hop) => hop.kind !== 'file').map((hop) => hop.file));
  const firstFile = behind.findIndex((hop) => hop.kind === 'file');
  const made = firstFile === -1 ? behind : behind.slice(0, firstFile);
  const led = firstFile === -1 ? [] : behind.slice(firstFile);
  const heading = base === '' ? 'made by' : `made by, in ${safe(base)}`;
  return [
    ...(made.length === 0
      ? []
      : [
          ...paragraph(screen, heading, 2),
          ...rows(
            screen,
            made.map((hop) => hopRow(hop, base)),
            4,
          ),
          '',
        ]),
    ...sliceLines(screen, trace.slices, base),
    ...(led.length === 0
      ? []
      : [
          ...paragraph(screen, 'which is loaded, and made, by', 2),
          ...rows(
            screen,
            led.map((hop) => hopRow(hop, base)),
            4,
          ),
          '',
        ]),
  ];
}

function hopRow(hop: TraceHop, base: string): [string, string] {
  return [placeText(hop, base), safe(hop.text)];
}

function sliceLines(screen: Screen, slices: readonly TraceSlice[], base: string): string[] {
  const cells = new Map<string, { left: string; right: string; times: number }>();
  for (const slice of slices) {
    const meaning = slice.meaning === undefined ? '' : `  ${safe(slice.meaning)}`;
    const cell = { left: originText(slice, base), right: `'${safe(slice.text)}'${meaning}` };
    const key = `${cell.left}\n${cell.right}`;
    cells.set(key, { ...cell, times: (cells.get(key)?.times ?? 0) + 1 });
  }
  const lines = [...cells.values()].map(({ left, right, times }): [string, string] => [
    left,
    times === 1 ? right : `${right}  ${times} times`,
  ]);
  return lines.length === 0 ? [] : ['  the value, piece by piece', ...rows(screen, lines, 4), ''];
}

function originText(slice: TraceSlice, base: string): string {
  const { origin } = slice;
  const place =
    origin.file === undefined
      ? ''
      : placeText({ file: origin.file, line: origin.line ?? 1, column: origin.column ?? 1 }, base);
  if (origin.kind === 'literal') return place;
  return [origin.kind, safe(origin.name ?? ''), place].filter((part) => part !== '').join(' ');
}

function placeText(place: { file: string; line: number; column: number }, base: string): string {
  const file =
    base !== '' && place.file.startsWith(`${base}/`) ? place.file.slice(base.length + 1) : place.file;
  return `${safe(file)}:${place.line}:${place.column}`;
}

function commonDirectory(files: readonly string[]): string {
  const [first, ...rest] = [...new Set(files)].map((file) => file.split('/').slice(0, -1));
  if (first === undefined) return '';
  const common = first.filter(
    (part, index) =>
      rest.every((other) => other.slice(0, index + 1).join('/') === first.slice(0, index + 1).join('/')) &&
      part !== undefined,
  );
  // One level up keeps the folder's own name in sight: gen/calc.py rather than calc.py.
  return common.length > 2 ? common.slice(0, -1).join('/') : '';
}

function overrideLines(screen: Screen, trace: Trace): string[] {
  const cells = trace.overrides.map((override): [string, string] => [
    safe(override.file),
    safe(override.why),
  ]);
  return cells.length === 0
    ? []
    : ['  where your own value would win, best first', ...rows(screen, cells, 4, 40), ''];
}

function closingLines(screen: Screen, trace: Trace): string[] {
  const rerender = trace.rerender;
  const lines: string[] = [];
  if (rerender?.result === 'identical') lines.push('re-rendered from its sources, the file is identical');
  if (rerender?.result === 'different') {
    lines.push(
      `re-rendered from its sources, the file differs first at line ${rerender.line}, column ${rerender.column}: ` +
        `the sources give ${JSON.stringify(rerender.expected)}, the file has ${JSON.stringify(rerender.found)}`,
    );
  }
  if (rerender?.result === 'not-possible')
    lines.push(`could not be re-rendered from its sources: ${safe(rerender.reason)}`);
  if (trace.confidence === 'observed') lines.push('the running process has this value');
  lines.push(...trace.notExamined.map((what) => `not examined: ${safe(what)}`));
  return lines.flatMap((line) => paragraph(screen, line, 2));
}
