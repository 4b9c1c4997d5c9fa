import { splitLines } from '../../text/split.ts';
import { TracedText } from '../../text/traced-text.ts';
import { Raised, Undecidable } from './faults.ts';
import { decideSpecial, inClass } from './instance.ts';
import {
  carryAll,
  checkCount,
  pyInt,
  pyStr,
  pyTuple,
  raise,
  rawEntries,
  rawItems,
  undecidable,
} from './make.ts';
import { rawMembers } from './set-members.ts';
import type { ShownAt } from './show.ts';
import { instanceOf, isNativeKind, typeName } from './types.ts';
import type { DictEntry, PyDict, PyIterator, PySet, PyValue, PyView } from './value.ts';

/**
 * Whether what goes through a value depends on its order. That of a set of two or more isn't known, so only what
 * comes to the same in any order may go through it.
 */
export type Order = 'its order' | 'any order';

/** What a `for` over the value goes through, at once. */
export function iterate(value: PyValue, where: ShownAt, order: Order = 'its order'): PyValue[] {
  const items: PyValue[] = [];
  for (const item of iterateLazily(value, where, order)) {
    items.push(item);
    if (items.length % 1024 === 0) checkCount(items.length, where.at);
  }
  return items;
}

/** Likewise one by one, for what may stop before the end. */
export function* iterateLazily(
  value: PyValue,
  where: ShownAt,
  order: Order = 'its order',
): Generator<PyValue, void> {
  const { interpreter } = where;
  for (const item of through(value, where, order)) {
    interpreter.spend(1);
    yield item;
  }
}

function through(value: PyValue, where: ShownAt, order: Order): Iterable<PyValue> {
  const own = throughInstance(value, where);
  if (own !== undefined) return own;
  switch (value.kind) {
    case 'list':
    case 'tuple':
      return items(value, where);
    case 'dict':
      return entries(value, (entry) => entry.key, where);
    case 'view':
      return view(value, where);
    case 'set':
    case 'frozenset':
      return members(value, where, order);
    case 'iterator':
      return rest(value, where, order);
    case 'str':
      return characters(value.text, where);
    case 'bytes':
      return Array.from(value.text.toString(), (unit) => pyInt(unit.charCodeAt(0)));
    case 'file':
      return splitLines(value.content).map((line) => pyStr(line, where.at));
    case 'class':
      if (value.members !== undefined) return value.members;
      break;
    case 'unknown':
      throw new Undecidable(value);
    default:
      break;
  }
  return raise('TypeError', `'${typeName(value)}' object is not iterable`, where.at);
}

/** A list may grow or shrink while it is gone through. */
function* items(
  sequence: PyValue & { kind: 'list' | 'tuple' },
  { interpreter }: ShownAt,
): Generator<PyValue> {
  for (let index = 0; ; index += 1) {
    const item = rawItems(sequence)[index];
    if (item === undefined) return;
    yield carryAll(item, sequence.hops, interpreter);
  }
}

function* entries(dict: PyDict, pick: (entry: DictEntry) => PyValue, where: ShownAt): Generator<PyValue> {
  const { size } = rawEntries(dict);
  for (const entry of rawEntries(dict).values()) {
    yield pick(entry);
    if (rawEntries(dict).size !== size) {
      raise('RuntimeError', 'dictionary changed size during iteration', where.at);
    }
  }
}

function view({ dict, shows }: PyView, where: ShownAt): Iterable<PyValue> {
  const valueIn = (entry: DictEntry) => carryAll(entry.value, dict.hops, where.interpreter);
  switch (shows) {
    case 'keys':
      return entries(dict, (entry) => entry.key, where);
    case 'values':
      return entries(dict, valueIn, where);
    case 'items':
      return entries(dict, (entry) => pyTuple([entry.key, valueIn(entry)], where.at), where);
  }
}

function members(set: PySet, where: ShownAt, order: Order): Iterable<PyValue> {
  const all = [...rawMembers(set).values()];
  if (order === 'its order' && all.length > 1) undecidable('the order of a set', where.at);
  return all;
}

function* rest({ cell }: PyIterator, where: ShownAt, order: Order): Generator<PyValue> {
  if (cell.isInAnyOrder === true && order === 'its order') undecidable('the order of a set', where.at);
  for (;;) {
    if (cell.spoiled !== undefined) throw new Undecidable(cell.spoiled);
    const next = cell.rest.next();
    if (next.done === true) return;
    yield next.value;
  }
}

/** The characters (code points) of a text, each as a text. */
function* characters(text: TracedText, where: ShownAt): Generator<PyValue> {
  let offset = 0;
  for (const character of text.toString()) {
    where.interpreter.spend(2);
    const from = offset;
    offset += character.length;
    yield pyStr(text.slice(from, offset), where.at);
  }
}

/** By the methods that a class of the program gives its instances, if it gives any. */
function throughInstance(value: PyValue, where: ShownAt): Iterable<PyValue> | undefined {
  const type = instanceOf(value)?.class;
  if (type === undefined) return undefined;
  const iterator = decideSpecial(value, '__iter__');
  if (iterator !== undefined) {
    const isOwn =
      instanceOf(iterator) !== undefined && inClass(instanceOf(iterator)?.class ?? type, '__next__');
    return isOwn === undefined || isOwn === false
      ? through(iterator, where, 'its order')
      : until('StopIteration', () => decideSpecial(iterator, '__next__'));
  }
  if (value.kind !== 'instance' || inClass(type, '__getitem__') === undefined) return undefined;
  let index = 0;
  return until('IndexError', () => decideSpecial(value, '__getitem__', [pyInt(index++)]));
}

function* until(end: string, next: () => PyValue | undefined): Generator<PyValue> {
  for (;;) {
    let value: PyValue | undefined;
    try {
      value = next();
    } catch (error) {
      if (error instanceof Raised && isNativeKind(error.exception.type, end)) return;
      throw error;
    }
    if (value === undefined) return;
    yield value;
  }
}
