import { dictKey } from './compare-values.ts';
import type { NativeCall } from './interpreter.ts';
import { NONE, checkCount, pyBool, raise, raiseWith, undecidable } from './make.ts';
import { iterate, onlyArguments, required } from './native-arguments.ts';
import { type Members, type SetOperator, combined, isSubset, rawMembers } from './set-members.ts';
import type { ShownAt } from './show.ts';
import type { PySet, PyValue } from './value.ts';

type Method = (self: PySet, call: NativeCall) => PyValue;

/** The set of `values`, the first of equal ones kept. */
export function makeSet(kind: PySet['kind'], values: Iterable<PyValue>, where: ShownAt): PySet {
  const entries: Members = new Map();
  for (const value of values) {
    const key = dictKey(value, where);
    if (!entries.has(key)) entries.set(key, value);
  }
  checkCount(entries.size, where.at);
  return { kind, cell: { entries }, hops: [] };
}

/** The methods of `set` and `frozenset`. */
export const SET_METHODS: Readonly<Record<string, Method>> = {
  add: (self, call) => {
    const value = required(call, 0);
    const key = dictKey(value, call);
    const members = changeable(self, 'add', call);
    if (!members.has(key)) members.set(key, value);
    checkCount(members.size, call.at);
    return NONE;
  },
  discard: (self, call) => {
    changeable(self, 'discard', call).delete(dictKey(required(call, 0), call));
    return NONE;
  },
  remove: (self, call) => {
    const value = required(call, 0);
    if (!changeable(self, 'remove', call).delete(dictKey(value, call))) {
      raiseWith('KeyError', [value], call.at);
    }
    return NONE;
  },
  pop: (self, call) => {
    const members = changeable(self, 'pop', call);
    const [first] = members;
    if (first === undefined) raise('KeyError', 'pop from an empty set', call.at);
    if (members.size > 1) undecidable('which member of a set comes first', call.at);
    members.clear();
    return first[1];
  },
  clear: (self, call) => {
    changeable(self, 'clear', call).clear();
    return NONE;
  },
  copy: (self) => setOf(self, rawMembers(self)),
  update: inPlace('update', 'BitOr'),
  intersection_update: inPlace('intersection_update', 'BitAnd'),
  difference_update: inPlace('difference_update', 'Sub'),
  symmetric_difference_update: inPlace('symmetric_difference_update', 'BitXor'),
  union: combining('BitOr'),
  intersection: combining('BitAnd'),
  difference: combining('Sub'),
  symmetric_difference: combining('BitXor'),
  issubset: (self, call) => pyBool(isSubset(rawMembers(self), argument(call))),
  issuperset: (self, call) => pyBool(isSubset(argument(call), rawMembers(self))),
  isdisjoint: (self, call) => {
    const others = argument(call);
    return pyBool(![...rawMembers(self).keys()].some((key) => others.has(key)));
  },
};

export function setOf(like: PySet, members: Members): PySet {
  return { kind: like.kind, cell: { entries: new Map(members) }, hops: like.hops };
}

function inPlace(name: string, op: SetOperator): Method {
  return (self, call) => {
    const members = changeable(self, name, call);
    let result: Members = new Map(members);
    for (const other of call.args) result = combined(op, result, membersOf(other, call));
    members.clear();
    for (const [key, value] of result) members.set(key, value);
    return NONE;
  };
}

function combining(op: SetOperator): Method {
  return (self, call) => {
    let members = rawMembers(self);
    for (const other of call.args) members = combined(op, members, membersOf(other, call));
    return setOf(self, members);
  };
}

function argument(call: NativeCall): Members {
  onlyArguments(call, 1);
  return membersOf(required(call, 0), call);
}

function membersOf(value: PyValue, call: NativeCall): Members {
  return rawMembers(makeSet('set', iterate(value, call, 'any order'), call));
}

function changeable(self: PySet, method: string, call: NativeCall): Members {
  if (self.kind === 'set') return rawMembers(self);
  return raise('AttributeError', `'frozenset' object has no attribute '${method}'`, call.at);
}
