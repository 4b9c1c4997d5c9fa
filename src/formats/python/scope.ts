import type { Hop } from '../../text/hop.ts';
import type { PythonSource } from './python-source.ts';
import type { PyValue } from './value.ts';

/** The names of a module, a function call or a comprehension. */
export interface Scope {
  readonly kind: 'module' | 'function';
  readonly source: PythonSource;
  readonly names: Map<string, Binding>;
  readonly parent: Scope | undefined;
}

export interface Binding {
  readonly value: PyValue;
  /** For a constant of a module: the assignment, as the hop of whatever is read through the name. */
  readonly hop?: Hop;
}

export function innerScope(parent: Scope): Scope {
  return { kind: 'function', source: parent.source, names: new Map(), parent };
}

export function lookUp(scope: Scope, name: string): Binding | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const binding = at.names.get(name);
    if (binding !== undefined) return binding;
  }
  return undefined;
}
