import type { ExprNode, StmtNode } from 'py-ast';
import type { Hop } from '../../text/hop.ts';
import type { Interpreter } from './interpreter.ts';
import { carry } from './make.ts';
import type { Branch, Scope } from './scope.ts';
import type { PyValue } from './value.ts';
import { whyBranch } from './why-branch.ts';

/**
 * What a statement in a branch of an `if` adds or assigns, having come by that statement: its hop says why it was
 * executed. Outside of branches, and in code that isn't shown, the value as it is.
 */
export function inBranch(
  value: PyValue,
  node: StmtNode | ExprNode,
  scope: Scope,
  interpreter: Interpreter,
): PyValue {
  if (scope.branch === undefined || scope.source.isQuiet) return value;
  return carry(value, hopOf(node, scope.branch, scope), interpreter);
}

/** The tests around, outermost first, each with how it came out. */
export function whyInBranch(branch: Branch, scope: Scope): string {
  const own = whyBranch(branch.test, branch.outcome, scope);
  return branch.outer === undefined ? own : `${whyInBranch(branch.outer, scope)}, ${own}`;
}

/** A statement is always reached by the same outcome of the tests around it. */
const hops = new WeakMap<StmtNode | ExprNode, Hop>();

function hopOf(node: StmtNode | ExprNode, branch: Branch, scope: Scope): Hop {
  const known = hops.get(node);
  if (known !== undefined) return known;
  const hop: Hop = {
    kind: 'expression',
    place: scope.source.place(node),
    text: scope.source.line(node),
    why: whyInBranch(branch, scope),
  };
  hops.set(node, hop);
  return hop;
}
