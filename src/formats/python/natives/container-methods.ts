import { areEqual, dictKey, isTrue, order } from '../compare-values.ts';
import { Undecidable } from '../faults.ts';
import type { NativeCall } from '../interpreter.ts';
import {
  carryAll,
  checkCount,
  entriesOf,
  itemsOf,
  NONE,
  pyInt,
  pyList,
  pyTuple,
  raise,
  raiseWith,
  rawEntries,
  rawItems,
} from '../make.ts';
import { integerOf, iterate, onlyArguments, optional, required } from '../native-arguments.ts';
import type { PyDict, PySequence, PyValue } from '../value.ts';
import { entriesFrom } from './builtins/to-dict.ts';

type SequenceMethod = (self: PySequence, call: NativeCall) => PyValue;

const count: SequenceMethod = (self, call) => {
  onlyArguments(call, 1);
  return pyInt(rawItems(self).filter((item) => areEqual(item, required(call, 0), call)).length);
};

const index: SequenceMethod = (self, call) => {
  onlyArguments(call, 3);
  const items = rawItems(self);
  const bound = (at: number, standard: number) => {
    const given = optional(call, at);
    if (given === undefined) return standard;
    const position = integerOf(given, call);
    return position < 0 ? Math.max(0, items.length + position) : position;
  };
  const [from, to] = [bound(1, 0), bound(2, items.length)];
  for (let at = from; at < Math.min(to, items.length); at += 1) {
    const item = items[at];
    if (item !== undefined && areEqual(item, required(call, 0), call)) return pyInt(at);
  }
  return raise('ValueError', notThere(self, required(call, 0)), call.at);
};

/** CPython names the value only of a list. */
function notThere(self: PySequence, value: PyValue): string {
  if (self.kind === 'tuple') return 'tuple.index(x): x not in tuple';
  return value.kind === 'str' || value.kind === 'int'
    ? `${spelled(value)} is not in list`
    : 'item is not in list';
}

function spelled(value: PyValue & { kind: 'str' | 'int' }): string {
  return value.kind === 'int' ? String(value.value) : `'${value.text.toString()}'`;
}

/** The methods of `tuple`. */
export const TUPLE_METHODS: Readonly<Record<string, SequenceMethod>> = { count, index };

/** The methods of `list`. A method may change the list that `self` refers to. */
export const LIST_METHODS: Readonly<Record<string, SequenceMethod>> = {
  append: (self, call) => {
    onlyArguments(call, 1);
    return add(self, [required(call, 0)], call);
  },
  clear: (self, call) => {
    onlyArguments(call, 0);
    rawItems(self).length = 0;
    return NONE;
  },
  copy: (self, call) => {
    onlyArguments(call, 0);
    return pyList(itemsOf(self, call), call.at);
  },
  count,
  extend: (self, call) => {
    onlyArguments(call, 1);
    return add(self, iterate(required(call, 0), call), call);
  },
  index,
  insert: (self, call) => {
    onlyArguments(call, 2);
    const items = rawItems(self);
    checkCount(items.length + 1, call.at);
    items.splice(integerOf(required(call, 0), call), 0, required(call, 1));
    return NONE;
  },
  pop: (self, call) => {
    onlyArguments(call, 1);
    const items = rawItems(self);
    const given = optional(call, 0);
    if (items.length === 0) return raise('IndexError', 'pop from empty list', call.at);
    const asked = given === undefined ? -1 : integerOf(given, call);
    const at = asked < 0 ? items.length + asked : asked;
    const [item] = at < 0 ? [] : items.splice(at, 1);
    if (item === undefined) return raise('IndexError', 'pop index out of range', call.at);
    return carryAll(item, self.hops, call.interpreter);
  },
  remove: (self, call) => {
    onlyArguments(call, 1);
    const items = rawItems(self);
    const at = items.findIndex((item) => areEqual(item, required(call, 0), call));
    if (at === -1) return raise('ValueError', 'list.remove(x): x not in list', call.at);
    items.splice(at, 1);
    return NONE;
  },
  reverse: (self, call) => {
    onlyArguments(call, 0);
    rawItems(self).reverse();
    return NONE;
  },
  sort: (self, call) => {
    self.cell.items = sortedItems(rawItems(self), call);
    return NONE;
  },
};

function add(self: PySequence, items: readonly PyValue[], call: NativeCall): PyValue {
  const present = rawItems(self);
  checkCount(present.length + items.length, call.at);
  for (const item of items) present.push(item);
  return NONE;
}

/** `items` sorted as `sorted(items, key=…, reverse=…)` does: stable, also when reversed. */
export function sortedItems(items: readonly PyValue[], call: NativeCall): PyValue[] {
  onlyArguments(call, 0, ['key', 'reverse']);
  const key = call.keywords.get('key');
  const sign = isTrue(call.keywords.get('reverse') ?? NONE) ? -1 : 1;
  const keyed = items.map((item) => ({
    item,
    key:
      key === undefined || key.kind === 'none'
        ? item
        : call.interpreter.call(key, { args: [item], keywords: new Map() }, call.at),
  }));
  return keyed.sort((a, b) => sign * order(a.key, b.key, call)).map(({ item }) => item);
}

/** The methods of `dict`. */
export const DICT_METHODS: Readonly<Record<string, (self: PyDict, call: NativeCall) => PyValue>> = {
  clear: (self, call) => {
    onlyArguments(call, 0);
    rawEntries(self).clear();
    return NONE;
  },
  copy: (self, call) => {
    onlyArguments(call, 0);
    return { ...self, cell: { entries: new Map(rawEntries(self)) } };
  },
  get: (self, call) => {
    onlyArguments(call, 2);
    return itemAt(self, required(call, 0), call) ?? optional(call, 1) ?? NONE;
  },
  items: (self, call) => {
    onlyArguments(call, 0);
    return { kind: 'view', shows: 'items', dict: self };
  },
  keys: (self, call) => {
    onlyArguments(call, 0);
    return { kind: 'view', shows: 'keys', dict: self };
  },
  pop: (self, call) => {
    onlyArguments(call, 2);
    const value = itemAt(self, required(call, 0), call) ?? optional(call, 1);
    if (value === undefined) return raiseWith('KeyError', [required(call, 0)], call.at);
    rawEntries(self).delete(dictKey(required(call, 0), call));
    return value;
  },
  popitem: (self, call) => {
    onlyArguments(call, 0);
    const last = entriesOf(self, call).at(-1);
    if (last === undefined) return raise('KeyError', 'popitem(): dictionary is empty', call.at);
    rawEntries(self).delete(dictKey(last.key, call));
    return pyTuple([last.key, last.value], call.at);
  },
  setdefault: (self, call) => {
    onlyArguments(call, 2);
    const key = required(call, 0);
    const present = itemAt(self, key, call);
    if (present !== undefined) return present;
    const value = optional(call, 1) ?? NONE;
    checkCount(rawEntries(self).size + 1, call.at);
    rawEntries(self).set(dictKey(key, call), { key, value });
    return value;
  },
  update: (self, call) => {
    for (const [found, entry] of entriesFrom(call)) {
      const known = rawEntries(self).get(found);
      rawEntries(self).set(found, known === undefined ? entry : { ...entry, key: known.key });
    }
    checkCount(rawEntries(self).size, call.at);
    return NONE;
  },
  values: (self, call) => {
    onlyArguments(call, 0);
    return { kind: 'view', shows: 'values', dict: self };
  },
};

/** The value under a key, as seen through this reference, or undefined. */
export function itemAt(
  dict: PyDict,
  key: PyValue,
  call: Pick<NativeCall, 'at' | 'interpreter'>,
): PyValue | undefined {
  if (key.kind === 'unknown') throw new Undecidable(key);
  const entry = rawEntries(dict).get(dictKey(key, call));
  return entry === undefined ? undefined : carryAll(entry.value, dict.hops, call.interpreter);
}
