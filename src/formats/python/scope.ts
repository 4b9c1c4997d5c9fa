import type { ExprNode } from 'py-ast';
import type { Hop } from '../../text/hop.ts';
import type { NamesOfFunction } from './function-names.ts';
import type { PythonSource } from './python-source.ts';
import type { PyFunction, PyUnknown, PyValue } from './value.ts';

/** The names of a module, a class body, a function call or a comprehension. */
export interface Scope {
  readonly kind: 'module' | 'class' | 'function' | 'comprehension';
  readonly source: PythonSource;
  readonly names: Map<string, Binding>;
  readonly parent: Scope | undefined;
  /** Of a function call: what is called, which of its names are its own, and what it has yielded. */
  readonly frame?: Frame;
  /** What the qualified names of the functions in it begin with. */
  readonly qualifier?: string;
  /** Of a class body: what its methods see around them instead of it. */
  readonly aroundMethods?: Scope;
  /** The branch of an `if` that is being executed in it, innermost first. */
  branch?: Branch | undefined;
}

export interface Branch {
  readonly test: ExprNode;
  readonly outcome: boolean;
  readonly outer: Branch | undefined;
}

export interface Frame {
  readonly callee: PyFunction;
  readonly names: NamesOfFunction;
  readonly yielded: PyValue[];
  /** Why it isn't known what else it yields. */
  lost?: PyUnknown;
}

export interface Binding {
  readonly value: PyValue;
  /** For a constant of a module: the assignment, as the hop of whatever is read through the name. */
  readonly hop?: Hop;
}

export function innerScope(parent: Scope, kind: 'function' | 'comprehension' = 'function'): Scope {
  const { source, qualifier } = parent;
  return {
    kind,
    source,
    names: new Map(),
    parent: scopeAround(parent),
    ...(qualifier === undefined ? {} : { qualifier }),
  };
}

/** What the functions and comprehensions that are written in a scope see around them. */
export function scopeAround(scope: Scope): Scope {
  return scope.aroundMethods ?? scope;
}

/** The binding of a name; `unbound` where it is a function's own name that has no value yet. */
export function lookUp(scope: Scope, name: string): Binding | 'unbound' | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    if (at.frame?.names.globals.has(name) === true) return moduleOf(at).names.get(name);
    const binding = at.names.get(name);
    if (binding !== undefined) return binding;
    if (at.frame?.names.locals.has(name) === true) return 'unbound';
  }
  return undefined;
}

/** The value of a name, or undefined when it has none. */
export function valueOf(scope: Scope, name: string): PyValue | undefined {
  const binding = lookUp(scope, name);
  return binding === 'unbound' ? undefined : binding?.value;
}

/** The scope that an assignment to a name in `scope` changes. */
export function scopeOfTarget(scope: Scope, name: string): Scope {
  const names = scope.frame?.names;
  if (names?.globals.has(name) === true) return moduleOf(scope);
  if (names?.nonlocals.has(name) !== true) return scope;
  let at = scope.parent;
  while (at !== undefined && at.frame?.names.locals.has(name) !== true) at = at.parent;
  return at ?? scope;
}

/** The scope of the function, class or module that a comprehension stands in. */
export function scopeOutsideComprehensions(scope: Scope): Scope {
  let at = scope;
  while (at.kind === 'comprehension' && at.parent !== undefined) at = at.parent;
  return at;
}

function moduleOf(scope: Scope): Scope {
  let at = scope;
  while (at.parent !== undefined) at = at.parent;
  return at;
}
