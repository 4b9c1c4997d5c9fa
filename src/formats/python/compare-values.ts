import { Undecidable } from './faults.ts';
import { rawEntries, rawItems, undecidable } from './make.ts';
import type { ShownAt } from './show.ts';
import type { PyValue } from './value.ts';

/** Whether a value counts as true. Throws `Undecidable` for an unknown one. */
export function isTrue(value: PyValue): boolean {
  switch (value.kind) {
    case 'str':
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
    case 'unknown':
      throw new Undecidable(value);
    default:
      return true;
  }
}

/** What `==` says. */
export function areEqual(a: PyValue, b: PyValue, where: ShownAt): boolean {
  where.interpreter.spend(1);
  if (a.kind === 'unknown') throw new Undecidable(a);
  if (b.kind === 'unknown') throw new Undecidable(b);
  const [numberA, numberB] = [numberOf(a), numberOf(b)];
  // Loosely: a bigint and a float are compared by value, without rounding.
  // oxlint-disable-next-line eqeqeq
  if (numberA !== undefined && numberB !== undefined) return numberA == numberB;
  if (a.kind === 'str' && b.kind === 'str') return a.text.toString() === b.text.toString();
  if ((a.kind === 'list' && b.kind === 'list') || (a.kind === 'tuple' && b.kind === 'tuple')) {
    const others = rawItems(b);
    const items = rawItems(a);
    return (
      items.length === others.length && items.every((item, index) => equalTo(item, others[index], where))
    );
  }
  if (a.kind === 'dict' && b.kind === 'dict') {
    const others = rawEntries(b);
    const entries = [...rawEntries(a)];
    return (
      entries.length === others.size &&
      entries.every(([key, { value }]) => equalTo(value, others.get(key)?.value, where))
    );
  }
  return isSame(a, b);
}

function equalTo(a: PyValue, b: PyValue | undefined, where: ShownAt): boolean {
  return b !== undefined && areEqual(a, b, where);
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
  return a === b;
}

/** Below, equal or above zero as `a` sorts before, like or after `b`. */
export function order(a: PyValue, b: PyValue, where: ShownAt): number {
  where.interpreter.spend(1);
  if (a.kind === 'unknown') throw new Undecidable(a);
  if (b.kind === 'unknown') throw new Undecidable(b);
  const [numberA, numberB] = [numberOf(a), numberOf(b)];
  if (numberA !== undefined && numberB !== undefined)
    return numberA < numberB ? -1 : numberA > numberB ? 1 : 0;
  if (a.kind === 'str' && b.kind === 'str') return orderOfTexts(a.text.toString(), b.text.toString());
  if ((a.kind === 'list' || a.kind === 'tuple') && a.kind === b.kind) {
    const others = rawItems(b);
    for (const [index, item] of rawItems(a).entries()) {
      const other = others[index];
      if (other === undefined) return 1;
      const first = order(item, other, where);
      if (first !== 0) return first;
    }
    return rawItems(a).length - others.length;
  }
  return undecidable(`the order of ${a.kind} and ${b.kind}`, where.at);
}

/** By code points, as Python sorts, not by UTF-16 units. */
export function orderOfTexts(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** What a dict finds a key by: equal keys have equal texts (`1`, `1.0` and `True` are one key). */
export function dictKey(key: PyValue, where: ShownAt): string {
  where.interpreter.spend(1);
  if (key.kind === 'unknown') throw new Undecidable(key);
  const number = numberOf(key);
  if (number !== undefined) return `number ${number}`;
  if (key.kind === 'str') return `str ${key.text.toString()}`;
  if (key.kind === 'none') return 'none';
  if (key.kind === 'native') return `native ${key.name}`;
  if (key.kind === 'tuple')
    return `tuple ${JSON.stringify(rawItems(key).map((item) => dictKey(item, where)))}`;
  return undecidable(`a ${key.kind} as a key`, where.at);
}

export function numberOf(value: PyValue): bigint | number | undefined {
  if (value.kind === 'int' || value.kind === 'float') return value.value;
  return value.kind === 'bool' ? (value.value ? 1n : 0n) : undefined;
}
