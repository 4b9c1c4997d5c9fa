import type { Trace, TraceLayer, TraceObserved } from '../documents/trace.ts';
import type { Assignment } from '../formats/unit/parse-unit.ts';
import type { Subject } from '../graph/subject.ts';
import { propertyCalled } from '../service/directives/all-properties.ts';
import type { EffectiveProperty } from '../service/directives/effective-property.ts';
import { isDependency } from '../service/dependency-directives.ts';
import { overridesOfDirective } from '../service/overrides-of-directive.ts';
import { isSecret } from '../text/secrets.ts';
import { isCommandDirective, isListDirective } from './list-directives.ts';
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
  const keys = propertyCalled(name)?.directives ?? [name];
  const assignments = service.unit.assignments.filter(({ key }) => keys.includes(key));
  const inForce = isListDirective(name) ? afterLastReset(assignments) : assignments.slice(-1);
  const texts = inForce.map((assignment) => assignment.value.toString()).filter((text) => text !== '');
  const value = texts.join(isCommandDirective(name) ? '\n' : ' ');
  const masked =
    !options.showSecrets && texts.some((text) => text.split(/\s+/).some((word) => isSecretWord(name, word)));
  const effective = propertyOf(subject, name);
  const running = runningValue(subject, effective, options);
  const layers = (
    effective === undefined
      ? writtenLayers(name, assignments, inForce)
      : propertyLayers(effective, running.told)
  ).map((layer): TraceLayer => {
    const owner = layer.line === undefined ? undefined : subject.noteOn(layer.file).owner;
    return {
      ...layer,
      ...(isSetAtRunTime(layer) ? { why: 'written by systemctl set-property' } : {}),
      ...(masked ? { value: null } : {}),
      ...(owner === undefined ? {} : { owner }),
    };
  });
  const kind = isDependency(name) ? 'dependency' : isListDirective(name) ? 'list' : 'single';
  const { overrides, futileOverrides } = overridesOfDirective(service, name, kind, (path) =>
    subject.noteOn(path),
  );
  return {
    apiVersion: 'cutover/v1',
    kind: 'Trace',
    service: service.name,
    setting: name,
    settingKind: 'directive',
    value: masked ? null : effective === undefined ? value : (effective.value ?? running.told ?? null),
    ...(masked ? { masked } : {}),
    confidence: running.confidence,
    ...(running.observed === undefined
      ? {}
      : { observed: masked ? withoutValue(running.observed) : running.observed }),
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
    notExamined:
      effective === undefined ? ['what systemd makes of it: this directive is shown as it is written'] : [],
  };
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

/** A directive that is modelled, as systemd works it out. */
function propertyOf(subject: Subject, name: string): EffectiveProperty | undefined {
  const property = propertyCalled(name);
  return property === undefined ? undefined : subject.properties.get(property.name);
}

function writtenLayers(
  name: string,
  assignments: readonly Assignment[],
  inForce: readonly Assignment[],
): TraceLayer[] {
  return assignments.map((assignment, index) => ({
    ...assignment.place,
    operation: operation(name, assignment, index),
    wins: inForce.includes(assignment),
    optional: false,
    value: assignment.value.toString(),
  }));
}

function afterLastReset(assignments: readonly Assignment[]): Assignment[] {
  const resetAt = assignments.findLastIndex((assignment) => assignment.value.length === 0);
  return assignments.slice(resetAt + 1);
}

function operation(name: string, assignment: Assignment, index: number): TraceLayer['operation'] {
  if (isListDirective(name) && assignment.value.length === 0) return 'reset';
  return isListDirective(name) && index > 0 ? 'append' : 'set';
}

function isSecretWord(name: string, word: string): boolean {
  const equals = word.replace(/^["']/, '').indexOf('=');
  return equals > 0
    ? isSecret(word.replace(/^["']/, '').slice(0, equals), word.slice(equals + 1))
    : isSecret(name, word);
}
