import type { ExprNode, StmtNode } from 'py-ast';
import type { Scope } from './scope.ts';

/** A test and how it came out: `if a == b`, or `else of: if a == b`. */
export function whyBranch(test: ExprNode, outcome: boolean, scope: Scope): string {
  const condition = `if ${scope.source.span(test).text}`;
  return outcome ? condition : `else of: ${condition}`;
}

/**
 * What reaching the statement behind an `if` says about its tests: with a branch that leaves (`return`, `raise`), the
 * other one was taken. Undefined where neither leaves.
 */
export function whyBehind(statement: StmtNode, scope: Scope): string | undefined {
  if (statement.nodeType !== 'If') return undefined;
  const { body, orelse, test } = statement;
  if (leaves(body)) {
    const [only, ...others] = orelse;
    const further = only === undefined || others.length > 0 ? undefined : whyBehind(only, scope);
    const own = whyBranch(test, false, scope);
    return further === undefined ? own : `${own}, ${further}`;
  }
  return leaves(orelse) ? whyBranch(test, true, scope) : undefined;
}

function leaves(body: readonly StmtNode[]): boolean {
  const last = body.at(-1);
  if (last?.nodeType === 'If') return leaves(last.body) && leaves(last.orelse);
  return last !== undefined && ['Return', 'Raise', 'Continue', 'Break'].includes(last.nodeType);
}
