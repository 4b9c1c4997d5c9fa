import type { Trace, TraceHop } from '../documents/trace.ts';
import type { Subject } from '../graph/subject.ts';
import { CouldNotRun } from '../documents/could-not-run.ts';
import type { GeneratedFile, Meaning } from '../knowledge/knowledge.ts';
import type { EffectiveVariable } from '../service/environment.ts';
import { type Hop, hopsOf } from '../text/hop.ts';
import { holdsSecretValue, maskSecrets } from '../text/secrets.ts';
import type { TracedText } from '../text/traced-text.ts';
import { argumentUsesIn, holdsSecret } from './generator-arguments.ts';
import { isConfidential } from './hidden-parts.ts';
import { distinctHops, showHop } from './hops.ts';
import { variableLayers } from './layers.ts';
import { managerNotRead } from './system-conf-not-read.ts';
import { observedVariable } from './observed/observed-variable.ts';
import { overridesOfVariable } from './overrides-of-variable.ts';
import { shownRerender } from './shown-rerender.ts';
import { slicesOf } from './slices.ts';
import type { TraceOptions } from './trace-setting.ts';
import { originOfPlace, originOfValue, type ValueOrigin } from './value-origin.ts';
import { writersOf } from './writers.ts';

/** Where an environment variable of a service comes from. */
export function traceVariable(subject: Subject, name: string, options: TraceOptions): Trace {
  const { service } = subject;
  const variable = service.environment.effective.get(name);
  const plain = variable?.value.toString();
  const origin = variable === undefined ? undefined : originOfValue(subject, variable);
  const isSecretOfGenerator = variable !== undefined && isGeneratorsSecret(subject, variable, origin);
  const hide = (value: string): boolean =>
    !options.showSecrets && (isSecretOfGenerator || holdsSecretValue(name, value));
  const masked = plain !== undefined && hide(plain);
  const notExamined: string[] = [];
  const unreadFiles = filesNotRead(subject, variable);
  const meanings =
    variable === undefined || options.detail !== undefined ? [] : meaningsOf(subject, name, notExamined);
  const running = options.says?.process?.environment;
  const observed =
    options.says === undefined
      ? undefined
      : observedVariable(subject, name, options.says, (value) => (hide(value) ? null : value));
  const isTable = options.detail === 'table';
  const found =
    isTable && variable !== undefined ? { writers: [], notExamined: [] } : writersOf(subject, name);
  return {
    apiVersion: 'cutover/v1',
    kind: 'Trace',
    service: service.name,
    setting: name,
    settingKind: 'variable',
    value: masked ? null : (plain ?? null),
    ...(masked ? { masked } : {}),
    confidence:
      plain !== undefined && running?.get(name) === plain
        ? 'observed'
        : unreadFiles.length > 0
          ? 'unknown'
          : 'parsed',
    ...(observed === undefined ? {} : { observed }),
    layers: variableLayers(subject, name, (value) => (hide(value) ? null : value), isTable),
    hops: variable === undefined || masked ? [] : hopsTo(subject, variable, origin, meanings, options),
    slices: masked || origin === undefined ? [] : slicesOf(origin.value, meanings),
    ...(isTable ? { overrides: [] } : overridesOfVariable(subject, name, origin)),
    ...(found.writers.length === 0 ? {} : { writers: found.writers }),
    ...(origin?.generated === undefined ? {} : made(subject, origin.value, origin.generated, options)),
    notExamined: [
      ...notExamined,
      ...found.notExamined,
      ...processNotRead(options.says),
      ...unreadFiles,
      ...(variable === undefined || variable.layer.kind === 'default' ? managerNotRead(subject) : []),
    ],
  };
}

/** For people: why it is not known what the running process has. */
function processNotRead(says: TraceOptions['says']): string[] {
  const { pid, unread } = says?.process ?? {};
  return unread === undefined ? [] : [`what the running process ${pid} has: ${unread}`];
}

/** The environment files behind the one that counts of which it is not known what they set. */
function filesNotRead({ service }: Subject, variable: EffectiveVariable | undefined): string[] {
  const { layers } = service.environment;
  const behind = variable === undefined ? layers : layers.slice(layers.indexOf(variable.layer) + 1);
  return behind.flatMap((layer) =>
    layer.kind === 'file' && layer.resetBy === undefined && layer.notRead !== undefined
      ? [`what ${layer.path} sets: ${layer.notRead}`]
      : [],
  );
}

/** Made from a secret of the generator; or, in a file with such, nothing that its sources give. */
function isGeneratorsSecret(
  { host }: Subject,
  variable: EffectiveVariable,
  origin: ValueOrigin | undefined,
): boolean {
  if (origin?.generated === undefined) return false;
  const { generated } = origin;
  if (origin.value !== variable.value) return holdsSecret(origin.value, generated);
  return isConfidential(generated, host.stat(generated.path)?.mode ?? 0);
}

/** What the generator of the file says of the value. */
function made(
  { host }: Subject,
  value: TracedText,
  generated: GeneratedFile,
  { showSecrets }: TraceOptions,
): Pick<Trace, 'arguments' | 'rerender' | 'notes'> {
  const { notes } = generated;
  return {
    arguments: argumentUsesIn(value, generated),
    rerender: shownRerender(host, generated, showSecrets),
    ...(notes === undefined ? {} : { notes: [...notes] }),
  };
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

/** Outward from the reader: the unit's line, the file, and what is behind the file; then what names in it mean. */
function hopsTo(
  subject: Subject,
  variable: EffectiveVariable,
  origin: ValueOrigin | undefined,
  meanings: readonly Meaning[],
  options: TraceOptions,
): TraceHop[] {
  const hops: Hop[] = [...nearHops(variable, options)];
  hops.push(...(origin?.named ?? []));
  for (const slice of origin?.value.slices ?? []) hops.push(...hopsOf(slice.via));
  for (const meaning of meanings) {
    if (meaning.place === undefined) continue;
    hops.push({ kind: 'file', place: meaning.place, text: meaning.text });
    const named = variable.value.slice(meaning.from, meaning.to).toString();
    const behind = originOfPlace(subject, meaning.place, named);
    for (const slice of behind?.slices ?? []) hops.push(...hopsOf(slice.via));
    for (const slice of subject.explainFile(meaning.place.file)?.content.slices ?? [])
      hops.push(...hopsOf(slice.via));
  }
  return distinctHops(hops).map(showHop);
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
