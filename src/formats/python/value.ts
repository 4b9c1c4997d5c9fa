import type { Expression, Statement } from './nodes.ts';
import type { Hop } from '../../text/hop.ts';
import type { Place } from '../../text/place.ts';
import type { TracedText } from '../../text/traced-text.ts';
import type { Span } from './python-source.ts';
import type { NativeFunction } from './interpreter.ts';
import type { Scope } from './scope.ts';

/** A value of the evaluated program. Strings know where each character came from; the rest, where it was made. */
export type PyValue =
  | PyStr
  | PyInt
  | PyFloat
  | PyBool
  | PyNone
  | PySequence
  | PyDict
  | PyFunction
  | PyNative
  | PyModule
  | PyFile
  | PyException
  | PyUnknown;

export interface PyStr {
  readonly kind: 'str';
  readonly text: TracedText;
}
export interface PyInt {
  readonly kind: 'int';
  readonly value: bigint;
}
export interface PyFloat {
  readonly kind: 'float';
  readonly value: number;
}
export interface PyBool {
  readonly kind: 'bool';
  readonly value: boolean;
}
export interface PyNone {
  readonly kind: 'none';
}

/**
 * A list or tuple. `cell` is the object itself, shared by all references to it; `hops` (innermost first) is the
 * way this reference came by, and is handed to what is taken out through it.
 */
export interface PySequence {
  readonly kind: 'list' | 'tuple';
  readonly cell: { items: PyValue[]; spoiled?: PyUnknown };
  readonly hops: readonly Hop[];
}

/** A dict, in order of insertion. Keys are hashed by `dictKey`. */
export interface PyDict {
  readonly kind: 'dict';
  readonly cell: { readonly entries: Map<string, DictEntry>; spoiled?: PyUnknown };
  readonly hops: readonly Hop[];
}
export interface DictEntry {
  readonly key: PyValue;
  readonly value: PyValue;
  /** Where the expression of the value stands, for an entry that a dict display wrote. */
  readonly written?: Span;
}

export interface PyFunction {
  readonly kind: 'function';
  readonly name: string;
  readonly node: Statement<'FunctionDef'> | Expression<'Lambda'>;
  readonly scope: Scope;
  readonly defaults: ReadonlyMap<string, PyValue>;
  readonly place: Place;
}

/** A function, type or exception class that is implemented here, called by its qualified name. */
export interface PyNative {
  readonly kind: 'native';
  readonly name: string;
  readonly call: NativeFunction;
  /** How much one call has to read, in steps, beyond its arguments. */
  readonly weight?: number;
}
export interface PyModule {
  readonly kind: 'module';
  readonly name: string;
}
/** What `open()` returns. */
export interface PyFile {
  readonly kind: 'file';
  readonly content: TracedText;
}
export interface PyException {
  readonly kind: 'exception';
  readonly type: string;
  readonly args: readonly PyValue[];
}
/** A value that was not to be had, and the innermost place and reason why. */
export interface PyUnknown {
  readonly kind: 'unknown';
  readonly reason: string;
  readonly place: Place;
}
