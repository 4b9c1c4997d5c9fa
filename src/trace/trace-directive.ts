import type { Trace, TraceLayer, TraceObserved } from '../documents/trace.ts';
import type { Subject } from '../graph/subject.ts';
import type { EffectiveProperty } from '../service/directives/effective-property.ts';
import { outOfPlace } from '../service/out-of-place.ts';
import { overridesOfDirective } from '../service/overrides-of-directive.ts';
import type { Place } from '../text/place.ts';
import { holdsSecretValue } from '../text/secrets.ts';
import { type DirectiveInUnit, directiveInUnit } from './directive-in-unit.ts';
import { isCommandDirective } from './list-directives.ts';
import { managerNotRead } from './system-conf-not-read.ts';
import { observedProperty } from './observed/observed-property.ts';
import { propertyLayers } from './property-layers.ts';
import type { TraceOptions } from './trace-setting.ts';

/** Names of the directives that the unit and its drop-ins assign, sorted. */
export function assignedDirectives(subject: Subject): string[] {
  return [...new Set(subject.service.unit.assignments.map((assignment) => assignment.key))].sort();
}

/**
 * Where a directive of the unit comes from: each assignment in the order systemd reads them. A list directive
 * appends and an empty value resets it; of a single-valued one the last assignment wins.
 * Source: systemd.unit(5), systemd.service(5), systemd.exec(5).
 */
export function traceDirective(subject: Subject, name: string, options: TraceOptions): Trace {
  const { service } = subject;
  const directive = directiveInUnit(subject, name);
  const { effective, inForce } = directive;
  const texts = inForce.map((assignment) => assignment.value.toString()).filter((text) => text !== '');
  const value = texts.join(isCommandDirective(name) ? '\n' : ' ');
  const running = runningValue(subject, effective, options);
  const isHidden = (text: string | null | undefined): boolean =>
    !options.showSecrets && typeof text === 'string' && holdsSecretValue(name, text);
  const masked = [...texts, effective?.value, running.told].some(isHidden);
  const isTable = options.detail === 'table';
  const layers = [
    ...misplacedLayers(subject, [directive.name, name, ...(effective?.property.directives ?? [])]),
    ...(effective === undefined
      ? writtenLayers(directive)
      : propertyLayers(effective, running.told, placeOfDefault(subject, effective))),
  ].map((layer): TraceLayer => {
    const owner = layer.line === undefined || isTable ? undefined : subject.noteOn(layer.file).owner;
    return {
      ...layer,
      ...(isSetAtRunTime(layer) ? { why: 'written by systemctl set-property' } : {}),
      ...(masked || isHidden(layer.value) ? { value: null } : {}),
      ...(owner === undefined ? {} : { owner }),
    };
  });
  const { overrides, futileOverrides } = isTable
    ? { overrides: [], futileOverrides: [] }
    : overridesOfDirective(service, directive, (path) => subject.noteOn(path));
  return {
    apiVersion: 'cutover/v1',
    kind: 'Trace',
    service: service.name,
    setting: name,
    settingKind: 'directive',
    value: masked ? null : effective === undefined ? value : (effective.value ?? running.told ?? null),
    ...(masked ? { masked } : {}),
    confidence:
      running.confidence === 'parsed' && effective?.unknown !== undefined ? 'unknown' : running.confidence,
    ...(running.observed === undefined
      ? {}
      : {
          observed:
            masked || isHidden(running.observed.value) ? withoutValue(running.observed) : running.observed,
        }),
    layers,
    hops: masked
      ? []
      : inForce.map(({ place, key, value: text }) => ({
          kind: 'unit',
          ...place,
          text: `${key}=${text.toString()}`,
          name: key,
        })),
    slices: [],
    overrides,
    ...(futileOverrides.length === 0 ? {} : { futileOverrides }),
    notExamined: notExamined(subject, effective),
  };
}

/** The line of the manager's configuration that says the value. */
function placeOfDefault({ manager }: Subject, { setting }: EffectiveProperty): Place | undefined {
  return setting === undefined ? undefined : manager.settings.findLast(({ key }) => key === setting)?.place;
}

function notExamined(subject: Subject, effective: EffectiveProperty | undefined): string[] {
  if (effective === undefined) {
    return ['what systemd makes of it: this directive is shown as it is written'];
  }
  return effective.isOfManager ? managerNotRead(subject) : [];
}

interface RunningValue {
  readonly confidence: Trace['confidence'];
  readonly observed?: TraceObserved;
  /** A value that no file tells, but systemd. */
  readonly told?: string;
}

function runningValue(
  subject: Subject,
  effective: EffectiveProperty | undefined,
  { says }: TraceOptions,
): RunningValue {
  if (says === undefined || effective === undefined) return { confidence: 'parsed' };
  const found = observedProperty(subject, effective, says);
  switch (found.kind) {
    case 'same':
      return { confidence: 'observed' };
    case 'not-loaded':
      return { confidence: 'parsed' };
    case 'told':
      return { confidence: 'observed', told: found.value };
    case 'other':
      return { confidence: 'parsed', observed: found.observed };
  }
}

function withoutValue(observed: TraceObserved): TraceObserved {
  return observed.value === undefined ? observed : { ...observed, value: null };
}

/** Source: systemctl(1), set-property. */
function isSetAtRunTime({ file, line, why }: TraceLayer): boolean {
  return line !== undefined && why === undefined && /^\/(?:etc|run)\/systemd\/system\.control\//.test(file);
}

/** Lines of the directive that systemd passes over, for they stand where it is not known. */
export function misplacedLayers({ service }: Subject, names: readonly string[]): TraceLayer[] {
  return [service.unit.fragment, ...service.unit.dropIns].flatMap(({ assignments }) =>
    assignments.flatMap((line): TraceLayer[] => {
      const reason = names.includes(line.key) ? outOfPlace(line) : undefined;
      if (reason === undefined) return [];
      const why = `systemd ignores the line: ${reason}`;
      return [
        {
          ...line.place,
          operation: 'none',
          wins: false,
          optional: false,
          value: line.value.toString(),
          why,
        },
      ];
    }),
  );
}

/** Of a directive that is not modelled. */
function writtenLayers({ lines, kind, inForce }: DirectiveInUnit): TraceLayer[] {
  const winners = new Set(inForce);
  return lines.map((line, index) => {
    const layer = {
      ...line.place,
      wins: winners.has(line),
      optional: false,
      value: line.value.toString(),
    };
    if (kind === 'single') return { ...layer, operation: 'set' };
    if (line.value.length > 0) return { ...layer, operation: index > 0 ? 'append' : 'set' };
    return kind === 'list'
      ? { ...layer, operation: 'reset' }
      : { ...layer, operation: 'none', why: 'an empty line takes no dependency away' };
  });
}
