import type { EnvironmentFile } from '../formats/environment-file/parse-environment-file.ts';
import type { Assignment } from '../formats/unit/parse-unit.ts';
import type { Place } from '../text/place.ts';
import type { TracedText } from '../text/traced-text.ts';

/** One place in the order of precedence of a service's environment. Lowest first in `ServiceEnvironment`. */
export type EnvironmentLayer = DefaultLayer | DirectiveLayer | FileLayer | PassLayer | UnsetLayer;

interface Variables {
  readonly variables: readonly Variable[];
}

export interface Variable {
  readonly name: string;
  readonly place: Place | undefined;
  readonly value: TracedText;
}

/** What the manager gives every service. */
interface DefaultLayer extends Variables {
  readonly kind: 'default';
  readonly rule: string;
  /** Only the manager that runs has it so; no file says it. */
  readonly ofRunningManager?: true;
}

/** An `Environment=` line. */
interface DirectiveLayer extends Variables, Resettable {
  readonly kind: 'directive';
  readonly directive: Assignment;
}

/** A file named by an `EnvironmentFile=` line. */
export interface FileLayer extends Variables, Resettable {
  readonly kind: 'file';
  readonly directive: Assignment;
  readonly path: string;
  /** The line has a `-`: a missing file is no error. */
  readonly optional: boolean;
  /** undefined: there is no such file, or none that can be read. */
  readonly content: EnvironmentFile | undefined;
  /** Why this reader does not know what systemd reads there: `content` has nothing of it. */
  readonly notRead?: string;
  /** `path` is a pattern that matches nothing: no file is meant by that name. */
  readonly pattern?: true;
}

/** A `PassEnvironment=` line: values of the manager itself, which no file tells. */
interface PassLayer extends Resettable {
  readonly kind: 'pass';
  readonly directive: Assignment;
  readonly names: readonly string[];
}

/** An `UnsetEnvironment=` line: `NAME`, or `NAME=VALUE` for that value alone. Applied last of all. */
interface UnsetLayer extends Resettable {
  readonly kind: 'unset';
  readonly directive: Assignment;
  readonly entries: readonly string[];
}

interface Resettable {
  /** The later empty assignment that makes this line void. */
  readonly resetBy: Assignment | undefined;
}

/** Whether systemd does not start the service, because the file is not there and must be. */
export function isMissing({ content, optional, resetBy }: FileLayer): boolean {
  return content === undefined && !optional && resetBy === undefined;
}

/** The value a layer gives `name`, the last one where it gives several. */
export function variableOf(layer: EnvironmentLayer, name: string): Variable | undefined {
  return lastVariables(layer).get(name);
}

/** The values a layer gives, by name: the last one where it gives several. */
export function lastVariables(layer: EnvironmentLayer): ReadonlyMap<string, Variable> {
  if (!('variables' in layer)) return new Map();
  const { variables } = layer;
  const known = byName.get(variables) ?? new Map(variables.map((variable) => [variable.name, variable]));
  byName.set(variables, known);
  return known;
}

/** A file may have a hundred thousand variables, and each asks for its own. */
const byName: WeakMap<readonly Variable[], ReadonlyMap<string, Variable>> = new WeakMap();
