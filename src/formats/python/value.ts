import type { Expression, Statement } from './nodes.ts';
import type { Interpreter, NativeFunction } from './interpreter.ts';
import type { Hop } from '../../text/hop.ts';
import type { Place } from '../../text/place.ts';
import type { TracedText } from '../../text/traced-text.ts';
import type { Span } from './python-source.ts';
import type { Binding, Scope } from './scope.ts';

/** A value of the evaluated program. Strings know where each character came from; the rest, where it was made. */
export type PyValue =
  | PyStr
  | PyBytes
  | PyInt
  | PyFloat
  | PyBool
  | PyNone
  | PySequence
  | PyDict
  | PyView
  | PySet
  | PyIterator
  | PyFunction
  | PyMethod
  | PyDescriptor
  | PyClass
  | PySuper
  | PyObject
  | PyNative
  | PyModule
  | PyFile
  | PyException
  | PyUnknown;

/** What makes a value an instance of a class of the program, also one that derives from `dict`, `str` and so on. */
export interface Instance {
  readonly class: PyClass;
  readonly attributes: Map<string, PyValue>;
  /** Tells it from others of its class. */
  readonly id: number;
  spoiled?: PyUnknown;
}

export interface PyStr {
  readonly kind: 'str';
  readonly text: TracedText;
  readonly instance?: Instance;
}
/** Bytes, one UTF-16 unit each: encoding ASCII and decoding it again loses no origin. */
export interface PyBytes {
  readonly kind: 'bytes';
  readonly text: TracedText;
}
export interface PyInt {
  readonly kind: 'int';
  readonly value: bigint;
  readonly instance?: Instance;
}
export interface PyFloat {
  readonly kind: 'float';
  readonly value: number;
  readonly instance?: Instance;
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
  readonly instance?: Instance;
}

/** A dict, in order of insertion. Keys are hashed by `dictKey`. */
export interface PyDict {
  readonly kind: 'dict';
  readonly cell: { readonly entries: Map<string, DictEntry>; spoiled?: PyUnknown };
  readonly hops: readonly Hop[];
  readonly instance?: Instance;
}
export interface DictEntry {
  readonly key: PyValue;
  readonly value: PyValue;
  /** Where the expression of the value stands, for an entry that a dict display wrote. */
  readonly written?: Span;
}

/** What `dict.keys()`, `values()` and `items()` return: the dict as it is when it is looked at. */
export interface PyView {
  readonly kind: 'view';
  readonly shows: 'keys' | 'values' | 'items';
  readonly dict: PyDict;
}

/** A set, in order of insertion; CPython's order is another, so nothing that depends on it is told. */
export interface PySet {
  readonly kind: 'set' | 'frozenset';
  readonly cell: { readonly entries: Map<string, PyValue>; spoiled?: PyUnknown };
  readonly hops: readonly Hop[];
}

/** What can be gone through once: a generator, `map(…)`, `iter(…)`. */
export interface PyIterator {
  readonly kind: 'iterator';
  /** The name of its type, `generator`. */
  readonly type: string;
  readonly cell: {
    readonly rest: Iterator<PyValue>;
    /** Its values come from a set, so their order isn't known. */
    readonly isInAnyOrder?: boolean;
    spoiled?: PyUnknown;
  };
}

export interface PyFunction {
  readonly kind: 'function';
  readonly name: string;
  /** As messages have it: `Class.method`. */
  readonly qualifiedName: string;
  readonly node: Statement<'FunctionDef'> | Expression<'Lambda'>;
  readonly scope: Scope;
  readonly defaults: ReadonlyMap<string, PyValue>;
  readonly place: Place;
}

/** A function with its first argument: `value.method`. */
export interface PyMethod {
  readonly kind: 'method';
  readonly self: PyValue;
  readonly function: PyValue;
}

/** `@property`, `@staticmethod` and `@classmethod`. */
export interface PyDescriptor {
  readonly kind: 'descriptor';
  readonly how: 'property' | 'staticmethod' | 'classmethod';
  readonly function: PyValue;
  readonly setter?: PyValue;
}

export interface PyClass {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: readonly (PyClass | PyNative)[];
  /** The classes behind itself, in the order in which a name is looked for (C3). */
  readonly ancestors: readonly (PyClass | PyNative)[];
  readonly names: Map<string, Binding>;
  /** The members of an `Enum`, in their order. */
  members?: readonly PyValue[];
  readonly at: Span;
  /** The evaluation that the class belongs to. */
  readonly interpreter: Interpreter;
}

/** `super()`: the attributes of `self` that are found behind `behind` in the order of its class. */
export interface PySuper {
  readonly kind: 'super';
  readonly behind: PyClass;
  readonly self: PyValue;
}

/** An instance of a class of the program that derives from nothing native. */
export interface PyObject {
  readonly kind: 'instance';
  readonly instance: Instance;
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
  /** Opened with `b`: read as bytes. */
  readonly isBinary?: boolean;
}
export interface PyException {
  readonly kind: 'exception';
  readonly type: string;
  args: readonly PyValue[];
  /** What an exception of a library carries beside its arguments: `pos` of a JSONDecodeError, `errno` of an OSError. */
  readonly attributes?: ReadonlyMap<string, PyValue>;
  readonly instance?: Instance;
}
/** A value that was not to be had, and the innermost place and reason why. */
export interface PyUnknown {
  readonly kind: 'unknown';
  readonly reason: string;
  readonly place: Place;
}
