import { CouldNotRun } from '../documents/could-not-run.ts';
import {
  type EnvironmentFile,
  readEnvironmentFile,
} from '../formats/environment-file/parse-environment-file.ts';
import type { Assignment } from '../formats/unit/parse-unit.ts';
import { type FileFacts, type Host, HostError } from '../host/host.ts';
import { asManagerReads } from './as-manager-reads.ts';
import { defaultEnvironment } from './default-environment.ts';
import { type EnvironmentLayer, type FileLayer, lastVariables, type Variable } from './environment-layer.ts';
import { readFileName, readNames, readVariables } from './environment-lines.ts';
import { expandGlob } from './expand-glob.ts';
import type { LoadedUnit } from './load-unit.ts';

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

/**
 * The environment systemd gives the main process: the manager's own, `PassEnvironment=`, `Environment=`,
 * `EnvironmentFile=` in order (so a file beats every `Environment=` line), then `UnsetEnvironment=`.
 * Source: systemd.exec(5), "Environment"; exec_child() in src/core/execute.c of systemd 252. `running`: what the manager
 * that runs has, where it was asked.
 */
export function readEnvironment(
  host: Host,
  unit: LoadedUnit,
  running?: ReadonlyMap<string, string>,
): ServiceEnvironment {
  const unresolved: string[] = [];
  const lines = (key: string): Line[] => resettable(unit.assignments.filter((a) => isServiceKey(a, key)));
  const namesIn = ({ directive }: Line): readonly string[] => {
    const read = readNames(host, unit.name, directive);
    unresolved.push(...read.unresolved);
    return read.entries;
  };
  const layers: EnvironmentLayer[] = [
    ...defaultEnvironment(host, unit, running),
    ...lines('PassEnvironment').map(
      (line): EnvironmentLayer => ({ kind: 'pass', ...line, names: namesIn(line) }),
    ),
    ...lines('Environment').map((line): EnvironmentLayer => {
      const read = readVariables(host, unit.name, line.directive);
      unresolved.push(...read.unresolved);
      return { kind: 'directive', ...line, variables: read.variables };
    }),
    ...lines('EnvironmentFile').flatMap((line): FileLayer[] => {
      const { path, optional, unresolved: inPath } = readFileName(host, unit.name, line.directive);
      unresolved.push(...inPath);
      return path === undefined ? [] : fileLayers(host, unit.name, line, path, optional);
    }),
    ...lines('UnsetEnvironment').map(
      (line): EnvironmentLayer => ({ kind: 'unset', ...line, entries: namesIn(line) }),
    ),
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
  const lastReset = assignments.findLastIndex(isReset);
  return assignments
    .map((directive, index) => ({
      directive,
      resetBy: index < lastReset ? assignments[lastReset] : undefined,
    }))
    .filter((line) => !isReset(line.directive));
}

function fileLayers(host: Host, unitName: string, line: Line, path: string, optional: boolean): FileLayer[] {
  const matches = expandGlob(host, path);
  if (matches.length === 0) {
    return [{ kind: 'file', ...line, path, optional, content: undefined, variables: [], pattern: true }];
  }
  return matches.map((match): FileLayer => {
    const { content, notRead } = contentOf(host, match);
    if (content?.refused !== undefined && !optional && line.resetBy === undefined) {
      throw new CouldNotRun(`${match}: ${content.refused}`, {
        place: line.directive.place,
        why: `The line has no '-', so systemd refuses to start ${unitName} with such a file.`,
        next: 'Write the file anew, as text in UTF-8.',
      });
    }
    const variables = content?.assignments ?? [];
    const unknown = notRead === undefined ? {} : { notRead };
    return { kind: 'file', ...line, path: match, optional, content, variables, ...unknown };
  });
}

type Content = Pick<FileLayer, 'content' | 'notRead'>;

/**
 * No content for what is no regular file, or can't be read: systemd passes it over where the line has a `-`, and else
 * does not start the service. Source: exec_context_load_environment() in src/core/execute.c of systemd 252.
 */
function contentOf(host: Host, path: string): Content {
  const facts = asManagerReads(() => host.stat(path));
  if (facts?.type !== 'file') return { content: undefined };
  const known = contents.get(facts);
  if (known?.path === path) return { content: known };
  try {
    const content = asManagerReads(() => readContent(host, path));
    if (content !== undefined) contents.set(facts, content);
    return { content };
  } catch (error) {
    if (!(error instanceof HostError) || error.reason !== 'too-large') throw error;
    return { content: { path, assignments: [], problems: [] }, notRead: error.message };
  }
}

/** A host that remembers its files gives the same facts again: a file that many services read is parsed once. */
const contents: WeakMap<FileFacts, EnvironmentFile> = new WeakMap();

function readContent(host: Host, path: string): EnvironmentFile {
  const content = readEnvironmentFile(path, host.readFile(path, FILE_SIZE_LIMIT));
  if (content.refused === undefined) return content;
  const place = { file: path, line: 1, column: 1 };
  return { ...content, problems: [{ place, message: content.refused }] };
}

function effectiveVariables(layers: readonly EnvironmentLayer[]): Map<string, EffectiveVariable> {
  const effective = new Map<string, EffectiveVariable>();
  for (const layer of layers) {
    if ('resetBy' in layer && layer.resetBy !== undefined) continue;
    if (layer.kind === 'unset') {
      for (const entry of layer.entries) unset(effective, entry);
    } else {
      for (const [name, variable] of lastVariables(layer)) effective.set(name, { ...variable, layer });
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
