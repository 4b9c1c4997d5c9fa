import { numberOf } from './compare-values.ts';
import { Undecidable } from './faults.ts';
import { CHANGING_METHODS } from './give-up.ts';
import { attributesOf, bareInstance, inClass, initializeNatively } from './instance.ts';
import type { Interpreter, NativeCall } from './interpreter.ts';
import { NONE, carry, derivedStr, pyDict, pyTuple, raise, unknown } from './make.ts';
import { BYTES_METHODS } from './natives/bytes-methods.ts';
import { DICT_METHODS, LIST_METHODS, TUPLE_METHODS } from './natives/container-methods.ts';
import { FILE_METHODS } from './natives/file-methods.ts';
import { FLOAT_METHODS, INTEGER_METHODS } from './natives/number-methods.ts';
import { STRING_METHODS } from './natives/string-methods.ts';
import { weightOf } from './operators.ts';
import type { Span } from './python-source.ts';
import { SET_METHODS } from './set-methods.ts';
import { spoil } from './spoil.ts';
import { instanceOf, isNativeType, nativeBase, typeName } from './types.ts';
import type { Instance, PyClass, PyNative, PySuper, PyValue } from './value.ts';

/** The kinds of values whose methods are all known: another name is none of theirs. */
const HAVE_ALL_METHODS: ReadonlySet<string> = new Set([
  'str',
  'int',
  'float',
  'bool',
  'none',
  'list',
  'tuple',
  'dict',
  'set',
  'frozenset',
  'function',
  'method',
]);

/** Attributes of numbers that are there in Python and not here. */
const NUMBERS_PARTS: ReadonlySet<string> = new Set(['real', 'imag', 'numerator', 'denominator']);

/** `value.name`: an attribute, a method bound to the value, or a name of a module. */
export function attributeOf(value: PyValue, name: string, at: Span, interpreter: Interpreter): PyValue {
  if (value.kind === 'unknown') return value;
  if (value.kind === 'module') return interpreter.attributeOfModule(value, name, at);
  if (value.kind === 'class') return attributeOfClass(value, name, at, interpreter);
  if (value.kind === 'super') return attributeOfSuper(value, name, at, interpreter);
  const instance = instanceOf(value);
  const found =
    (instance === undefined ? undefined : attributeOfInstance(value, instance, name, at, interpreter)) ??
    nativeAttribute(value, name, at, interpreter);
  if (found !== undefined) return found;
  if (instance === undefined) {
    if (hasNoMore(value, name) && !name.startsWith('__') && !NUMBERS_PARTS.has(name)) {
      raise('AttributeError', `'${typeName(value)}' object has no attribute '${name}'`, at);
    }
    return unknown(`the attribute ${name} of ${typeName(value)} isn't evaluated`, at);
  }
  const fallback = inClass(instance.class, '__getattr__')?.value;
  return fallback === undefined
    ? raise('AttributeError', `'${instance.class.name}' object has no attribute '${name}'`, at)
    : interpreter.call(fallback, { args: [value, derivedStr(name, at)], keywords: new Map() }, at);
}

const METHODS_OF_TYPE: Readonly<Record<string, object>> = {
  bool: INTEGER_METHODS,
  bytes: BYTES_METHODS,
  dict: DICT_METHODS,
  float: FLOAT_METHODS,
  frozenset: SET_METHODS,
  int: INTEGER_METHODS,
  list: LIST_METHODS,
  set: SET_METHODS,
  str: STRING_METHODS,
  tuple: TUPLE_METHODS,
};

/** Exceptions that have `args` and nothing else. */
const PLAIN_EXCEPTIONS: ReadonlySet<string> = new Set([
  'AssertionError',
  'Exception',
  'IndexError',
  'KeyError',
  'RuntimeError',
  'TypeError',
  'ValueError',
]);

function hasNoMore(value: PyValue, name: string): boolean {
  return (
    HAVE_ALL_METHODS.has(value.kind) ||
    (value.kind === 'native' && (Object.hasOwn(METHODS_OF_TYPE, value.name) || !value.name.includes('.'))) ||
    (value.kind === 'exception' && PLAIN_EXCEPTIONS.has(value.type) && name !== 'with_traceback')
  );
}

function attributeOfInstance(
  value: PyValue,
  instance: Instance,
  name: string,
  at: Span,
  interpreter: Interpreter,
): PyValue | undefined {
  const inherited = readFromClass(instance.class, name, interpreter);
  if (inherited?.kind === 'descriptor' && inherited.how === 'property') {
    return boundTo(value, inherited, at, interpreter);
  }
  const own = attributesOf(instance).get(name);
  if (own !== undefined) return own;
  if (inherited !== undefined) return boundTo(value, inherited, at, interpreter);
  if (name === '__class__') return instance.class;
  if (name !== '__dict__') return undefined;
  return pyDict(
    [...instance.attributes].map(([key, inner]) => [
      `str ${key}`,
      { key: derivedStr(key, at), value: inner },
    ]),
  );
}

function readFromClass(
  type: PyClass,
  name: string,
  interpreter: Interpreter,
  behind?: PyClass,
): PyValue | undefined {
  const binding = inClass(type, name, behind);
  if (binding?.hop === undefined) return binding?.value;
  return carry(binding.value, binding.hop, interpreter);
}

/** What is found in a class, as seen through an instance of it. */
function boundTo(self: PyValue, found: PyValue, at: Span, interpreter: Interpreter): PyValue {
  if (found.kind === 'function') return { kind: 'method', self, function: found };
  if (found.kind !== 'descriptor') return found;
  switch (found.how) {
    case 'staticmethod':
      return found.function;
    case 'classmethod':
      return {
        kind: 'method',
        self: self.kind === 'class' ? self : (instanceOf(self)?.class ?? self),
        function: found.function,
      };
    case 'property':
      return interpreter.call(found.function, { args: [self], keywords: new Map() }, at);
  }
}

function attributeOfClass(type: PyClass, name: string, at: Span, interpreter: Interpreter): PyValue {
  const found = readFromClass(type, name, interpreter);
  if (found?.kind === 'descriptor' && found.how !== 'property') return boundTo(type, found, at, interpreter);
  if (found !== undefined) return found;
  switch (name) {
    case '__name__':
    case '__qualname__':
      return derivedStr(type.name, at);
    case '__bases__':
      return pyTuple(type.bases, at);
    case '__mro__':
      return pyTuple(withObject([type, ...type.ancestors], interpreter), at);
    case '__doc__':
      return NONE;
    default: {
      const base = nativeBase(type);
      const native = base === undefined ? undefined : nativeAttribute(base, name, at, interpreter);
      return native ?? raise('AttributeError', `type object '${type.name}' has no attribute '${name}'`, at);
    }
  }
}

function withObject(types: readonly PyValue[], interpreter: Interpreter): readonly PyValue[] {
  const object = interpreter.native('object');
  if (types.some((type) => type.kind === 'native' && type.name === 'object') || object === undefined)
    return types;
  return [...types, object];
}

function attributeOfSuper(
  { self, behind }: PySuper,
  name: string,
  at: Span,
  interpreter: Interpreter,
): PyValue {
  const type = self.kind === 'class' ? self : instanceOf(self)?.class;
  if (type === undefined) return raise('TypeError', 'super(type, obj): obj must be an instance', at);
  const found = readFromClass(type, name, interpreter, behind);
  if (found !== undefined) {
    // `__new__` takes the class itself, and is given it by the caller.
    return name === '__new__' ? found : boundTo(self, found, at, interpreter);
  }
  switch (name) {
    case '__init__':
      return bound(self, name, (call) => {
        initializeNatively(self, call, false);
        return NONE;
      });
    case '__new__':
      return bound(self, name, (call) => {
        const [made, ...args] = call.args;
        return made?.kind === 'class'
          ? bareInstance(made, { ...call, args })
          : raise('TypeError', 'object.__new__(): not enough arguments', at);
      });
    case '__repr__':
    case '__str__':
    case '__eq__':
    case '__hash__':
      return unknown(`super().${name} isn't evaluated`, at);
    default: {
      const native = nativeAttribute(self, name, at, interpreter);
      return native ?? raise('AttributeError', `'super' object has no attribute '${name}'`, at);
    }
  }
}

/** What the native types give their values; undefined for what isn't known here. */
function nativeAttribute(
  value: PyValue,
  name: string,
  at: Span,
  interpreter: Interpreter,
): PyValue | undefined {
  switch (value.kind) {
    case 'str': {
      const method = own(STRING_METHODS, name);
      return method === undefined ? undefined : bound(value, name, (call) => method(value.text, call));
    }
    case 'list': {
      const method = own(LIST_METHODS, name);
      return method === undefined ? undefined : bound(value, name, (call) => method(value, call));
    }
    case 'dict': {
      const method = own(DICT_METHODS, name);
      return method === undefined ? undefined : bound(value, name, (call) => method(value, call));
    }
    case 'set':
    case 'frozenset': {
      const method = own(SET_METHODS, name);
      return method === undefined ? undefined : bound(value, name, (call) => method(value, call));
    }
    case 'tuple': {
      const method = own(TUPLE_METHODS, name);
      return method === undefined ? undefined : bound(value, name, (call) => method(value, call));
    }
    case 'bytes': {
      const method = own(BYTES_METHODS, name);
      return method === undefined ? undefined : bound(value, name, (call) => method(value, call));
    }
    case 'int':
    case 'bool': {
      const method = own(INTEGER_METHODS, name);
      return method === undefined
        ? undefined
        : bound(value, name, (call) => method(BigInt(numberOf(value) ?? 0), call));
    }
    case 'float': {
      const method = own(FLOAT_METHODS, name);
      return method === undefined ? undefined : bound(value, name, (call) => method(value.value, call));
    }
    case 'file': {
      const method = own(FILE_METHODS, name);
      return method === undefined ? undefined : bound(value, name, (call) => method(value, call));
    }
    case 'native':
      return attributeOfNative(value, name, at, interpreter);
    case 'function':
      if (name === '__name__') return derivedStr(value.name, at);
      return name === '__qualname__' ? derivedStr(value.qualifiedName, at) : undefined;
    case 'method':
      return name === '__self__' ? value.self : attributeOf(value.function, name, at, interpreter);
    case 'exception':
      return name === 'args' ? pyTuple(value.args, at) : value.attributes?.get(name);
    case 'descriptor':
      return name === 'setter' && value.how === 'property'
        ? bound(value, name, (call) => ({ ...value, setter: call.args[0] ?? NONE }))
        : undefined;
    default:
      return undefined;
  }
}

function attributeOfNative(
  native: PyNative,
  name: string,
  at: Span,
  interpreter: Interpreter,
): PyValue | undefined {
  if (name === '__name__' || name === '__qualname__') return derivedStr(native.name, at);
  const own = interpreter.native(`${native.name}.${name}`);
  if (own?.kind === 'native') return own;
  if (name === '__doc__' || !isNativeType(native)) return undefined;
  const methods = METHODS_OF_TYPE[native.name];
  if (methods !== undefined && !name.startsWith('__') && !Object.hasOwn(methods, name)) return undefined;
  // A method taken from its type: `str.strip`, `Exception.__init__`.
  return bound(native, name, (call) => {
    const [self, ...args] = call.args;
    if (self === undefined)
      return raise('TypeError', `unbound method ${native.name}.${name}() needs an argument`, at);
    if (name === '__init__') {
      initializeNatively(self, { ...call, args }, false);
      return NONE;
    }
    if (name === '__new__' && self.kind === 'class') return bareInstance(self, { ...call, args });
    const method = nativeAttribute(self, name, at, interpreter);
    if (method === undefined) throw new Undecidable(unknown(`${native.name}.${name} isn't evaluated`, at));
    return interpreter.call(method, { ...call, args }, at);
  });
}

function bound(self: PyValue, name: string, call: (call: NativeCall) => PyValue): PyNative {
  const changing = CHANGING_METHODS.has(name) ? (given: NativeCall) => spoilingCall(self, call, given) : call;
  return { kind: 'native', name: `${self.kind}.${name}`, call: changing, weight: weightOf(self) };
}

/** A change that can't be followed leaves nothing known of what it changes. */
function spoilingCall(self: PyValue, call: (call: NativeCall) => PyValue, given: NativeCall): PyValue {
  try {
    return call(given);
  } catch (error) {
    if (error instanceof Undecidable) spoil([self], error.unknown);
    throw error;
  }
}

/** Never what every JavaScript object inherits: names come from the evaluated program. */
function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
