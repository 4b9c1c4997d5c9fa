import type { ASTNodeUnion, ExprNode, StmtNode } from 'py-ast';
import { boundBy } from './function-names.ts';
import type { Interpreter } from './interpreter.ts';
import { nodesIn } from './nodes.ts';
import { type Scope, scopeOfTarget, valueOf } from './scope.ts';
import { spoil } from './spoil.ts';
import type { PyUnknown, PyValue } from './value.ts';

/** The methods of native values that change what they are called on. */
export const CHANGING_METHODS: ReadonlySet<string> = new Set([
  'add',
  'append',
  'clear',
  'difference_update',
  'discard',
  'extend',
  'insert',
  'intersection_update',
  'pop',
  'popitem',
  'remove',
  'reverse',
  'setdefault',
  'sort',
  'symmetric_difference_update',
  'update',
]);
/** What calling may change something: code that isn't known, or is the program's own. */
const MAY_CHANGE: ReadonlySet<string> = new Set(['function', 'method', 'class', 'instance', 'unknown']);

/**
 * What is left of the module when one of its statements could not be followed: every name that the statement may
 * bind is unknown, and so is the content of every list and dict that it mentions.
 */
export function giveUpStatement(statement: StmtNode, scope: Scope, unknown: PyUnknown): void {
  const mentioned = valuesMentioned(statement, scope);
  for (const node of nodesIn([statement], (at) => !bindsInside(at))) {
    for (const name of boundBy(node)) {
      scopeOfTarget(scope, name).names.set(name, { value: unknown });
    }
  }
  spoil(mentioned, unknown);
}

/** Whether the names that are bound in a node are its own. */
function bindsInside(node: ASTNodeUnion): boolean {
  return ['FunctionDef', 'AsyncFunctionDef', 'ClassDef', 'Lambda'].includes(node.nodeType);
}

/**
 * Likewise for code that may or may not have been gone through, but binds no name outside itself except by `global`
 * and `nonlocal`: if anything in it changes a list or dict, what its names refer to is unknown, and so is what was
 * handed in to it.
 */
export function giveUpCode(
  code: ExprNode | StmtNode,
  scope: Scope,
  unknown: PyUnknown,
  interpreter: Interpreter,
  handedIn: readonly PyValue[] = [],
): void {
  if (!mayChange(code, scope, interpreter)) return;
  const mentioned = valuesMentioned(code, scope);
  for (const node of nodesIn([code])) {
    if (node.nodeType !== 'Global' && node.nodeType !== 'Nonlocal') continue;
    for (const name of node.names) scopeOfTarget(scope, name).names.set(name, { value: unknown });
  }
  spoil([...handedIn, ...mentioned], unknown);
}

/** Whether code calls what changes a value, or assigns to a part of one or to a name outside. */
export function mayChange(code: ExprNode | StmtNode, scope: Scope, interpreter: Interpreter): boolean {
  for (const node of nodesIn([code])) {
    interpreter.spend(1);
    switch (node.nodeType) {
      case 'AugAssign':
      case 'Delete':
      case 'Global':
      case 'Nonlocal':
        return true;
      case 'Subscript':
      case 'Attribute':
        if (node.ctx.nodeType === 'Store') return true;
        break;
      case 'Call':
        if (callMayChange(node.func, scope)) return true;
        if (node.args.some((arg) => arg.nodeType === 'Name' && isOwnCode(arg.id, scope))) return true;
        break;
      default:
        break;
    }
  }
  return false;
}

function callMayChange(callee: ExprNode, scope: Scope): boolean {
  if (callee.nodeType === 'Name') return isOwnCode(callee.id, scope);
  if (callee.nodeType !== 'Attribute') return true;
  if (CHANGING_METHODS.has(callee.attr)) return true;
  if (callee.value.nodeType !== 'Name') return false;
  const receiver = valueOf(scope, callee.value.id);
  return receiver !== undefined && 'instance' in receiver && receiver.instance !== undefined;
}

function isOwnCode(name: string, scope: Scope): boolean {
  return MAY_CHANGE.has(valueOf(scope, name)?.kind ?? '');
}

function valuesMentioned(code: ExprNode | StmtNode, scope: Scope): PyValue[] {
  const values: PyValue[] = [];
  for (const node of nodesIn([code])) {
    const value = node.nodeType === 'Name' ? valueOf(scope, node.id) : undefined;
    if (value !== undefined) values.push(value);
  }
  return values;
}
