import type { Trace, TraceHop, TraceOverride, TraceSlice } from '../documents/trace.ts';
import type { Subject } from '../graph/subject.ts';
import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Meaning } from '../knowledge/knowledge.ts';
import type { EffectiveVariable } from '../service/environment.ts';
import { type OverridePlace, overridePlaces } from '../service/overrides.ts';
import { type Hop, hopsOf, sameHop } from '../text/hop.ts';
import { isSecret, maskSecrets } from '../text/secrets.ts';
import type { Slice, TracedText } from '../text/traced-text.ts';
import { variableLayers } from './layers.ts';
import type { TraceOptions } from './trace-setting.ts';
import { originOfPlace, originOfValue } from './value-origin.ts';

/** Where an environment variable of a service comes from. */
export function traceVariable(subject: Subject, name: string, options: TraceOptions): Trace {
  const { service } = subject;
  const variable = service.environment.effective.get(name);
  const plain = variable?.value.toString();
  const hide = (value: string): boolean => !options.showSecrets && isSecret(name, value);
  const masked = plain !== undefined && hide(plain);
  const notExamined: string[] = [];
  const origin = variable === undefined ? undefined : originOfValue(subject, variable);
  const meanings = variable === undefined ? [] : meaningsOf(subject, name, notExamined);
  const observed = options.observed?.get(name);
  if (options.observed !== undefined && observed !== plain) {
    notExamined.push(whyOther(name, observed, plain, hide));
  }
  return {
    apiVersion: 'cutover/v1',
    kind: 'Trace',
    service: service.name,
    setting: name,
    value: masked ? null : (plain ?? null),
    ...(masked ? { masked } : {}),
    confidence: plain !== undefined && observed === plain ? 'observed' : 'parsed',
    layers: variableLayers(subject, name, (value) => (hide(value) ? null : value)),
    hops: variable === undefined || masked ? [] : hopsTo(subject, variable, origin?.value, meanings, options),
    slices: masked || origin === undefined ? [] : slicesOf(origin.value, meanings),
    overrides: overridePlaces(service, name, (path) => subject.noteOn(path)).map(withoutManner),
    ...(origin?.rerender === undefined ? {} : { rerender: origin.rerender }),
    notExamined,
  };
}

function withoutManner({ file, exists, survives, why }: OverridePlace): TraceOverride {
  return { file, exists, survives, why };
}

function meaningsOf(subject: Subject, name: string, notExamined: string[]): Meaning[] {
  try {
    return [...subject.examinations.values()].flatMap((examination) => examination.meanings(name));
  } catch (error) {
    // A trace of one variable must not fail because a library that it does not need can't be read.
    if (!(error instanceof CouldNotRun)) throw error;
    notExamined.push(`what the parts of the value mean: ${error.message}`);
    return [];
  }
}

function whyOther(
  name: string,
  observed: string | undefined,
  plain: string | undefined,
  hide: (value: string) => boolean,
): string {
  const before = 'it was started before this was written';
  if (observed === undefined) return `the running process has no ${name}: ${before}`;
  const shown = hide(observed) ? 'another value' : `"${observed}"`;
  if (plain === undefined) return `the running process has ${shown}, which no file of the unit sets`;
  return `the running process has ${shown}: ${before}`;
}

/** Outward from the reader: the unit's line, the file, and what is behind the file; then what names in it mean. */
function hopsTo(
  subject: Subject,
  variable: EffectiveVariable,
  value: TracedText | undefined,
  meanings: readonly Meaning[],
  options: TraceOptions,
): TraceHop[] {
  const hops: Hop[] = [...nearHops(variable, options)];
  for (const slice of value?.slices ?? []) hops.push(...hopsOf(slice.via));
  for (const meaning of meanings) {
    if (meaning.place === undefined) continue;
    hops.push({ kind: 'file', place: meaning.place, text: meaning.text });
    const named = variable.value.slice(meaning.from, meaning.to).toString();
    const behind = originOfPlace(subject, meaning.place, named);
    for (const slice of behind?.slices ?? []) hops.push(...hopsOf(slice.via));
    for (const slice of subject.explainFile(meaning.place.file)?.content.slices ?? [])
      hops.push(...hopsOf(slice.via));
  }
  return unique(hops).map(({ kind, place, text, name, why }) => ({
    kind,
    ...place,
    text,
    ...(name === undefined ? {} : { name }),
    ...(why === undefined ? {} : { why }),
  }));
}

function nearHops(variable: EffectiveVariable, { showSecrets }: TraceOptions): Hop[] {
  const { layer } = variable;
  if (layer.kind !== 'file' && layer.kind !== 'directive') return [];
  const { directive } = layer;
  // Other variables may stand on the same line.
  const line = `${directive.key}=${directive.value.toString()}`;
  const unitHop: Hop = {
    kind: 'unit',
    place: directive.place,
    text: showSecrets ? line : maskSecrets(line),
    name: directive.key,
  };
  if (layer.kind === 'directive' || variable.place === undefined) return [unitHop];
  const text = `${variable.name}=${variable.value.toString()}`;
  return [unitHop, { kind: 'environment-file', place: variable.place, text, name: variable.name }];
}

function unique(hops: readonly Hop[]): Hop[] {
  const seen = new Map<string, Hop[]>();
  return hops.filter((hop) => {
    const key = `${hop.place.file}:${hop.place.line}`;
    const there = seen.get(key) ?? [];
    if (there.some((other) => sameHop(other, hop))) return false;
    seen.set(key, [...there, hop]);
    return true;
  });
}

function slicesOf(value: TracedText, meanings: readonly Meaning[]): TraceSlice[] {
  let from = 0;
  return value.slices.map((slice) => {
    const to = from + slice.text.length;
    const meaning = meanings.find((candidate) => candidate.from <= from && to <= candidate.to);
    const described: TraceSlice = {
      from,
      to,
      text: slice.text,
      origin: originOf(slice),
      ...(meaning === undefined ? {} : { meaning: meaning.text }),
    };
    from = to;
    return described;
  });
}

function originOf({ origin }: Slice): TraceSlice['origin'] {
  const place = 'place' in origin ? origin.place : undefined;
  const name = origin.kind === 'input' ? origin.name : origin.kind === 'derived' ? origin.rule : undefined;
  return { kind: origin.kind, ...place, ...(name === undefined ? {} : { name }) };
}
