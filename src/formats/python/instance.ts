import { Undecidable } from './faults.ts';
import { NONE, pyDict, raise, undecidable } from './make.ts';
import type { NativeCall } from './interpreter.ts';
import { lineage } from './method-resolution.ts';
import { EXCEPTIONS } from './natives/exceptions.ts';
import type { Binding } from './scope.ts';
import { instanceOf, nativeBase } from './types.ts';
import type { Instance, PyClass, PyValue } from './value.ts';

/** What a class or the ones behind it say under a name, `behind` one of them only. */
export function inClass(type: PyClass, name: string, behind?: PyClass): Binding | undefined {
  const order = lineage(type);
  const from = behind === undefined ? 0 : order.indexOf(behind) + 1;
  for (let index = from; index < order.length; index += 1) {
    const ancestor = order[index];
    const binding = ancestor?.kind === 'class' ? ancestor.names.get(name) : undefined;
    if (binding !== undefined) return binding;
  }
  return undefined;
}

/** Calls the special method (`__eq__`) that the class of a value gives it; undefined where it gives none. */
export function callSpecial(
  value: PyValue,
  name: string,
  args: readonly PyValue[] = [],
): PyValue | undefined {
  const type = instanceOf(value)?.class;
  const method = type === undefined ? undefined : inClass(type, name)?.value;
  if (type === undefined || method === undefined) return undefined;
  return type.interpreter.call(method, { args: [value, ...args], keywords: new Map() }, type.interpreter.at);
}

/** Calls a special method whose result decides something: an unknown one can't. */
export function decideSpecial(value: PyValue, name: string, args?: readonly PyValue[]): PyValue | undefined {
  const result = callSpecial(value, name, args);
  if (result?.kind === 'unknown') throw new Undecidable(result);
  return result;
}

export function isNotImplemented(value: PyValue | undefined): boolean {
  return value?.kind === 'native' && value.name === 'NotImplemented';
}

let instances = 0;

/** `Class(…)`: the instance made, then `__init__` called with it. */
export function instantiate(type: PyClass, call: NativeCall): PyValue {
  const { interpreter, at } = call;
  const maker = inClass(type, '__new__')?.value;
  const made =
    maker === undefined
      ? bareInstance(type, call)
      : interpreter.call(maker, { ...call, args: [type, ...call.args] }, at);
  if (made.kind === 'unknown' || instanceOf(made)?.class !== type) return made;
  const init = inClass(type, '__init__')?.value;
  if (init === undefined) initializeNatively(made, call, maker === undefined);
  else {
    const result = interpreter.call(init, { ...call, args: [made, ...call.args] }, at);
    if (result.kind === 'unknown') return result;
  }
  return made;
}

/** What `object.__new__`, `str.__new__` and so on make. */
export function bareInstance(type: PyClass, call: NativeCall): PyValue {
  call.interpreter.spend(4);
  const instance: Instance = { class: type, attributes: new Map(), id: ++instances };
  const base = nativeBase(type);
  if (base === undefined) return { kind: 'instance', instance };
  if (Object.hasOwn(EXCEPTIONS, base.name)) {
    return { kind: 'exception', type: type.name, args: call.args, instance };
  }
  switch (base.name) {
    case 'dict':
      return { ...pyDict(), instance };
    case 'list':
      return { kind: 'list', cell: { items: [] }, hops: [], instance };
    default: {
      const value = base.call(call);
      const takes =
        value.kind === 'str' || value.kind === 'int' || value.kind === 'float' || value.kind === 'tuple';
      return takes ? { ...value, instance } : undecidable(`a class of ${base.name} isn't evaluated`, call.at);
    }
  }
}

/** What `__init__` of a native type does. */
export function initializeNatively(made: PyValue, call: NativeCall, isWholeCall: boolean): void {
  if (made.kind === 'exception') {
    made.args = call.args;
  } else if (made.kind === 'dict') {
    const content = call.interpreter.native('dict');
    const filled = content?.kind === 'native' ? content.call(call) : NONE;
    if (filled.kind === 'unknown') throw new Undecidable(filled);
    if (filled.kind === 'dict')
      for (const [key, entry] of filled.cell.entries) made.cell.entries.set(key, entry);
  } else if (made.kind === 'list') {
    const content = call.interpreter.native('list');
    const filled = content?.kind === 'native' ? content.call(call) : NONE;
    if (filled.kind === 'list') made.cell.items = filled.cell.items;
  } else if (made.kind === 'instance' && isWholeCall && call.args.length + call.keywords.size > 0) {
    raise('TypeError', `${made.instance.class.name}() takes no arguments`, call.at);
  }
}

/** The attributes of an instance, to be read or changed. */
export function attributesOf(instance: Instance): Map<string, PyValue> {
  if (instance.spoiled !== undefined) throw new Undecidable(instance.spoiled);
  return instance.attributes;
}
