import { Undecidable } from './faults.ts';
import { callSpecial, decideSpecial, inClass, isNotImplemented } from './instance.ts';
import { checkLength, raise, rawEntries, rawItems, undecidable } from './make.ts';
import { isSubset, rawMembers } from './set-members.ts';
import type { ShownAt } from './show.ts';
import { instanceOf, typeName } from './types.ts';
import type { PyDict, PyValue, PyView } from './value.ts';

/** The deepest lists in lists that are compared. */
const DEEPEST = 200;

/** Whether a value counts as true. Throws `Undecidable` for an unknown one. */
export function isTrue(value: PyValue): boolean {
  const special = decideSpecial(value, '__bool__');
  if (special !== undefined) return special.kind === 'bool' && special.value;
  const length = value.kind === 'instance' ? decideSpecial(value, '__len__') : undefined;
  if (length !== undefined) return length.kind !== 'int' || length.value !== 0n;
  switch (value.kind) {
    case 'str':
    case 'bytes':
      return value.text.length > 0;
    case 'int':
      return value.value !== 0n;
    case 'float':
      return value.value !== 0;
    case 'bool':
      return value.value;
    case 'none':
      return false;
    case 'list':
    case 'tuple':
      return rawItems(value).length > 0;
    case 'dict':
      return rawEntries(value).size > 0;
    case 'view':
      return rawEntries(value.dict).size > 0;
    case 'set':
    case 'frozenset':
      return rawMembers(value).size > 0;
    case 'unknown':
      throw new Undecidable(value);
    default:
      return true;
  }
}

/** What `==` says. */
export function areEqual(a: PyValue, b: PyValue, where: ShownAt, depth = 0): boolean {
  where.interpreter.spend(1);
  if (depth > DEEPEST) undecidable('nested too deeply to be compared', where.at);
  if (a.kind === 'unknown') throw new Undecidable(a);
  if (b.kind === 'unknown') throw new Undecidable(b);
  const special = specialEquality(a, b) ?? specialEquality(b, a);
  if (special !== undefined) return special;
  const [numberA, numberB] = [numberOf(a), numberOf(b)];
  // Loosely: a bigint and a float are compared by value, without rounding.
  // oxlint-disable-next-line eqeqeq
  if (numberA !== undefined && numberB !== undefined) return numberA == numberB;
  if ((a.kind === 'str' && b.kind === 'str') || (a.kind === 'bytes' && b.kind === 'bytes')) {
    return a.text.toString() === b.text.toString();
  }
  const [membersA, membersB] = [membersOf(a, where), membersOf(b, where)];
  if (membersA !== undefined && membersB !== undefined) {
    return membersA.size === membersB.size && isSubset(membersA, membersB);
  }
  if ((a.kind === 'list' && b.kind === 'list') || (a.kind === 'tuple' && b.kind === 'tuple')) {
    const others = rawItems(b);
    const items = rawItems(a);
    return (
      items.length === others.length &&
      items.every((item, index) => equalTo(item, others[index], where, depth))
    );
  }
  if (a.kind === 'dict' && b.kind === 'dict') {
    const others = rawEntries(b);
    const entries = [...rawEntries(a)];
    return (
      entries.length === others.size &&
      entries.every(([key, { value }]) => equalTo(value, others.get(key)?.value, where, depth))
    );
  }
  return isSame(a, b);
}

function equalTo(a: PyValue, b: PyValue | undefined, where: ShownAt, depth: number): boolean {
  return b !== undefined && (isOneObject(a, b) || areEqual(a, b, where, depth + 1));
}

/** What is in a container equals itself without being compared. */
function isOneObject(a: PyValue, b: PyValue): boolean {
  return 'cell' in a && 'cell' in b && a.cell === b.cell && a.cell.spoiled === undefined;
}

/** What the class of `a` says about `a == b`, if it says anything. */
function specialEquality(a: PyValue, b: PyValue): boolean | undefined {
  if (instanceOf(a) === undefined) return undefined;
  const equal = decideSpecial(a, '__eq__', [b]);
  if (equal !== undefined && !isNotImplemented(equal)) return isTrue(equal);
  return undefined;
}

/** The members of a set, or of a dict's keys or items, by which it is compared with another. */
export function membersOf(value: PyValue, where: ShownAt): Map<string, PyValue> | undefined {
  if (value.kind === 'set' || value.kind === 'frozenset') return rawMembers(value);
  if (value.kind !== 'view' || value.shows === 'values') return undefined;
  return membersOfView(value, where);
}

function membersOfView({ dict, shows }: PyView & { dict: PyDict }, where: ShownAt): Map<string, PyValue> {
  const members = new Map<string, PyValue>();
  where.interpreter.spend(rawEntries(dict).size);
  for (const [hashed, { key, value }] of rawEntries(dict)) {
    if (shows === 'keys') members.set(hashed, key);
    else {
      const pair: PyValue = { kind: 'tuple', cell: { items: [key, value] }, hops: [] };
      members.set(dictKey(pair, where), pair);
    }
  }
  return members;
}

/** What `is` says, as far as it doesn't depend on how Python keeps its objects. */
export function isSame(a: PyValue, b: PyValue): boolean {
  if (a.kind === 'unknown') throw new Undecidable(a);
  if (b.kind === 'unknown') throw new Undecidable(b);
  if (a.kind !== b.kind) return false;
  if (a.kind === 'none') return true;
  if (a.kind === 'native' && b.kind === 'native') return a.name === b.name;
  if (a.kind === 'bool' && b.kind === 'bool') return a.value === b.value;
  if ('cell' in a && 'cell' in b) return a.cell === b.cell;
  if (a.kind === 'method' && b.kind === 'method') {
    return isSame(a.self, b.self) && isSame(a.function, b.function);
  }
  const [instanceA, instanceB] = [instanceOf(a), instanceOf(b)];
  if (instanceA !== undefined || instanceB !== undefined) return instanceA === instanceB;
  return a === b;
}

/** Below, equal or above zero as `a` sorts before, like or after `b`. */
export function order(a: PyValue, b: PyValue, where: ShownAt, depth = 0): number {
  where.interpreter.spend(1);
  if (depth > DEEPEST) undecidable('nested too deeply to be compared', where.at);
  if (a.kind === 'unknown') throw new Undecidable(a);
  if (b.kind === 'unknown') throw new Undecidable(b);
  const special = specialOrder(a, b);
  if (special !== undefined) return special;
  const [numberA, numberB] = [numberOf(a), numberOf(b)];
  if (numberA !== undefined && numberB !== undefined)
    return numberA < numberB ? -1 : numberA > numberB ? 1 : 0;
  if ((a.kind === 'str' && b.kind === 'str') || (a.kind === 'bytes' && b.kind === 'bytes')) {
    return orderOfTexts(a.text.toString(), b.text.toString());
  }
  if ((a.kind === 'list' || a.kind === 'tuple') && a.kind === b.kind) {
    const others = rawItems(b);
    for (const [index, item] of rawItems(a).entries()) {
      const other = others[index];
      if (other === undefined) return 1;
      if (areEqual(item, other, where)) continue;
      const first = order(item, other, where, depth + 1);
      if (first !== 0) return first;
    }
    return rawItems(a).length - others.length;
  }
  return raise(
    'TypeError',
    `'<' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`,
    where.at,
  );
}

/** By `__lt__`, as sorting goes. */
function specialOrder(a: PyValue, b: PyValue): number | undefined {
  const type = instanceOf(a)?.class;
  if (type === undefined || inClass(type, '__lt__') === undefined) return undefined;
  const isLess = decideSpecial(a, '__lt__', [b]);
  if (isLess !== undefined && isTrue(isLess)) return -1;
  const isMore = decideSpecial(b, '__lt__', [a]);
  return isMore !== undefined && isTrue(isMore) ? 1 : 0;
}

/** By code points, as Python sorts, not by UTF-16 units. */
export function orderOfTexts(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** What a dict finds a key by: equal keys have equal texts (`1`, `1.0` and `True` are one key). */
export function dictKey(key: PyValue, where: ShownAt, depth = 0): string {
  where.interpreter.spend(1);
  if (depth > DEEPEST) undecidable('nested too deeply for a key', where.at);
  if (key.kind === 'unknown') throw new Undecidable(key);
  const number = numberOf(key);
  if (number !== undefined) return `number ${number}`;
  const instance = instanceOf(key);
  if (
    instance !== undefined &&
    (key.kind === 'instance' || inClass(instance.class, '__hash__') !== undefined)
  ) {
    return keyOfInstance(key, where);
  }
  switch (key.kind) {
    case 'str':
      return `str ${key.text.toString()}`;
    case 'bytes':
      return `bytes ${key.text.toString()}`;
    case 'none':
      return 'none';
    case 'native':
      return `native ${key.name}`;
    case 'class':
      return `class ${key.name} ${key.at.place.line}:${key.at.place.column}`;
    case 'tuple':
      return joined(
        'tuple',
        rawItems(key).map((item) => dictKey(item, where, depth + 1)),
        where,
      );
    case 'frozenset':
      return joined('frozenset', [...rawMembers(key).keys()].toSorted(), where);
    case 'list':
    case 'dict':
    case 'set':
      return raise('TypeError', `unhashable type: '${typeName(key)}'`, where.at);
    default:
      return undecidable(`a ${key.kind} as a key`, where.at);
  }
}

/** Each with its length, so that no two lists of keys make the same text. */
function joined(kind: string, keys: readonly string[], where: ShownAt): string {
  const length = keys.reduce((sum, key) => sum + key.length, 0);
  checkLength(length, where.at);
  where.interpreter.spend(length >> 5);
  return `${kind} ${keys.map((key) => `${key.length} ${key}`).join(' ')}`;
}

/** An instance is a key of its own, unless its class says what it equals. */
function keyOfInstance(key: PyValue, where: ShownAt): string {
  const instance = instanceOf(key);
  if (instance === undefined) return '';
  if (inClass(instance.class, '__hash__') !== undefined) {
    const hash = callSpecial(key, '__hash__');
    if (hash?.kind === 'unknown') throw new Undecidable(hash);
    return `${instance.class.name} ${hash === undefined ? '' : dictKey(hash, where)}`;
  }
  if (inClass(instance.class, '__eq__') !== undefined) {
    return raise('TypeError', `unhashable type: '${instance.class.name}'`, where.at);
  }
  return `instance ${instance.id}`;
}

export function numberOf(value: PyValue): bigint | number | undefined {
  if (value.kind === 'int' || value.kind === 'float') return value.value;
  return value.kind === 'bool' ? (value.value ? 1n : 0n) : undefined;
}
