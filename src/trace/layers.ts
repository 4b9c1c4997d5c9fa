import type { TraceLayer } from '../documents/trace.ts';
import type { Assignment } from '../formats/unit/parse-unit.ts';
import type { Subject } from '../graph/subject.ts';
import { type EnvironmentLayer, variableOf } from '../service/environment-layer.ts';
import type { Place } from '../text/place.ts';
import { whyAbsent } from './why-absent.ts';

type Shown = (value: string) => string | null;

/**
 * The layers of a variable, lowest first, each with what it does to it. Layers that can't touch it are left out; for a
 * table, files that might, but do not, as well, and who owns the others.
 */
export function variableLayers(subject: Subject, name: string, shown: Shown, forTable = false): TraceLayer[] {
  const { environment } = subject.service;
  const winner = environment.effective.get(name)?.layer;
  return environment.layers.flatMap((layer): TraceLayer[] => {
    if (forTable && layer.kind === 'file' && variableOf(layer, name) === undefined) return [];
    const described = describe(subject, layer, name, shown);
    if (described === undefined) return [];
    const owner = forTable ? undefined : subject.noteOn(described.file).owner;
    return [{ ...described, wins: layer === winner, ...(owner === undefined ? {} : { owner }) }];
  });
}

function describe(
  subject: Subject,
  layer: EnvironmentLayer,
  name: string,
  shown: Shown,
): TraceLayer | undefined {
  const variable = variableOf(layer, name);
  const value = variable === undefined ? undefined : shown(variable.value.toString());
  switch (layer.kind) {
    case 'default':
      if (variable === undefined) return undefined;
      return {
        ...(variable.place ?? { file: 'systemd' }),
        operation: 'default',
        wins: false,
        optional: false,
        value: value ?? null,
      };
    case 'file': {
      const base = {
        file: layer.path,
        via: lineOf(layer.directive.place),
        wins: false,
        optional: layer.optional,
      };
      if (layer.resetBy !== undefined) return { ...base, ...voided(layer.resetBy) };
      if (layer.content === undefined) {
        const why = whyAbsent(subject, layer);
        return { ...base, operation: 'absent', ...(why === undefined ? {} : { why }) };
      }
      if (layer.notRead !== undefined) return { ...base, operation: 'none', why: notReadOf(layer.notRead) };
      if (variable === undefined) return { ...base, operation: 'none' };
      return { ...base, ...at(variable.place), operation: 'set', value: value ?? null };
    }
    case 'directive':
      if (variable === undefined) return undefined;
      return {
        ...inUnit(layer.directive.place),
        ...(layer.resetBy === undefined ? { operation: 'set' } : voided(layer.resetBy)),
        value: value ?? null,
      };
    case 'pass':
      if (!layer.names.includes(name)) return undefined;
      return {
        ...inUnit(layer.directive.place),
        ...(layer.resetBy === undefined ? { operation: 'derived' } : voided(layer.resetBy)),
      };
    case 'unset':
      return unsetting(subject, layer, name, shown);
  }
}

/** `NAME=VALUE` takes that value alone away. */
function unsetting(
  subject: Subject,
  { directive, entries, resetBy }: Extract<EnvironmentLayer, { kind: 'unset' }>,
  name: string,
  shown: Shown,
): TraceLayer | undefined {
  const own = entries.filter((entry) => entry.split('=')[0] === name);
  const [first] = own;
  if (first === undefined) return undefined;
  const base = inUnit(directive.place);
  if (resetBy !== undefined) return { ...base, ...voided(resetBy) };
  const had = variableBefore(subject, name);
  if (own.includes(name) || (had !== undefined && own.includes(`${name}=${had}`))) {
    return { ...base, operation: 'reset', why: 'unsets it' };
  }
  const only = shown(first.slice(name.length + 1));
  const why = only === null ? 'unsets another value of it alone' : `unsets the value ${only} alone`;
  return { ...base, operation: 'none', why };
}

/** What the layers below `UnsetEnvironment=` make of a variable. */
function variableBefore({ service }: Subject, name: string): string | undefined {
  const setters = service.environment.layers.filter(
    (layer) => variableOf(layer, name) !== undefined && !('resetBy' in layer && layer.resetBy !== undefined),
  );
  const last = setters.at(-1);
  return last === undefined ? undefined : variableOf(last, name)?.value.toString();
}

function voided({ place }: Assignment): Pick<TraceLayer, 'operation' | 'why'> {
  return { operation: 'reset', why: `reset by the empty line ${place.file}:${place.line}` };
}

function notReadOf(reason: string): string {
  return `what it sets is not known: ${reason}`;
}

function inUnit(place: Place): Pick<TraceLayer, 'file' | 'line' | 'column' | 'wins' | 'optional'> {
  return { file: place.file, line: place.line, column: place.column, wins: false, optional: false };
}

function lineOf(place: Place): { file: string; line: number } {
  return { file: place.file, line: place.line };
}

function at(place: Place | undefined): { line?: number; column?: number } {
  return place === undefined ? {} : { line: place.line, column: place.column };
}
