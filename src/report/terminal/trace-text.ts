import type { Trace, TraceHop } from '../../documents/trace.ts';
import { paint, type Screen, safe } from './screen.ts';
import { sentenceLines } from './sentence-lines.ts';
import { rerenderSentences } from './trace-generator-text.ts';
import { hopSection, sliceSection } from './trace-hops-text.ts';
import { layerSection } from './trace-layers-text.ts';
import { overrideSections } from './trace-overrides-text.ts';
import { commonDirectory } from './trace-places.ts';
import { writerSection } from './trace-writers-text.ts';

/** A trace for people. */
export function traceText(screen: Screen, trace: Trace): string {
  const lines = [
    `${paint(screen, 'bold', safe(trace.setting))} = ${shownValue(trace)}`,
    '',
    ...layerSection(screen, trace),
    ...originSections(screen, trace),
    ...writerSection(screen, trace.writers ?? []),
    ...overrideSections(screen, trace),
    ...closingLines(screen, trace),
  ];
  return `${lines.join('\n')}\n`;
}

/** A value on one line. */
export function shownValue({
  value,
  masked,
  confidence,
}: Pick<Trace, 'value' | 'masked'> & Partial<Pick<Trace, 'confidence'>>): string {
  if (masked === true) return '(secret; --show-secrets shows it)';
  if (value === null) return confidence === 'unknown' ? '(not known)' : '(not set)';
  return safe(value);
}

/** Hops behind the file that systemd reads, then, for each name that leads elsewhere, the hops from there. */
function originSections(screen: Screen, trace: Trace): string[] {
  const behind = trace.hops.filter((hop) => hop.kind !== 'unit' && hop.kind !== 'environment-file');
  const base = commonDirectory(sourcesOf(trace, behind));
  const firstFile = behind.findIndex((hop) => hop.kind === 'file');
  const made = firstFile === -1 ? behind : behind.slice(0, firstFile);
  const led = firstFile === -1 ? [] : behind.slice(firstFile);
  const isPieced = trace.masked !== true && isWorthPieces(trace, behind.length > 0);
  const where = base === '' ? '' : `, in ${safe(base)}`;
  const pieces = `the value, piece by piece${made.length === 0 ? where : ''}`;
  const file = trace.layers.findLast((layer) => layer.wins)?.file;
  return [
    ...hopSection(screen, `made by${where}`, made, base),
    ...(isPieced ? sliceSection(screen, pieces, trace.slices, { base, file }) : []),
    ...hopSection(screen, 'which is loaded, and made, by', led, base),
  ];
}

/** A value that stands whole at the place that the layers name is not taken to pieces. */
function isWorthPieces({ rerender, slices }: Trace, isMade: boolean): boolean {
  const isMixed = slices.length > 1 && slices.some(({ origin }) => origin.kind !== 'literal');
  const isTelling = slices.some(({ meaning, origin }) => meaning !== undefined || origin.kind === 'unknown');
  return rerender !== undefined || isMade || isMixed || isTelling;
}

/** The files of the generator: those behind the value, without the files of the node itself. */
function sourcesOf(trace: Trace, behind: readonly TraceHop[]): string[] {
  const own = new Set(trace.layers.map((layer) => layer.file));
  const hops = behind.filter((hop) => hop.kind !== 'file').map((hop) => hop.file);
  const slices = trace.slices.flatMap(({ origin }) =>
    origin.kind === 'literal' && origin.file !== undefined && !own.has(origin.file) ? [origin.file] : [],
  );
  return [...hops, ...slices];
}

function closingLines(screen: Screen, trace: Trace): string[] {
  const lines = [
    ...(trace.rerender === undefined ? [] : rerenderSentences(trace.rerender)),
    ...(trace.notes ?? []),
    ...runningLines(trace),
    ...trace.notExamined.map((what) => `not examined: ${what}`),
  ];
  return lines.flatMap((line) => sentenceLines(screen, line, 2));
}

/** What runs at this moment, beside what the files say. */
function runningLines({ confidence, settingKind, observed, setting }: Trace): string[] {
  const who = settingKind === 'directive' ? 'systemd' : 'process';
  if (observed === undefined) return confidence === 'observed' ? [`the running ${who} has this value`] : [];
  const next = observed.next === undefined ? '' : ` (next: ${observed.next})`;
  if (observed.value === undefined) return [`${observed.why}${next}`];
  const has = observed.value === null ? `another value of ${setting}, or none` : observed.value;
  return [`the running ${observed.by} has ${has}: ${observed.why}${next}`];
}
