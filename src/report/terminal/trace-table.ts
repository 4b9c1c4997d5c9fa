import type { Trace, TraceLayer } from '../../documents/trace.ts';
import { paragraph, wrap } from './rows.ts';
import { paint, type Screen, safe } from './screen.ts';
import { sentenceLines } from './sentence-lines.ts';
import { commonDirectory, fileText, placeText } from './trace-places.ts';
import { shownValue } from './trace-text.ts';
import { wrapValue } from './wrap-value.ts';

interface ServiceTraces {
  readonly service: string;
  readonly aliases?: readonly string[];
  readonly traces: readonly Trace[];
}

interface Row {
  readonly line: number | undefined;
  readonly name: string;
  readonly value: string;
  /** The line of the generator's template. */
  readonly madeAt: number | undefined;
  /** What else is to be said: the argument behind the value, whom it wins over. */
  readonly details: readonly string[];
}

interface Group {
  readonly heading: string;
  readonly rank: number;
  readonly rows: Row[];
}

/** The settings of a service as a table, under the file that each comes from, in the order systemd reads them. */
export function traceTable(screen: Screen, { service, aliases = [], traces }: ServiceTraces): string {
  const shown = traces.filter(({ setting }) => setting !== 'Environment');
  const base = commonDirectory(shown.flatMap(templateFiles));
  const groups = groupsOf(shown, base);
  const names = [...groups.values()].flatMap(({ rows }) => rows.map(({ name }) => name.length));
  const width = screen.width ?? Number.POSITIVE_INFINITY;
  const limit = Math.max(20, Math.floor(Math.min(width, 120) * 0.4));
  const nameWidth = Math.max(7, ...names.filter((length) => length <= limit));
  const also = aliases.length === 0 ? '' : ` (also ${aliases.map(safe).join(', ')})`;
  const lines = [
    `${paint(screen, 'bold', safe(service))}${also}: ${countText(shown)}`,
    ...[...groups.values()].flatMap((group) => ['', ...groupLines(screen, group, nameWidth)]),
    ...(base === '' ? [] : ['', `  ${relativeTo(shown, base)} is in ${safe(base)}`]),
    ...notExaminedOf(traces.filter(isVariable)).flatMap((what) => [
      '',
      ...sentenceLines(screen, `not examined: ${what}`, 2),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

/** What was not examined of any variable. */
function notExaminedOf([first, ...more]: readonly Trace[]): string[] {
  return (
    first?.notExamined.filter((what) => more.every(({ notExamined }) => notExamined.includes(what))) ?? []
  );
}

function countText(traces: readonly Trace[]): string {
  const variables = traces.filter(isVariable).length;
  const directives = traces.length - variables;
  return `${variables} ${variables === 1 ? 'variable' : 'variables'}, ${directives} ${directives === 1 ? 'directive' : 'directives'}`;
}

/** The first folder below `base`, as places show it. */
function relativeTo(traces: readonly Trace[], base: string): string {
  const [first = ''] = traces.flatMap(templateFiles);
  return `${safe(first.slice(base.length + 1).split('/')[0] ?? '')}/`;
}

function groupsOf(traces: readonly Trace[], base: string): Map<string, Group> {
  const groups = new Map<string, Group>();
  const lines = traces.find(({ setting }) => setting === 'EnvironmentFile')?.layers ?? [];
  for (const trace of traces) {
    for (const { key, layer, row } of rowsOf(trace, base)) {
      const heading = layer === undefined ? 'without a value' : headingOf(layer, trace, base);
      const group = groups.get(key) ?? { heading, rank: rankOf(layer, lines), rows: [] };
      group.rows.push(row);
      groups.set(key, group);
    }
  }
  for (const { rows } of groups.values()) rows.sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
  return new Map([...groups].sort(([, one], [, other]) => one.rank - other.rank));
}

/** systemd's own, then the unit and its drop-ins, then environment files by the lines that bring them. */
function rankOf(layer: TraceLayer | undefined, lines: readonly TraceLayer[]): number {
  if (layer === undefined) return Number.POSITIVE_INFINITY;
  const { via, operation } = layer;
  if (via === undefined) return operation === 'default' ? -2 : -1;
  return lines.findIndex(({ file, line }) => file === via.file && line === via.line);
}

interface PlacedRow {
  readonly key: string;
  /** The layer that gives the value; undefined where there is none. */
  readonly layer: TraceLayer | undefined;
  readonly row: Row;
}

/** A row for each layer that gives a part of the value; one of its own for a setting that has none. */
function rowsOf(trace: Trace, base: string): PlacedRow[] {
  const name = safe(trace.setting);
  const winners = trace.layers.filter((layer) => layer.wins);
  if (winners.length === 0) {
    const row = {
      line: undefined,
      name,
      value: '(not set)',
      madeAt: undefined,
      details: [...whyNotSet(trace), ...runningNow(trace)],
    };
    return [{ key: '', layer: undefined, row }];
  }
  const madeAt = isVariable(trace) ? templatePlace(trace)?.line : undefined;
  return winners.map((layer, index) => {
    const details =
      index === 0 ? [...argumentDetails(trace, base), ...losers(trace), ...runningNow(trace)] : [];
    return {
      key: layer.file,
      layer,
      row: { line: layer.line, name, value: valueIn(layer, trace), madeAt, details },
    };
  });
}

/** What runs at this moment, where that is something else. */
function runningNow({ observed }: Trace): string[] {
  if (observed === undefined) return [];
  const has =
    observed.value === undefined
      ? ''
      : `${observed.value === null ? 'another value, or none' : safe(observed.value)}: `;
  return [`now ${has}${safe(observed.why)}`];
}

function whyNotSet({ layers, writers = [] }: Trace): string[] {
  const last = layers.findLast(({ line, operation }) => line !== undefined && operation === 'reset');
  return [
    ...(last === undefined ? [] : [unsetBy(last)]),
    ...writers.map(
      ({ program, via }) => `written at run time by ${safe(program)}, ${safe(via.file)}:${via.line}`,
    ),
  ];
}

function unsetBy(layer: TraceLayer): string {
  const isVoid = layer.why?.startsWith('reset by') === true;
  return isVoid ? `${layerPlace(layer)} is ${safe(layer.why ?? '')}` : `unset by ${layerPlace(layer)}`;
}

function valueIn(layer: TraceLayer, trace: Trace): string {
  const value = isVariable(trace) ? trace.value : (layer.value ?? null);
  const shown = shownValue({ value, ...(trace.masked === undefined ? {} : { masked: trace.masked }) });
  return shown === '' ? '(empty)' : shown;
}

function headingOf(layer: TraceLayer, trace: Trace, base: string): string {
  if (layer.operation === 'default' && layer.line === undefined) return "systemd's own";
  const brought =
    layer.via === undefined
      ? ''
      : `, brought by ${safe(layer.via.file.split('/').at(-1) ?? '')}:${layer.via.line}`;
  const template = templatePlace(trace);
  if (trace.rerender === undefined) return `${safe(layer.file)}${brought}`;
  const made =
    trace.rerender.result === 'identical'
      ? 'identical to what its sources give'
      : trace.rerender.result === 'different'
        ? `not what its sources give from line ${trace.rerender.line} on`
        : 'not re-rendered';
  const by = template === undefined ? '' : `; made by ${fileText(template.file, base)}`;
  return `${safe(layer.file)}${brought}${by}, ${made}`;
}

function isVariable({ settingKind }: Trace): boolean {
  return settingKind !== 'directive';
}

/** Where the template of the generator says the value, or the tag that it replaces. */
function templatePlace({
  hops,
  slices,
  layers,
  rerender,
}: Trace): { file: string; line: number } | undefined {
  if (rerender === undefined) return undefined;
  const elsewhere = hops.findIndex(({ kind }) => kind === 'file');
  const own = elsewhere === -1 ? hops : hops.slice(0, elsewhere);
  const tag = own.find(({ kind, text }) => kind === 'template' && !text.startsWith('{%'));
  if (tag !== undefined) return tag;
  const [origin] = slices.flatMap((slice) => (slice.origin.kind === 'literal' ? [slice.origin] : []));
  if (origin?.file === undefined || layers.some(({ file }) => file === origin.file)) return undefined;
  return { file: origin.file, line: origin.line ?? 1 };
}

function templateFiles(trace: Trace): string[] {
  const place = templatePlace(trace);
  const args = (trace.arguments ?? []).flatMap(({ setAt }) => (setAt === undefined ? [] : [setAt.file]));
  return [...(place === undefined ? [] : [place.file]), ...args];
}

function argumentDetails({ arguments: args = [], slices }: Trace, base: string): string[] {
  const given = new Set(slices.flatMap(({ origin }) => (origin.kind === 'input' ? [origin.name] : [])));
  return args
    .filter(({ use }) => use === 'value')
    .map(({ name, setAt, config }) => {
      if (given.has(name))
        return `from ${safe(name)}, given in ${safe(config?.file ?? "the operator's config")}`;
      return `from ${safe(name)}${setAt === undefined ? '' : `, ${placeText({ file: setAt.file, line: setAt.line }, base)}`}`;
    });
}

/** Where a layer stands; systemd's own has no file. */
export function layerPlace({ file, line }: Pick<TraceLayer, 'file' | 'line'>): string {
  return line === undefined ? "systemd's own" : `${safe(file)}:${line}`;
}

/** Who else gives the setting a value, and loses. */
function losers({ layers }: Trace): string[] {
  const places = layers
    .filter(({ wins, value }) => !wins && value !== undefined)
    .map(({ file, line }) => layerPlace({ file, line }));
  return places.length === 0 ? [] : [`wins over ${places.join(', ')}`];
}

function groupLines(screen: Screen, { heading, rows }: Group, nameWidth: number): string[] {
  const lineWidth = Math.max(4, ...rows.map(({ line }) => String(line ?? '').length));
  const made = rows.flatMap(({ madeAt }) => (madeAt === undefined ? [] : [String(madeAt).length]));
  const madeWidth = made.length === 0 ? 0 : Math.max(7, ...made);
  const cells = (line: string, madeAt: string, name: string): string =>
    `    ${line.padStart(lineWidth)}  ${madeWidth === 0 ? '' : `${madeAt.padStart(madeWidth)}  `}${name}`;
  const valueAt = cells('', '', '').length + nameWidth + 2;
  const room = Math.max(24, (screen.width ?? Number.POSITIVE_INFINITY) - valueAt);
  const hang = ' '.repeat(valueAt);
  const body = rows.flatMap(({ line, madeAt, name, value, details }) => {
    const left = cells(String(line ?? ''), String(madeAt ?? ''), name);
    const right = [
      ...wrapValue(value, room),
      ...details.flatMap((detail) => wrap(detail, room - 2).map((text) => paint(screen, 'dim', `  ${text}`))),
    ];
    const fits = name.length <= nameWidth;
    const first = fits ? [`${left.padEnd(valueAt)}${right[0] ?? ''}`] : [left, `${hang}${right[0] ?? ''}`];
    return [...first, ...right.slice(1).map((text) => `${hang}${text}`)];
  });
  return [
    ...paragraph(screen, heading, 2),
    paint(screen, 'dim', `${cells('line', 'made at', 'setting').padEnd(valueAt)}value`),
    ...body,
  ];
}
