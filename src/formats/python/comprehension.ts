import type { Comprehension } from 'py-ast';
import { assign } from './assign.ts';
import { dictKey, isTrue } from './compare-values.ts';
import { OutOfBounds, Undecidable } from './faults.ts';
import { giveUpCode } from './give-up.ts';
import type { Interpreter } from './interpreter.ts';
import { iterateLazily, type Order } from './iterate.ts';
import { checkCount, pyDict, pyList, undecidable } from './make.ts';
import type { Expression } from './nodes.ts';
import { innerScope, type Scope } from './scope.ts';
import { makeSet } from './set-methods.ts';
import type { DictEntry, PyIterator, PyValue } from './value.ts';

/** `[element for …]`. */
export function listComprehension(
  node: Expression<'ListComp'>,
  scope: Scope,
  interpreter: Interpreter,
): PyValue {
  const items: PyValue[] = [];
  const at = scope.source.span(node);
  for (const inner of rounds(node, scope, interpreter, 'its order')) {
    items.push(interpreter.evaluate(node.elt, inner));
    checkCount(items.length, at);
  }
  return pyList(items, at);
}

/** `{element for …}`. */
export function setComprehension(
  node: Expression<'SetComp'>,
  scope: Scope,
  interpreter: Interpreter,
): PyValue {
  const items: PyValue[] = [];
  for (const inner of rounds(node, scope, interpreter, 'any order')) {
    items.push(interpreter.evaluate(node.elt, inner));
  }
  return makeSet('set', items, { at: scope.source.span(node), interpreter });
}

export function dictComprehension(
  node: Expression<'DictComp'>,
  scope: Scope,
  interpreter: Interpreter,
): PyValue {
  const entries = new Map<string, DictEntry>();
  const where = { at: scope.source.span(node), interpreter };
  for (const inner of rounds(node, scope, interpreter, 'its order')) {
    const key = interpreter.evaluate(node.key, inner);
    const value = interpreter.evaluate(node.value, inner);
    const hashed = dictKey(key, where);
    const before = entries.get(hashed);
    entries.set(hashed, { key: before?.key ?? key, value, written: scope.source.span(node.value) });
    checkCount(entries.size, where.at);
  }
  return pyDict(entries);
}

/** `(element for …)`: an element is evaluated when it is asked for, what is gone through first at once. */
export function generatorExpression(
  node: Expression<'GeneratorExp'>,
  scope: Scope,
  interpreter: Interpreter,
): PyIterator {
  const [first] = node.generators;
  const source = first === undefined ? undefined : interpreter.evaluate(first.iter, scope);
  const isInAnyOrder =
    ((source?.kind === 'set' || source?.kind === 'frozenset') && source.cell.entries.size > 1) ||
    (source?.kind === 'iterator' && source.cell.isInAnyOrder === true);
  const rest = elements(node, scope, interpreter, source);
  return { kind: 'iterator', type: 'generator', cell: isInAnyOrder ? { rest, isInAnyOrder } : { rest } };
}

function* elements(
  node: Expression<'GeneratorExp'>,
  scope: Scope,
  interpreter: Interpreter,
  source: PyValue | undefined,
): Generator<PyValue> {
  try {
    for (const inner of rounds(node, scope, interpreter, 'any order', source)) {
      yield interpreter.evaluate(node.elt, inner);
    }
  } catch (error) {
    if (error instanceof Undecidable) giveUpCode(node, scope, error.unknown, interpreter);
    if (error instanceof OutOfBounds) error.wasIn(scope.source.span(node));
    throw error;
  }
}

/** The scope of the comprehension, once for each round that its conditions let through. */
function* rounds(
  node: { readonly generators: readonly Comprehension[] },
  scope: Scope,
  interpreter: Interpreter,
  order: Order,
  source?: PyValue,
): Generator<Scope> {
  const inner = innerScope(scope, 'comprehension');
  const [first, ...others] = node.generators;
  if (first === undefined) return;
  // What the first `for` goes through is evaluated outside.
  const outermost = source ?? interpreter.evaluate(first.iter, scope);
  yield* loop({ first, others, source: outermost }, inner, interpreter, order);
}

function* loop(
  { first, others, source }: { first: Comprehension; others: readonly Comprehension[]; source: PyValue },
  inner: Scope,
  interpreter: Interpreter,
  order: Order,
): Generator<Scope> {
  const where = { at: inner.source.span(first.iter), interpreter };
  if (first.is_async === 1) undecidable("async for isn't evaluated", where.at);
  const [next, ...behind] = others;
  for (const item of iterateLazily(source, where, order)) {
    assign(first.target, item, inner, interpreter);
    if (!first.ifs.every((test) => isTrue(interpreter.evaluate(test, inner)))) continue;
    if (next === undefined) yield inner;
    else {
      const through = interpreter.evaluate(next.iter, inner);
      yield* loop({ first: next, others: behind, source: through }, inner, interpreter, order);
    }
  }
}
