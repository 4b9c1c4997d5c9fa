import type { ExprNode } from 'py-ast';
import { dictKey } from './compare-values.ts';
import { Undecidable } from './faults.ts';
import { attributesOf, decideSpecial, inClass } from './instance.ts';
import { whyInBranch } from './in-branch.ts';
import type { Interpreter } from './interpreter.ts';
import { iterate } from './iterate.ts';
import { pyList, raise, rawEntries, rawItems, undecidable } from './make.ts';
import { integerOf } from './native-arguments.ts';
import type { Expression } from './nodes.ts';
import type { Span } from './python-source.ts';
import { type Scope, scopeOfTarget } from './scope.ts';
import { indicesOf } from './slice-indices.ts';
import { instanceOf, typeName } from './types.ts';
import type { PySequence, PyValue } from './value.ts';

/** `target = value`, for a name, several targets, an item of a list or dict, or an attribute. */
export function assign(target: ExprNode, value: PyValue, scope: Scope, interpreter: Interpreter): void {
  const at = scope.source.span(target);
  switch (target.nodeType) {
    case 'Name':
      bindName(target, value, scope);
      return;
    case 'Tuple':
    case 'List':
      assignEach(target, value, scope, interpreter);
      return;
    case 'Subscript': {
      const container = interpreter.evaluate(target.value, scope);
      if (target.slice.nodeType === 'Slice') {
        assignSlice(container, target.slice, value, scope, interpreter);
      } else {
        assignItem(container, interpreter.evaluate(target.slice, scope), value, { at, interpreter });
      }
      return;
    }
    case 'Attribute':
      assignAttribute(interpreter.evaluate(target.value, scope), target.attr, value, { at, interpreter });
      return;
    default:
      undecidable(`an assignment to ${target.nodeType} isn't evaluated`, at);
  }
}

function bindName(target: Expression<'Name'>, value: PyValue, scope: Scope): void {
  const { names, kind, source } = scopeOfTarget(scope, target.id);
  if ((kind !== 'module' && kind !== 'class') || source.isQuiet) {
    names.set(target.id, { value });
    return;
  }
  const hop = {
    kind: 'constant' as const,
    name: target.id,
    place: scope.source.place(target),
    text: scope.source.line(target),
    ...(scope.branch === undefined ? {} : { why: whyInBranch(scope.branch, scope) }),
  };
  names.set(target.id, { value, hop });
}

function assignEach(
  target: Expression<'Tuple'> | Expression<'List'>,
  value: PyValue,
  scope: Scope,
  interpreter: Interpreter,
): void {
  const at = scope.source.span(target);
  const { elts } = target;
  if (['none', 'int', 'float', 'bool', 'function'].includes(value.kind)) {
    raise('TypeError', `cannot unpack non-iterable ${typeName(value)} object`, at);
  }
  const items = iterate(value, { at, interpreter });
  const starred = elts.findIndex((inner) => inner.nodeType === 'Starred');
  const behind = starred === -1 ? 0 : elts.length - starred - 1;
  checkUnpacked(items.length, elts.length, starred !== -1, at);
  for (const [index, inner] of elts.entries()) {
    if (inner.nodeType === 'Starred') {
      assign(inner.value, pyList(items.slice(index, items.length - behind), at), scope, interpreter);
      continue;
    }
    const item = items[starred !== -1 && index > starred ? items.length - elts.length + index : index];
    if (item !== undefined) assign(inner, item, scope, interpreter);
  }
}

function checkUnpacked(given: number, wanted: number, takesMore: boolean, at: Span): void {
  if (takesMore) {
    if (given < wanted - 1) {
      raise('ValueError', `not enough values to unpack (expected at least ${wanted - 1}, got ${given})`, at);
    }
  } else if (given < wanted) {
    raise('ValueError', `not enough values to unpack (expected ${wanted}, got ${given})`, at);
  } else if (given > wanted) {
    raise('ValueError', `too many values to unpack (expected ${wanted})`, at);
  }
}

interface Where {
  readonly at: Span;
  readonly interpreter: Interpreter;
}

/** `container[index] = value`. */
export function assignItem(container: PyValue, index: PyValue, value: PyValue, where: Where): void {
  if (container.kind === 'unknown') throw new Undecidable(container);
  if (decideSpecial(container, '__setitem__', [index, value]) !== undefined) return;
  if (container.kind === 'dict') {
    const entries = rawEntries(container);
    const key = dictKey(index, where);
    entries.set(key, { key: entries.get(key)?.key ?? index, value });
  } else if (container.kind === 'list') {
    const items = rawItems(container);
    const position = integerOf(index, where);
    const offset = position < 0 ? items.length + position : position;
    if (items[offset] === undefined) raise('IndexError', 'list assignment index out of range', where.at);
    items[offset] = value;
  } else {
    raise('TypeError', `'${typeName(container)}' object does not support item assignment`, where.at);
  }
}

function assignSlice(
  container: PyValue,
  slice: Expression<'Slice'>,
  value: PyValue,
  scope: Scope,
  interpreter: Interpreter,
): void {
  const where = { at: scope.source.span(slice), interpreter };
  if (container.kind === 'unknown') throw new Undecidable(container);
  if (container.kind !== 'list') {
    raise('TypeError', `'${typeName(container)}' object does not support item assignment`, where.at);
  }
  replaceSlice(container, slice, iterate(value, where), scope, where);
}

/** `list[slice] = values`, and with no values `del list[slice]`. */
export function replaceSlice(
  list: PySequence,
  slice: Expression<'Slice'>,
  values: readonly PyValue[],
  scope: Scope,
  where: Where,
): void {
  const items = rawItems(list);
  const indices = indicesOf(slice, items.length, scope, where);
  if (indices.step === 1) {
    list.cell.items = [
      ...items.slice(0, indices.from),
      ...values,
      ...items.slice(Math.max(indices.from, indices.to)),
    ];
  } else undecidable('an assignment to a slice with a step', where.at);
}

/** `container.name = value`, for a class or an instance of one. */
export function assignAttribute(container: PyValue, name: string, value: PyValue, where: Where): void {
  if (container.kind === 'unknown') throw new Undecidable(container);
  if (container.kind === 'class') {
    container.names.set(name, { value });
    return;
  }
  const instance = instanceOf(container);
  if (instance === undefined) {
    return undecidable(`an attribute of ${typeName(container)} isn't set`, where.at);
  }
  if (inClass(instance.class, '__setattr__') !== undefined) {
    undecidable("__setattr__ isn't evaluated", where.at);
  }
  const found = inClass(instance.class, name)?.value;
  if (found?.kind !== 'descriptor' || found.how !== 'property') {
    attributesOf(instance).set(name, value);
    return;
  }
  if (found.setter === undefined) {
    raise('AttributeError', `property '${name}' of '${instance.class.name}' object has no setter`, where.at);
  }
  const args = [container, value];
  where.interpreter.call(found.setter, { args, keywords: new Map() }, where.at);
}
