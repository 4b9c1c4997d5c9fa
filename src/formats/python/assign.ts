import type { ExprNode } from 'py-ast';
import { dictKey } from './compare-values.ts';
import { Undecidable } from './faults.ts';
import type { Interpreter } from './interpreter.ts';
import { raise, rawEntries, rawItems, undecidable } from './make.ts';
import { integerOf, iterate } from './native-arguments.ts';
import type { Expression } from './nodes.ts';
import type { Scope } from './scope.ts';
import type { PyValue } from './value.ts';

/** `target = value`, for a name, a tuple of targets, or an item of a list or dict. */
export function assign(target: ExprNode, value: PyValue, scope: Scope, interpreter: Interpreter): void {
  switch (target.nodeType) {
    case 'Name':
      scope.names.set(target.id, { value, ...constantHop(target, scope) });
      return;
    case 'Tuple':
    case 'List':
      assignEach(target, value, scope, interpreter);
      return;
    case 'Subscript':
      assignItem(target, value, scope, interpreter);
      return;
    default:
      undecidable(`an assignment to ${target.nodeType} isn't evaluated`, scope.source.span(target));
  }
}

function constantHop(target: Expression<'Name'>, scope: Scope) {
  if (scope.kind !== 'module') return {};
  const { source } = scope;
  return {
    hop: {
      kind: 'constant' as const,
      name: target.id,
      place: source.place(target),
      text: source.line(target),
    },
  };
}

function assignEach(
  target: Expression<'Tuple'> | Expression<'List'>,
  value: PyValue,
  scope: Scope,
  interpreter: Interpreter,
): void {
  const at = scope.source.span(target);
  const items = iterate(value, { at, interpreter });
  if (items.length !== target.elts.length) raise('ValueError', 'wrong number of values to unpack', at);
  for (const [index, inner] of target.elts.entries()) {
    const item = items[index];
    if (item !== undefined) assign(inner, item, scope, interpreter);
  }
}

function assignItem(
  target: Expression<'Subscript'>,
  value: PyValue,
  scope: Scope,
  interpreter: Interpreter,
): void {
  const at = scope.source.span(target);
  const container = interpreter.evaluate(target.value, scope);
  const index = interpreter.evaluate(target.slice, scope);
  if (container.kind === 'unknown') throw new Undecidable(container);
  if (container.kind === 'dict') {
    rawEntries(container).set(dictKey(index, { at, interpreter }), { key: index, value });
  } else if (container.kind === 'list') {
    const items = rawItems(container);
    const position = integerOf(index, { at });
    const offset = position < 0 ? items.length + position : position;
    if (items[offset] === undefined) raise('IndexError', 'list assignment index out of range', at);
    items[offset] = value;
  } else {
    raise('TypeError', `'${container.kind}' object does not support item assignment`, at);
  }
}
