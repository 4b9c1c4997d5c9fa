import { Undecidable } from './faults.ts';
import { isSameAncestor, lineage } from './method-resolution.ts';
import { EXCEPTIONS } from './natives/exceptions.ts';
import type { Instance, PyClass, PyNative, PyValue } from './value.ts';

/** The names of the native types, other than exceptions. */
const TYPES: ReadonlySet<string> = new Set([
  'abc.ABC',
  'bool',
  'bytes',
  'classmethod',
  'dict',
  'enum.Enum',
  'enum.IntEnum',
  'float',
  'frozenset',
  'int',
  'list',
  'NoneType',
  'object',
  'property',
  'range',
  'set',
  'staticmethod',
  'str',
  'super',
  'tuple',
  'type',
]);

/** What a native type is a kind of, besides `object`. */
const NATIVE_BASES: Readonly<Record<string, string>> = { bool: 'int', 'enum.IntEnum': 'int' };

/** The abstract classes of `collections.abc` and their like, by the native types that they hold for. */
const ABSTRACT: Readonly<Record<string, readonly string[]>> = {
  'collections.abc.Mapping': ['dict'],
  'collections.abc.MutableMapping': ['dict'],
  'collections.abc.Sequence': ['list', 'tuple', 'str', 'range', 'bytes'],
  'collections.abc.MutableSequence': ['list'],
  'collections.abc.Set': ['set', 'frozenset', 'dict_keys', 'dict_items'],
  'collections.abc.Iterable': [
    'list',
    'tuple',
    'str',
    'range',
    'bytes',
    'dict',
    'set',
    'frozenset',
    'generator',
  ],
  'collections.abc.Callable': ['function', 'method', 'builtin_function_or_method', 'type'],
  'numbers.Number': ['int', 'bool', 'float'],
};

export function isNativeType(native: PyNative): boolean {
  return TYPES.has(native.name) || Object.hasOwn(EXCEPTIONS, native.name);
}

/** What makes a value an instance of a class of the program, or undefined. */
export function instanceOf(value: PyValue): Instance | undefined {
  return 'instance' in value ? value.instance : undefined;
}

/** The name of a value's type, as `type(value).__name__` has it. */
export function typeName(value: PyValue): string {
  const instance = instanceOf(value);
  if (instance !== undefined) return instance.class.name;
  switch (value.kind) {
    case 'none':
      return 'NoneType';
    case 'native':
      return isNativeType(value) ? 'type' : 'builtin_function_or_method';
    case 'class':
      return value.members === undefined ? 'type' : 'EnumMeta';
    case 'file':
      return 'TextIOWrapper';
    case 'exception':
    case 'iterator':
      return value.type;
    case 'view':
      return `dict_${value.shows}`;
    case 'descriptor':
      return value.how;
    case 'unknown':
      throw new Undecidable(value);
    default:
      return value.kind;
  }
}

/** Whether a value is an instance of a type, or of one that derives from it. */
export function isInstanceOf(value: PyValue, type: PyClass | PyNative): boolean {
  const instance = instanceOf(value);
  if (instance !== undefined) return isSubclassOf(instance.class, type);
  return type.kind === 'native' && isNativeKind(typeName(value), type.name);
}

export function isSubclassOf(type: PyClass | PyNative, ancestor: PyClass | PyNative): boolean {
  return lineage(type).some(
    (candidate) =>
      isSameAncestor(candidate, ancestor) ||
      (candidate.kind === 'native' &&
        ancestor.kind === 'native' &&
        isNativeKind(candidate.name, ancestor.name)) ||
      (ancestor.kind === 'native' && ancestor.name === 'object'),
  );
}

/** Whether a native type, also an exception, is another or one that derives from it. */
export function isNativeKind(type: string, ancestor: string): boolean {
  if (ancestor === 'object') return true;
  if (Object.hasOwn(ABSTRACT, ancestor) && ABSTRACT[ancestor]?.includes(type) === true) return true;
  for (let at: string | undefined = type; at !== undefined; at = NATIVE_BASES[at] ?? EXCEPTIONS[at]) {
    if (at === ancestor) return true;
  }
  return false;
}

/** The native type that instances of a class hold a value of: `dict` for `class X(dict)`. */
export function nativeBase(type: PyClass): PyNative | undefined {
  return type.ancestors.find(
    (ancestor): ancestor is PyNative =>
      ancestor.kind === 'native' && !['object', 'abc.ABC', 'enum.Enum'].includes(ancestor.name),
  );
}
