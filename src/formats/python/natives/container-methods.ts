import { areEqual, dictKey, isTrue, order } from '../compare-values.ts';
import type { NativeCall } from '../interpreter.ts';
import { NONE, checkCount, entriesOf, itemsOf, pyInt, pyList, pyTuple } from '../make.ts';
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
    self.cell.items = sortedItems(itemsOf({ ...self, hops: [] }), call);
    return NONE;
  },
  count: (self, call) => {
    onlyArguments(call, 1);
    return pyInt(itemsOf(self).filter((item) => areEqual(item, required(call, 0), call)).length);
  },
};

function add(self: PySequence, items: readonly PyValue[], call: NativeCall): PyValue {
  const present = itemsOf({ ...self, hops: [] });
  checkCount(present.length + items.length, call.at);
  for (const item of items) present.push(item);
  return NONE;
}

/** `items` sorted as `sorted(items, key=…, reverse=…)` does: stable, also when reversed. */
export function sortedItems(items: readonly PyValue[], call: NativeCall): PyValue[] {
  onlyArguments(call, call.args.length, ['key', 'reverse']);
  const key = optional(call, call.args.length, 'key');
  const sign = isTrue(optional(call, call.args.length, 'reverse') ?? NONE) ? -1 : 1;
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
    return { ...self, cell: { entries: new Map(known(self).cell.entries) } };
  },
  update: (self, call) => {
    onlyArguments(call, 1);
    for (const entry of entriesOf(dictOf(required(call, 0), call))) {
      known(self).cell.entries.set(dictKey(entry.key, call), entry);
    }
    return NONE;
  },
  keys: (self, call) =>
    pyList(
      entriesOf(self).map((entry) => entry.key),
      call.at,
    ),
  values: (self, call) =>
    pyList(
      entriesOf(self).map((entry) => entry.value),
      call.at,
    ),
  items: (self, call) =>
    pyList(
      entriesOf(self).map((entry) => pyTuple([entry.key, entry.value], call.at)),
      call.at,
    ),
};

/** The value under a key, as seen through this reference, or undefined. */
export function itemAt(
  dict: PyDict,
  key: PyValue,
  call: Pick<NativeCall, 'at' | 'interpreter'>,
): PyValue | undefined {
  const entry = known(dict).cell.entries.get(dictKey(key, call));
  return entry === undefined
    ? undefined
    : entriesOf({ ...dict, cell: { entries: new Map([['', entry]]) } })[0]?.value;
}

function known(dict: PyDict): PyDict {
  entriesOf({ ...dict, hops: [] });
  return dict;
}
