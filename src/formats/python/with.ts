import type { WithItem } from 'py-ast';
import { assign } from './assign.ts';
import { isTrue } from './compare-values.ts';
import { Raised, Undecidable } from './faults.ts';
import { callSpecial } from './instance.ts';
import type { Completion, Interpreter } from './interpreter.ts';
import { NONE, undecidable } from './make.ts';
import type { Statement } from './nodes.ts';
import type { Scope } from './scope.ts';
import { instanceOf, typeName } from './types.ts';
import type { PyValue } from './value.ts';

/** `with` over files and over instances of classes of the program. */
export function withStatement(
  node: Statement<'With'>,
  items: readonly WithItem[],
  scope: Scope,
  interpreter: Interpreter,
): Completion {
  const [item, ...others] = items;
  if (item === undefined) return interpreter.execute(node.body, scope);
  const manager = interpreter.evaluate(item.context_expr, scope);
  const entered = enter(manager, node, scope);
  if (item.optional_vars !== undefined) assign(item.optional_vars, entered, scope, interpreter);
  let end: Completion;
  try {
    end = withStatement(node, others, scope, interpreter);
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
    const type = instanceOf(error.exception)?.class ?? NONE;
    const swallows = callSpecial(manager, '__exit__', [type, error.exception, NONE]);
    if (swallows === undefined || !isTrue(swallows)) throw error;
    return { kind: 'normal' };
  }
  callSpecial(manager, '__exit__', [NONE, NONE, NONE]);
  return end;
}

function enter(manager: PyValue, node: Statement<'With'>, scope: Scope): PyValue {
  if (manager.kind === 'unknown') throw new Undecidable(manager);
  if (manager.kind === 'file') return manager;
  return (
    callSpecial(manager, '__enter__') ??
    undecidable(`with a ${typeName(manager)} isn't evaluated`, scope.source.span(node))
  );
}
