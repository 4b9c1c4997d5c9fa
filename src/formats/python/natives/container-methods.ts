import { areEqual, dictKey, isTrue, order } from '../compare-values.ts';
import type { NativeCall } from '../interpreter.ts';
import {
  carryAll,
  checkCount,
  entriesOf,
  NONE,
  pyInt,
  pyList,
  pyTuple,
  rawEntries,
  rawItems,
} from '../make.ts';
import { dictOf, iterate, onlyArguments, optional, required } from '../native-arguments.ts';
import type { PyDict, PySequence, PyValue } from '../value.ts';

/** The methods of `list` that are evaluated. A method may change the list that `self` refers to. */
export const LIST_METHODS: Readonly<Record<string, (self: PySequence, call: NativeCall) => PyValue>> = {
  append: (self, call) => {
    onlyArguments(call, 1);
    return add(self, [required(call, 0)], call);
  },
  extend: (self, call) => {
    onlyArguments(call, 1);
    return add(self, iterate(required(call, 0), call), call);
  },
  sort: (self, call) => {
    self.cell.items = sortedItems(rawItems(self), call);
    return NONE;
  },
  count: (self, call) => {
    onlyArguments(call, 1);
    return pyInt(rawItems(self).filter((item) => areEqual(item, required(call, 0), call)).length);
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

/** The methods of `dict` that are evaluated. */
export const DICT_METHODS: Readonly<Record<string, (self: PyDict, call: NativeCall) => PyValue>> = {
  get: (self, call) => {
    onlyArguments(call, 2);
    return itemAt(self, required(call, 0), call) ?? optional(call, 1) ?? NONE;
  },
  copy: (self, call) => {
    onlyArguments(call, 0);
    return { ...self, cell: { entries: new Map(rawEntries(self)) } };
  },
  update: (self, call) => {
    onlyArguments(call, 1);
    for (const entry of entriesOf(dictOf(required(call, 0), call), call)) {
      rawEntries(self).set(dictKey(entry.key, call), entry);
    }
    return NONE;
  },
  keys: (self, call) =>
    pyList(
      Array.from(rawEntries(self).values(), (entry) => entry.key),
      call.at,
    ),
  values: (self, call) =>
    pyList(
      entriesOf(self, call).map((entry) => entry.value),
      call.at,
    ),
  items: (self, call) =>
    pyList(
      entriesOf(self, call).map((entry) => pyTuple([entry.key, entry.value], call.at)),
      call.at,
    ),
};

/** The value under a key, as seen through this reference, or undefined. */
export function itemAt(
  dict: PyDict,
  key: PyValue,
  call: Pick<NativeCall, 'at' | 'interpreter'>,
): PyValue | undefined {
  const entry = rawEntries(dict).get(dictKey(key, call));
  return entry === undefined ? undefined : carryAll(entry.value, dict.hops, call.interpreter);
}
