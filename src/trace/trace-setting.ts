import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Trace, TraceList } from '../documents/trace.ts';
import type { Subject } from '../graph/subject.ts';
import type { SystemdSays } from '../host/systemd-says.ts';
import type { LoadedUnit } from '../service/load-unit.ts';
import { ALL_PROPERTIES, propertyCalled } from '../service/directives/all-properties.ts';
import { isFatal } from '../service/directives/fatal-lines.ts';
import { nearest } from '../text/nearest.ts';
import { assignedDirectives, misplacedLayers, traceDirective } from './trace-directive.ts';
import { traceVariable } from './trace-variable.ts';
import { variablesToBeWritten } from './variables-to-be-written.ts';
import { shellWord } from '../text/shell-word.ts';

export interface TraceOptions {
  readonly showSecrets: boolean;
  /** What the running systemd says of the service, where the host is live and it answers. */
  readonly says?: SystemdSays | undefined;
  /**
   * `values`: without what parts of a value name elsewhere, for which programs and libraries would be read. `table`: and
   * without what a table does not show: layers that do nothing, owners, overrides and writers. Default: all.
   */
  readonly detail?: 'values' | 'table';
}

/**
 * Where a setting of a service comes from: an environment variable by its name, be it written `Environment[NAME]`, else
 * a directive of the unit.
 * Throws `CouldNotRun` with the nearest name for a setting that nothing mentions.
 */
export function traceSetting(subject: Subject, asked: string, options: TraceOptions): Trace {
  const setting = /^Environment\[(.*)\]$/s.exec(asked)?.[1] ?? PROPERTIES_OF_LINES.get(asked) ?? asked;
  if (isVariable(subject, setting) || options.says?.process?.environment?.has(setting) === true) {
    return traceVariable(subject, setting, options);
  }
  if (isDirective(subject, setting)) return traceDirective(subject, setting, options);
  throw unknownSetting(subject, setting);
}

/** What `systemctl show` calls a directive that is not modelled. */
const PROPERTIES_OF_LINES: ReadonlyMap<string, string> = new Map([['EnvironmentFiles', 'EnvironmentFile']]);

/** One that a line assigns, if only where systemd ignores it, or that systemd has a value for all the same. */
function isDirective(subject: Subject, setting: string): boolean {
  return (
    propertyCalled(setting) !== undefined ||
    assignedDirectives(subject).includes(setting) ||
    misplacedLayers(subject, [setting]).length > 0
  );
}

/** Whether anything of the service mentions the setting. */
export function hasSetting(subject: Subject, setting: string): boolean {
  return isVariable(subject, setting) || assignedDirectives(subject).includes(setting);
}

/** Every variable of the environment and every directive the unit's files assign. */
export function traceAll(subject: Subject, options: TraceOptions): TraceList {
  const names = [...subject.service.environment.names, ...variablesToBeWritten(subject)];
  const variables = [...new Set(names)].sort().map((name) => traceVariable(subject, name, options));
  const directives = assignedDirectives(subject).map((name) => traceDirective(subject, name, options));
  return {
    apiVersion: 'cutover/v1',
    kind: 'TraceList',
    service: subject.service.name,
    traces: [...variables, ...directives],
  };
}

/** A variable that a layer sets, unsets or passes, or that a command of the unit uses. */
function isVariable(subject: Subject, setting: string): boolean {
  const { environment, unit } = subject.service;
  return (
    environment.names.includes(setting) ||
    variablesUsed(unit).includes(setting) ||
    environment.layers.some(
      (layer) =>
        (layer.kind === 'pass' && layer.names.includes(setting)) ||
        (layer.kind === 'unset' && layer.entries.some((entry) => entry.split('=')[0] === setting)),
    ) ||
    variablesToBeWritten(subject).includes(setting)
  );
}

/** `$NAME` and `${NAME}` in the commands of the unit. */
function variablesUsed(unit: LoadedUnit): string[] {
  const commands = unit.assignments.filter(({ key }) => key.startsWith('Exec'));
  return commands.flatMap(({ value }) =>
    [...value.toString().matchAll(/\$(?:\{(\w+)\}|(\w+))/g)].map((match) => match[1] ?? match[2] ?? ''),
  );
}

function unknownSetting(subject: Subject, setting: string): CouldNotRun {
  const { name, environment } = subject.service;
  const near = nearest(setting, [
    ...environment.names,
    ...variablesUsed(subject.service.unit),
    ...assignedDirectives(subject),
    ...ALL_PROPERTIES.flatMap(({ name: property, directives }) => [property, ...directives]),
  ]);
  const looksLikeOne = /^[A-Z][a-z]+[A-Za-z]*$/.test(setting);
  return new CouldNotRun(
    `${name} has no setting ${setting}${near === undefined ? '' : `; did you mean ${near}?`}`,
    {
      why:
        whyLost(subject, setting) ??
        (looksLikeOne
          ? 'No file of the unit assigns it, and it is none of the directives whose value systemd is known to work out.'
          : 'No environment file, Environment= line or directive of the unit mentions it.'),
      next: `cutover trace ${shellWord(name)}    lists all that are set`,
    },
  );
}

/** Of a directive that a line assigns which is lost with the rest of its file. */
function whyLost({ service: { unit } }: Subject, setting: string): string | undefined {
  const lines = [unit.fragment, ...unit.dropIns].flatMap(({ assignments }) => assignments);
  const line = lines.find(({ key }) => key === setting);
  if (line === undefined) return undefined;
  const refused = lines.find((other) => other.place.file === line.place.file && isFatal(other));
  if (refused === undefined) return undefined;
  const { file, line: from } = refused.place;
  return `Line ${line.place.line} of ${file} does, but systemd refuses ${refused.key}= in line ${from}, and of the file all from there on is lost.`;
}
