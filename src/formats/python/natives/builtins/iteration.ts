import { isTrue } from '../../compare-values.ts';
import type { NativeCall } from '../../interpreter.ts';
import { iterate, iterateLazily } from '../../iterate.ts';
import { checkCount, pyBool, pyInt, pyIterator, pyList, pyTuple, raise } from '../../make.ts';
import { integerOf, onlyArguments, optional, required, typeName } from '../../native-arguments.ts';
import type { PyValue } from '../../value.ts';
import { sortedItems } from '../container-methods.ts';

export function sorted(call: NativeCall): PyValue {
  const [iterable, ...others] = call.args;
  if (iterable === undefined || others.length > 0) {
    return raise('TypeError', `sorted expected 1 argument, got ${call.args.length}`, call.at);
  }
  // Equal texts of a set don't occur, so sorting by themselves is the same in any order.
  const order = call.keywords.has('key') ? 'its order' : 'any order';
  return pyList(sortedItems(iterate(iterable, call, order), { ...call, args: [] }), call.at);
}

export function map(call: NativeCall): PyValue {
  const callee = required(call, 0);
  required(call, 1);
  const [first, ...others] = call.args.slice(1);
  if (first === undefined) return raise('TypeError', 'map() must have at least two arguments.', call.at);
  const rows = others.length === 0 ? single(first, call) : together([first, ...others], call);
  return pyIterator(
    'map',
    each(rows, (args) => called(callee, args, call)),
  );
}

function* single(iterable: PyValue, call: NativeCall): Generator<PyValue[]> {
  for (const item of iterateLazily(iterable, call)) yield [item];
}

/** One item of each at a time, until the shortest ends. */
function* together(iterables: readonly PyValue[], call: NativeCall): Generator<PyValue[]> {
  const iterators = iterables.map((iterable) => iterateLazily(iterable, call));
  if (iterators.length === 0) return;
  for (;;) {
    const row: PyValue[] = [];
    for (const iterator of iterators) {
      const next = iterator.next();
      if (next.done === true) return;
      row.push(next.value);
    }
    yield row;
  }
}

function* each<T>(items: Iterable<T>, make: (item: T) => PyValue): Generator<PyValue> {
  for (const item of items) yield make(item);
}

export function filter(call: NativeCall): PyValue {
  onlyArguments(call, 2);
  const keep = required(call, 0);
  return pyIterator('filter', kept(required(call, 1), keep, call));
}

function* kept(iterable: PyValue, keep: PyValue, call: NativeCall): Generator<PyValue> {
  for (const item of iterateLazily(iterable, call)) {
    if (isTrue(keep.kind === 'none' ? item : called(keep, [item], call))) yield item;
  }
}

export function zip(call: NativeCall): PyValue {
  onlyArguments(call, Number.POSITIVE_INFINITY);
  return pyIterator(
    'zip',
    each(together(call.args, call), (row) => pyTuple(row, call.at)),
  );
}

export function enumerate(call: NativeCall): PyValue {
  onlyArguments(call, 2, ['start']);
  const start = optional(call, 1, 'start');
  let index = start === undefined ? 0 : integerOf(start, call);
  const items = iterateLazily(required(call, 0), call);
  return pyIterator(
    'enumerate',
    each(items, (item) => pyTuple([pyInt(index++), item], call.at)),
  );
}

export function reversed(call: NativeCall): PyValue {
  onlyArguments(call, 1);
  const value = required(call, 0);
  if (['set', 'frozenset', 'iterator', 'int', 'none'].includes(value.kind)) {
    raise('TypeError', `'${typeName(value)}' object is not reversible`, call.at);
  }
  return pyIterator('list_reverseiterator', iterate(value, call).reverse());
}

/** A list: nothing that is asked for here tells `range` from one. */
export function range(call: NativeCall): PyValue {
  onlyArguments(call, 3);
  const [first, second, third] = call.args;
  const from = second === undefined || first === undefined ? 0 : integerOf(first, call);
  const to = integerOf(second ?? required(call, 0), call);
  const step = third === undefined ? 1 : integerOf(third, call);
  if (step === 0) raise('ValueError', 'range() arg 3 must not be zero', call.at);
  const count = Math.max(0, Math.ceil((to - from) / step));
  checkCount(count, call.at);
  call.interpreter.spend(count);
  return pyList(
    Array.from({ length: count }, (_, index) => pyInt(from + index * step)),
    call.at,
  );
}

export function any(call: NativeCall): PyValue {
  onlyArguments(call, 1);
  for (const item of iterateLazily(required(call, 0), call, 'any order')) {
    if (isTrue(item)) return pyBool(true);
  }
  return pyBool(false);
}

export function all(call: NativeCall): PyValue {
  onlyArguments(call, 1);
  for (const item of iterateLazily(required(call, 0), call, 'any order')) {
    if (!isTrue(item)) return pyBool(false);
  }
  return pyBool(true);
}

function called(callee: PyValue, args: readonly PyValue[], call: NativeCall): PyValue {
  return call.interpreter.call(callee, { args, keywords: new Map() }, call.at);
}
