import { assignAttribute } from './assign.ts';
import { attributeOf } from './attribute.ts';
import { dictKey } from './compare-values.ts';
import { deleteAttribute } from './delete.ts';
import { Raised, Undecidable } from './faults.ts';
import { attributesOf, decideSpecial, inClass } from './instance.ts';
import type { NativeCall, NativeFunction } from './interpreter.ts';
import { iterate, iterateLazily } from './iterate.ts';
import {
  NONE,
  derivedStr,
  pyBool,
  pyDict,
  pyIterator,
  raise,
  raiseWith,
  rawItems,
  undecidable,
} from './make.ts';
import { onlyArguments, optional, required, textOf } from './native-arguments.ts';
import { makeSet } from './set-methods.ts';
import { instanceOf, isInstanceOf, isNativeKind, isNativeType, isSubclassOf, typeName } from './types.ts';
import type { PyClass, PyDescriptor, PyNative, PyValue } from './value.ts';

/** The builtins that classes, sets and iterators are made of (library reference, Built-in Functions). */
export const CLASS_BUILTINS: Readonly<Record<string, NativeFunction>> = {
  NotImplemented: (call) => raise('TypeError', "'NotImplementedType' object is not callable", call.at),
  'abc.ABC': refuseToMake('abc.ABC'),
  'abc.ABCMeta': refuseToMake('abc.ABCMeta'),
  'abc.abstractmethod': (call) => required(call, 0),
  callable: (call) => pyBool(isCallable(required(call, 0))),
  classmethod: descriptor('classmethod'),
  delattr: (call) => {
    deleteAttribute(required(call, 0), textOf(required(call, 1), call).toString(), call);
    return NONE;
  },
  'enum.Enum': refuseToMake('enum.Enum'),
  'enum.IntEnum': (call) => required(call, 0),
  'enum.auto': (call) => ({
    kind: 'native',
    name: 'enum.auto()',
    call: refuseToMake('auto()'),
    weight: call.args.length,
  }),
  'enum.unique': (call) => required(call, 0),
  frozenset: (call) => setOfArgument('frozenset', call),
  getattr: (call) => {
    onlyArguments(call, 3);
    const fallback = optional(call, 2);
    const name = textOf(required(call, 1), call).toString();
    try {
      return attributeOf(required(call, 0), name, call.at, call.interpreter);
    } catch (error) {
      if (fallback === undefined || !isMissingAttribute(error)) throw error;
      return fallback;
    }
  },
  hasattr: (call) => {
    onlyArguments(call, 2);
    const name = textOf(required(call, 1), call).toString();
    try {
      const found = attributeOf(required(call, 0), name, call.at, call.interpreter);
      if (found.kind === 'unknown') throw new Undecidable(found);
      return pyBool(true);
    } catch (error) {
      if (!isMissingAttribute(error)) throw error;
      return pyBool(false);
    }
  },
  hash: (call) => {
    onlyArguments(call, 1);
    const value = required(call, 0);
    if (value.kind === 'int' || value.kind === 'bool') return value;
    // Another number in each run, so nothing but a name for it.
    const name = `hash of ${dictKey(value, call)}`;
    return { kind: 'native', name, call: refuseToMake('a hash') };
  },
  id: (call) => undecidable("an object's id is another in each run", call.at),
  isinstance: (call) => {
    onlyArguments(call, 2);
    const value = required(call, 0);
    if (value.kind === 'unknown') throw new Undecidable(value);
    return pyBool(typesIn(required(call, 1), call).some((type) => isInstanceOf(value, type)));
  },
  issubclass: (call) => {
    onlyArguments(call, 2);
    const [type] = typesIn(required(call, 0), call);
    const ancestors = typesIn(required(call, 1), call);
    return pyBool(type !== undefined && ancestors.some((ancestor) => isSubclassOf(type, ancestor)));
  },
  iter: (call) => {
    onlyArguments(call, 1);
    const value = required(call, 0);
    if (value.kind === 'iterator') return value;
    return pyIterator(`${typeName(value)}_iterator`, iterateLazily(value, call));
  },
  next,
  object: (call) => undecidable("a bare object() isn't evaluated", call.at),
  property: descriptor('property'),
  set: (call) => setOfArgument('set', call),
  setattr: (call) => {
    const name = textOf(required(call, 1), call).toString();
    assignAttribute(required(call, 0), name, required(call, 2), call);
    return NONE;
  },
  staticmethod: descriptor('staticmethod'),
  super: (call) => {
    const [behind, self] = call.args;
    return behind?.kind === 'class' && self !== undefined
      ? { kind: 'super', behind, self }
      : undecidable("super() of this kind isn't evaluated", call.at);
  },
  type: (call) => {
    onlyArguments(call, 1);
    return typeOf(required(call, 0), call);
  },
  vars: (call) => {
    const instance = instanceOf(required(call, 0));
    if (instance === undefined) return undecidable("vars() of this isn't evaluated", call.at);
    const entries = [...attributesOf(instance)];
    return pyDict(entries.map(([key, value]) => [`str ${key}`, { key: derivedStr(key, call.at), value }]));
  },
};

function refuseToMake(name: string): NativeFunction {
  return (call) => undecidable(`${name}() isn't evaluated`, call.at);
}

function descriptor(how: PyDescriptor['how']): NativeFunction {
  return (call) => {
    onlyArguments(call, 1);
    return { kind: 'descriptor', how, function: required(call, 0) };
  };
}

function setOfArgument(kind: 'set' | 'frozenset', call: NativeCall): PyValue {
  onlyArguments(call, 1);
  const source = optional(call, 0);
  return makeSet(kind, source === undefined ? [] : iterate(source, call, 'any order'), call);
}

function isMissingAttribute(error: unknown): boolean {
  return error instanceof Raised && isNativeKind(error.exception.type, 'AttributeError');
}

function isCallable(value: PyValue): boolean {
  if (value.kind === 'unknown') throw new Undecidable(value);
  if (['function', 'method', 'class', 'native'].includes(value.kind)) return true;
  const type = instanceOf(value)?.class;
  return type !== undefined && inClass(type, '__call__') !== undefined;
}

/** The types that the second argument of `isinstance` names. */
function typesIn(value: PyValue, call: NativeCall): (PyClass | PyNative)[] {
  if (value.kind === 'unknown') throw new Undecidable(value);
  if (value.kind === 'tuple') return rawItems(value).flatMap((inner) => typesIn(inner, call));
  if (value.kind === 'class' || value.kind === 'native') return [value];
  return raise('TypeError', 'isinstance() arg 2 must be a type, a tuple of types, or a union', call.at);
}

function next(call: NativeCall): PyValue {
  onlyArguments(call, 2);
  const value = required(call, 0);
  const fallback = optional(call, 1);
  if (value.kind === 'unknown') throw new Undecidable(value);
  if (value.kind === 'iterator') {
    if (value.cell.spoiled !== undefined) throw new Undecidable(value.cell.spoiled);
    if (value.cell.isInAnyOrder === true) undecidable('the order of a set', call.at);
    const { done, value: found } = value.cell.rest.next();
    if (done !== true) return found;
    return fallback ?? raiseWith('StopIteration', [], call.at);
  }
  const found = decideSpecial(value, '__next__');
  return found ?? raise('TypeError', `'${typeName(value)}' object is not an iterator`, call.at);
}

/** `type(value)`. */
export function typeOf(value: PyValue, call: NativeCall): PyValue {
  const type = instanceOf(value)?.class;
  if (type !== undefined) return type;
  const name = typeName(value);
  const native = call.interpreter.native(name);
  return native?.kind === 'native' && isNativeType(native)
    ? native
    : { kind: 'native', name, call: () => undecidable(`${name}() isn't evaluated`, call.at) };
}
