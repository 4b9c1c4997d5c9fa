import type { ExprNode, StmtNode } from 'py-ast';
import { assign } from './assign.ts';
import { augmentedAssign } from './augmented-assign.ts';
import { makeFunction } from './call.ts';
import { makeClass } from './class-definition.ts';
import { isTrue } from './compare-values.ts';
import { deleteTarget } from './delete.ts';
import { Raised } from './faults.ts';
import { importFrom, importModules } from './import.ts';
import { inBranch } from './in-branch.ts';
import type { Completion, Interpreter } from './interpreter.ts';
import { forLoop, whileLoop } from './loop.ts';
import { NONE, undecidable } from './make.ts';
import type { Statement } from './nodes.ts';
import { shownText } from './percent-format.ts';
import { raiseStatement, tryStatement } from './raise-and-try.ts';
import { type Scope, scopeOfTarget } from './scope.ts';
import type { PyValue } from './value.ts';
import { whyBranch } from './why-branch.ts';
import { withStatement } from './with.ts';

const NORMAL: Completion = { kind: 'normal' };

/** Executes one statement. Throws `Undecidable` where something unknown decides over what it does. */
export function executeStatement(node: StmtNode, scope: Scope, interpreter: Interpreter): Completion {
  switch (node.nodeType) {
    case 'Expr':
      interpreter.evaluate(node.value, scope);
      return NORMAL;
    case 'Assign': {
      const value = assigned(node, node.value, scope, interpreter);
      for (const target of node.targets) assign(target, value, scope, interpreter);
      return NORMAL;
    }
    case 'AnnAssign':
      if (node.value !== undefined)
        assign(node.target, assigned(node, node.value, scope, interpreter), scope, interpreter);
      return NORMAL;
    case 'AugAssign':
      augmentedAssign(node, scope, interpreter);
      return NORMAL;
    case 'Return':
      return returnStatement(node, scope, interpreter);
    case 'If':
      return branch(node, scope, interpreter);
    case 'For':
      return forLoop(node, scope, interpreter);
    case 'While':
      return whileLoop(node, scope, interpreter);
    case 'Assert':
      return assertion(node, scope, interpreter);
    case 'Raise':
      return raiseStatement(node, scope, interpreter);
    case 'Try':
      return tryStatement(node, scope, interpreter);
    case 'With':
      return withStatement(node, node.items, scope, interpreter);
    case 'FunctionDef':
    case 'ClassDef':
      define(node, scope, interpreter);
      return NORMAL;
    case 'Import':
      importModules(node, scope);
      return NORMAL;
    case 'ImportFrom':
      importFrom(node, scope, interpreter);
      return NORMAL;
    case 'Delete':
      for (const target of node.targets) deleteTarget(target, scope, interpreter);
      return NORMAL;
    case 'Break':
      return { kind: 'break' };
    case 'Continue':
      return { kind: 'continue' };
    case 'Pass':
    case 'Global':
    case 'Nonlocal':
      return NORMAL;
    default:
      return undecidable(`${node.nodeType} isn't evaluated`, scope.source.span(node));
  }
}

/** A constant of a module or class has a hop of its own, which says the branch. */
function assigned(
  node: Statement<'Assign'> | Statement<'AnnAssign'>,
  valueNode: ExprNode,
  scope: Scope,
  interpreter: Interpreter,
): PyValue {
  const value = interpreter.evaluate(valueNode, scope);
  return scope.kind === 'module' || scope.kind === 'class'
    ? value
    : inBranch(value, node, scope, interpreter);
}

function returnStatement(node: Statement<'Return'>, scope: Scope, interpreter: Interpreter): Completion {
  const at = scope.source.span(node);
  if (node.value === undefined) return { kind: 'return', value: NONE, at };
  // Of a returned choice the hop of the `return` says the test.
  if (node.value.nodeType === 'IfExp') interpreter.choices.set(node.value, undefined);
  const value = interpreter.evaluate(node.value, scope);
  if (node.value.nodeType !== 'IfExp') return { kind: 'return', value, at };
  const outcome = interpreter.choices.get(node.value);
  const why = outcome === undefined ? undefined : whyBranch(node.value.test, outcome, scope);
  return why === undefined ? { kind: 'return', value, at } : { kind: 'return', value, at, why };
}

function branch(node: Statement<'If'>, scope: Scope, interpreter: Interpreter): Completion {
  const outcome = isTrue(interpreter.evaluate(node.test, scope));
  const end = executeBranch(node, outcome, scope, interpreter);
  if (end.kind !== 'return' || end.why !== undefined) return end;
  return { ...end, why: whyBranch(node.test, outcome, scope) };
}

function executeBranch(
  { test, body, orelse }: Statement<'If'>,
  outcome: boolean,
  scope: Scope,
  interpreter: Interpreter,
): Completion {
  const outer = scope.branch;
  scope.branch = { test, outcome, outer };
  try {
    return interpreter.execute(outcome ? body : orelse, scope);
  } finally {
    scope.branch = outer;
  }
}

/** `def` and `class`, with their decorators, the innermost applied first. */
function define(
  node: Statement<'FunctionDef'> | Statement<'ClassDef'>,
  scope: Scope,
  interpreter: Interpreter,
): void {
  const decorators = node.decorator_list.map(
    (decorator: ExprNode) => [decorator, interpreter.evaluate(decorator, scope)] as const,
  );
  let value: PyValue =
    node.nodeType === 'ClassDef'
      ? makeClass(node, scope, interpreter)
      : makeFunction(node, scope, interpreter);
  for (const [decorator, callee] of decorators.toReversed()) {
    const at = scope.source.span(decorator);
    value = interpreter.call(callee, { args: [value], keywords: new Map() }, at);
  }
  scopeOfTarget(scope, node.name).names.set(node.name, { value });
}

/** An assertion that can't be decided is taken to have held: the generator that made the node went on. */
function assertion(node: Statement<'Assert'>, scope: Scope, interpreter: Interpreter): Completion {
  const test = interpreter.evaluate(node.test, scope);
  if (test.kind === 'unknown' || isTrue(test)) return NORMAL;
  const where = { at: scope.source.span(node), interpreter };
  const message = node.msg === undefined ? undefined : interpreter.evaluate(node.msg, scope);
  const args: PyValue[] = message === undefined ? [] : [{ kind: 'str', text: shownText(message, where) }];
  throw new Raised({ kind: 'exception', type: 'AssertionError', args }, where.at.place);
}
