import type { Comprehension } from 'py-ast';
import { assign } from './assign.ts';
import { isTrue, dictKey } from './compare-values.ts';
import type { Interpreter } from './interpreter.ts';
import { pyDict, pyList, undecidable } from './make.ts';
import { iterate } from './native-arguments.ts';
import type { Expression } from './nodes.ts';
import { innerScope, type Scope } from './scope.ts';
import type { DictEntry, PyValue } from './value.ts';

/** `[element for …]` and `(element for …)`: a generator is gone through at once. */
export function listComprehension(
  node: Expression<'ListComp'> | Expression<'GeneratorExp'>,
  scope: Scope,
  interpreter: Interpreter,
): PyValue {
  const items: PyValue[] = [];
  const inner = innerScope(scope);
  loop(node.generators, inner, interpreter, () => items.push(interpreter.evaluate(node.elt, inner)));
  return pyList(items, scope.source.span(node));
}

export function dictComprehension(
  node: Expression<'DictComp'>,
  scope: Scope,
  interpreter: Interpreter,
): PyValue {
  const entries = new Map<string, DictEntry>();
  const inner = innerScope(scope);
  const where = { at: scope.source.span(node), interpreter };
  loop(node.generators, inner, interpreter, () => {
    const key = interpreter.evaluate(node.key, inner);
    const value = interpreter.evaluate(node.value, inner);
    entries.set(dictKey(key, where), { key, value, written: scope.source.span(node.value) });
  });
  return pyDict(entries);
}

function loop(
  generators: readonly Comprehension[],
  scope: Scope,
  interpreter: Interpreter,
  collect: () => void,
): void {
  const [first, ...others] = generators;
  if (first === undefined) {
    collect();
    return;
  }
  const at = { place: { file: scope.source.file, line: 1, column: 1 }, text: '' };
  if (first.is_async === 1) undecidable("async for isn't evaluated", at);
  for (const item of iterate(interpreter.evaluate(first.iter, scope), { at, interpreter })) {
    assign(first.target, item, scope, interpreter);
    if (first.ifs.every((test) => isTrue(interpreter.evaluate(test, scope)))) {
      loop(others, scope, interpreter, collect);
    }
  }
}
