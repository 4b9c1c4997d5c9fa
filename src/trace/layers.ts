import type { TraceLayer } from '../documents/trace.ts';
import type { Subject } from '../graph/subject.ts';
import { type EnvironmentLayer, variableOf } from '../service/environment-layer.ts';
import type { Place } from '../text/place.ts';
import { whyAbsent } from './why-absent.ts';

type Shown = (value: string) => string | null;

/**
 * The layers of a variable, lowest first, each with what it does to it. Layers that can't touch it are left out; with
 * `onlyDoing` files that might, but do not, as well.
 */
export function variableLayers(
  subject: Subject,
  name: string,
  shown: Shown,
  onlyDoing = false,
): TraceLayer[] {
  const { environment } = subject.service;
  const winner = environment.effective.get(name)?.layer;
  return environment.layers.flatMap((layer): TraceLayer[] => {
    if (onlyDoing && layer.kind === 'file' && variableOf(layer, name) === undefined) return [];
    const described = describe(subject, layer, name, shown);
    if (described === undefined) return [];
    const owner = subject.noteOn(described.file).owner;
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
      return variable === undefined
        ? undefined
        : { file: 'systemd', operation: 'default', wins: false, optional: false, value: value ?? null };
    case 'file': {
      const base = {
        file: layer.path,
        via: lineOf(layer.directive.place),
        wins: false,
        optional: layer.optional,
      };
      if (layer.resetBy !== undefined) return { ...base, operation: 'reset' };
      if (layer.content === undefined) {
        const why = whyAbsent(subject, layer);
        return { ...base, operation: 'absent', ...(why === undefined ? {} : { why }) };
      }
      if (variable === undefined) return { ...base, operation: 'none' };
      return { ...base, ...at(variable.place), operation: 'set', value: value ?? null };
    }
    case 'directive':
      if (variable === undefined) return undefined;
      return {
        ...inUnit(layer.directive.place),
        operation: layer.resetBy === undefined ? 'set' : 'reset',
        value: value ?? null,
      };
    case 'pass':
      return layer.names.includes(name)
        ? { ...inUnit(layer.directive.place), operation: 'derived' }
        : undefined;
    case 'unset':
      return layer.entries.some((entry) => entry.split('=')[0] === name)
        ? { ...inUnit(layer.directive.place), operation: 'reset' }
        : undefined;
  }
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
