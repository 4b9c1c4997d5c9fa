import { splitWords } from '../formats/command-line/parse-command-line.ts';
import { parseEnvironmentFile } from '../formats/environment-file/parse-environment-file.ts';
import type { Assignment } from '../formats/unit/parse-unit.ts';
import type { Host } from '../host/host.ts';
import type { Place } from '../text/place.ts';
import { TracedText } from '../text/traced-text.ts';
import { type EnvironmentLayer, type FileLayer, type Variable, variableOf } from './environment-layer.ts';
import { expandGlob } from './expand-glob.ts';
import type { LoadedUnit } from './load-unit.ts';
import { expandSpecifiers } from './specifiers.ts';

export interface ServiceEnvironment {
  /** In the order of precedence, lowest first; `UnsetEnvironment=` last. */
  readonly layers: readonly EnvironmentLayer[];
  /** Names any layer gives a value to, sorted. */
  readonly names: readonly string[];
  /** What the process receives. */
  readonly effective: ReadonlyMap<string, EffectiveVariable>;
  readonly unresolvedSpecifiers: readonly string[];
}

export interface EffectiveVariable extends Variable {
  readonly layer: EnvironmentLayer;
}

const FILE_SIZE_LIMIT = 4 * 1024 * 1024;

/** What a manager of systemd 252 on Debian passes as PATH when nothing else sets it (DEFAULT_PATH). */
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * The environment systemd gives the main process: the manager's own, `PassEnvironment=`, `Environment=`,
 * `EnvironmentFile=` in order (so a file beats every `Environment=` line), then `UnsetEnvironment=`.
 * Source: systemd.exec(5), "Environment"; exec_child() in src/core/execute.c of systemd 252.
 */
export function readEnvironment(host: Host, unit: LoadedUnit): ServiceEnvironment {
  const unresolved: string[] = [];
  const expand = (text: TracedText): TracedText => {
    const expanded = expandSpecifiers(host, unit.name, text);
    unresolved.push(...expanded.unresolved);
    return expanded.text;
  };
  const lines = (key: string): Line[] => resettable(unit.assignments.filter((a) => isServiceKey(a, key)));
  const layers: EnvironmentLayer[] = [
    { kind: 'default', rule: "systemd's own PATH", variables: [defaultPath()] },
    ...lines('PassEnvironment').map((line): EnvironmentLayer => {
      const names = splitWords(line.directive.value).map((word) => word.text.toString());
      return { kind: 'pass', ...line, names };
    }),
    ...lines('Environment').map((line): EnvironmentLayer => {
      const words = splitWords(line.directive.value).map((word) => expand(word.text));
      return { kind: 'directive', ...line, variables: words.flatMap(assignmentOf) };
    }),
    ...lines('EnvironmentFile').flatMap((line) => fileLayers(host, line, expand(line.directive.value))),
    ...lines('UnsetEnvironment').map((line): EnvironmentLayer => {
      const entries = splitWords(line.directive.value).map((word) => expand(word.text).toString());
      return { kind: 'unset', ...line, entries };
    }),
  ];
  const names = layers.flatMap((layer) => ('variables' in layer ? layer.variables.map((v) => v.name) : []));
  return {
    layers,
    names: [...new Set(names)].sort(),
    effective: effectiveVariables(layers),
    unresolvedSpecifiers: [...new Set(unresolved)],
  };
}

interface Line {
  readonly directive: Assignment;
  readonly resetBy: Assignment | undefined;
}

function isServiceKey(assignment: Assignment, key: string): boolean {
  return assignment.section === 'Service' && assignment.key === key;
}

/** The lines that assign something, each with the later empty assignment that makes it void, if any. */
function resettable(assignments: readonly Assignment[]): Line[] {
  const isReset = (assignment: Assignment): boolean => assignment.value.length === 0;
  return assignments
    .map((directive, index) => ({ directive, resetBy: assignments.slice(index + 1).findLast(isReset) }))
    .filter((line) => !isReset(line.directive));
}

function assignmentOf(word: TracedText): Variable[] {
  const equals = word.toString().indexOf('=');
  if (equals <= 0) return [];
  const origin = word.slices[0]?.origin;
  const place: Place | undefined =
    origin !== undefined && origin.kind !== 'literal' ? undefined : origin?.place;
  return [{ name: word.slice(0, equals).toString(), place, value: word.slice(equals + 1) }];
}

function fileLayers(host: Host, line: Line, written: TracedText): FileLayer[] {
  const text = written.toString();
  const optional = text.startsWith('-');
  const pattern = optional ? text.slice(1) : text;
  const matches = expandGlob(host, pattern);
  return (matches.length === 0 ? [pattern] : matches).map((path): FileLayer => {
    const content =
      host.stat(path) === undefined
        ? undefined
        : parseEnvironmentFile(path, new TextDecoder().decode(host.readFile(path, FILE_SIZE_LIMIT)));
    return { kind: 'file', ...line, path, optional, content, variables: content?.assignments ?? [] };
  });
}

function defaultPath(): Variable {
  const value = TracedText.from(DEFAULT_PATH, { kind: 'derived', rule: "systemd's own PATH" });
  return { name: 'PATH', place: undefined, value };
}

function effectiveVariables(layers: readonly EnvironmentLayer[]): Map<string, EffectiveVariable> {
  const effective = new Map<string, EffectiveVariable>();
  for (const layer of layers) {
    if ('resetBy' in layer && layer.resetBy !== undefined) continue;
    if (layer.kind === 'unset') {
      for (const entry of layer.entries) unset(effective, entry);
    } else if ('variables' in layer) {
      for (const { name } of layer.variables) {
        const variable = variableOf(layer, name);
        if (variable !== undefined) effective.set(name, { ...variable, layer });
      }
    }
  }
  return effective;
}

function unset(effective: Map<string, EffectiveVariable>, entry: string): void {
  const equals = entry.indexOf('=');
  const name = equals === -1 ? entry : entry.slice(0, equals);
  if (equals !== -1 && effective.get(name)?.value.toString() !== entry.slice(equals + 1)) return;
  effective.delete(name);
}
