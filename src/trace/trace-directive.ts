import type { Trace, TraceLayer } from '../documents/trace.ts';
import type { Assignment } from '../formats/unit/parse-unit.ts';
import type { Subject } from '../graph/subject.ts';
import { isDependency } from '../service/dependency-directives.ts';
import { overridesOfDirective } from '../service/overrides-of-directive.ts';
import { isSecret } from '../text/secrets.ts';
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
  const assignments = service.unit.assignments.filter((assignment) => assignment.key === name);
  const inForce = isList(name) ? afterLastReset(assignments) : assignments.slice(-1);
  const texts = inForce.map((assignment) => assignment.value.toString()).filter((text) => text !== '');
  const value = texts.join(isCommand(name) ? '\n' : ' ');
  const masked =
    !options.showSecrets && texts.some((text) => text.split(/\s+/).some((word) => isSecretWord(name, word)));
  const layers = assignments.map((assignment, index): TraceLayer => {
    const owner = subject.noteOn(assignment.place.file).owner;
    return {
      ...assignment.place,
      operation: operation(name, assignment, index),
      wins: inForce.includes(assignment),
      optional: false,
      value: masked ? null : assignment.value.toString(),
      ...(owner === undefined ? {} : { owner }),
    };
  });
  const kind = isDependency(name) ? 'dependency' : isList(name) ? 'list' : 'single';
  const { overrides, futileOverrides } = overridesOfDirective(service, name, kind, (path) =>
    subject.noteOn(path),
  );
  return {
    apiVersion: 'cutover/v1',
    kind: 'Trace',
    service: service.name,
    setting: name,
    settingKind: 'directive',
    value: masked ? null : value,
    ...(masked ? { masked } : {}),
    confidence: 'parsed',
    layers,
    hops: masked
      ? []
      : inForce.map(({ place, value: text }) => ({
          kind: 'unit',
          ...place,
          text: `${name}=${text.toString()}`,
          name,
        })),
    slices: [],
    overrides,
    ...(futileOverrides.length === 0 ? {} : { futileOverrides }),
    notExamined: ['the value systemd makes of it: specifiers, defaults and units are not worked out yet'],
  };
}

function afterLastReset(assignments: readonly Assignment[]): Assignment[] {
  const resetAt = assignments.findLastIndex((assignment) => assignment.value.length === 0);
  return assignments.slice(resetAt + 1);
}

function operation(name: string, assignment: Assignment, index: number): TraceLayer['operation'] {
  if (isList(name) && assignment.value.length === 0) return 'reset';
  return isList(name) && index > 0 ? 'append' : 'set';
}

function isSecretWord(name: string, word: string): boolean {
  const equals = word.replace(/^["']/, '').indexOf('=');
  return equals > 0
    ? isSecret(word.replace(/^["']/, '').slice(0, equals), word.slice(equals + 1))
    : isSecret(name, word);
}

function isCommand(name: string): boolean {
  return name.startsWith('Exec') || name === 'EnvironmentFile';
}

/** Directives whose assignments add up. Source: systemd.unit(5), .service(5), .exec(5), .resource-control(5). */
function isList(name: string): boolean {
  return isCommand(name) || LISTS.has(name) || name.startsWith('Condition') || name.startsWith('Assert');
}

const LISTS = new Set(
  [
    'After Before Wants Requires Requisite BindsTo PartOf Upholds Conflicts OnFailure OnSuccess Documentation',
    'WantedBy RequiredBy UpheldBy Alias Also Sockets PropagatesReloadTo ReloadPropagatedFrom RequiresMountsFor',
    'Environment PassEnvironment UnsetEnvironment SupplementaryGroups BindPaths BindReadOnlyPaths ReadWritePaths',
    'ReadOnlyPaths InaccessiblePaths ExecPaths NoExecPaths TemporaryFileSystem SystemCallFilter CapabilityBoundingSet',
    'AmbientCapabilities RestrictAddressFamilies LoadCredential SetCredential DeviceAllow IPAddressAllow IPAddressDeny',
    'RuntimeDirectory StateDirectory CacheDirectory LogsDirectory ConfigurationDirectory SuccessExitStatus',
  ].flatMap((line) => line.split(' ')),
);
