import { assign } from './assign.ts';
import { isTrue } from './compare-values.ts';
import { mayChange } from './give-up.ts';
import type { Completion, Interpreter } from './interpreter.ts';
import { iterateLazily, type Order } from './iterate.ts';
import { nodesIn, type Statement } from './nodes.ts';
import type { Scope } from './scope.ts';

const NORMAL: Completion = { kind: 'normal' };

export function forLoop(node: Statement<'For'>, scope: Scope, interpreter: Interpreter): Completion {
  const where = { at: scope.source.span(node.iter), interpreter };
  const source = interpreter.evaluate(node.iter, scope);
  const isFromSet = source.kind === 'set' || source.kind === 'frozenset' || source.kind === 'iterator';
  const order: Order = isFromSet && isSameInAnyOrder(node, scope, interpreter) ? 'any order' : 'its order';
  for (const item of iterateLazily(source, where, order)) {
    assign(node.target, item, scope, interpreter);
    const end = interpreter.execute(node.body, scope);
    if (end.kind === 'return') return end;
    if (end.kind === 'break') return NORMAL;
  }
  return interpreter.execute(node.orelse, scope);
}

export function whileLoop(node: Statement<'While'>, scope: Scope, interpreter: Interpreter): Completion {
  while (isTrue(interpreter.evaluate(node.test, scope))) {
    interpreter.spend(1);
    const end = interpreter.execute(node.body, scope);
    if (end.kind === 'return') return end;
    if (end.kind === 'break') return NORMAL;
  }
  return interpreter.execute(node.orelse, scope);
}

/** Whether the rounds of a loop only look at things: which comes first then only tells which assertion fails first. */
function isSameInAnyOrder(node: Statement<'For'>, scope: Scope, interpreter: Interpreter): boolean {
  return node.body.every((statement) => {
    if (mayChange(statement, scope, interpreter)) return false;
    for (const inner of nodesIn([statement])) {
      if (inner.nodeType === 'Name' && inner.ctx.nodeType === 'Store') return false;
      if (inner.nodeType === 'Return' && inner.value?.nodeType !== 'Constant') return false;
    }
    return true;
  });
}
