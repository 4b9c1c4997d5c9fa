import type { Interpreter, NativeCall } from './interpreter.ts';
import { derivedStr, pyTuple, unknown } from './make.ts';
import { typeName } from './native-arguments.ts';
import { DICT_METHODS, LIST_METHODS } from './natives/container-methods.ts';
import { STRING_METHODS } from './natives/string-methods.ts';
import { weightOf } from './operators.ts';
import type { Span } from './python-source.ts';
import type { PyNative, PyValue } from './value.ts';

/** `value.name`: a method bound to the value, a name of a module, or one of the few attributes that are known. */
export function attributeOf(value: PyValue, name: string, at: Span, interpreter: Interpreter): PyValue {
  switch (value.kind) {
    case 'unknown':
      return value;
    case 'module':
      return interpreter.attributeOfModule(value, name, at);
    case 'str': {
      const method = own(STRING_METHODS, name);
      if (method !== undefined) return bound(value, name, (call) => method(value.text, call));
      break;
    }
    case 'list': {
      const method = own(LIST_METHODS, name);
      if (method !== undefined) return bound(value, name, (call) => method(value, call));
      break;
    }
    case 'dict': {
      const method = own(DICT_METHODS, name);
      if (method !== undefined) return bound(value, name, (call) => method(value, call));
      break;
    }
    case 'file':
      if (name === 'read') return bound(value, name, () => ({ kind: 'str', text: value.content }));
      break;
    case 'native':
      if (name === '__name__') return derivedStr(value.name, at);
      break;
    case 'exception':
      if (name === 'args') return pyTuple(value.args, at);
      break;
    default:
      break;
  }
  return unknown(`the attribute ${name} of ${typeName(value)} isn't evaluated`, at);
}

function bound(self: PyValue, name: string, call: (call: NativeCall) => PyValue): PyNative {
  return { kind: 'native', name: `${self.kind}.${name}`, call, weight: weightOf(self) };
}

/** Never what every JavaScript object inherits: names come from the evaluated program. */
function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
