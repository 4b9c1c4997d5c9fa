import { type ExprNode, type StmtNode, walk } from 'py-ast';
import type { Interpreter } from './interpreter.ts';
import { type Scope, lookUp } from './scope.ts';
import { spoil } from './spoil.ts';
import type { PyUnknown, PyValue } from './value.ts';

/** The methods that change the list or dict that they are called on. */
const CHANGING_METHODS: ReadonlySet<string> = new Set([
  'append',
  'clear',
  'extend',
  'insert',
  'pop',
  'popitem',
  'remove',
  'reverse',
  'setdefault',
  'sort',
  'update',
]);

/**
 * What is left of the module when one of its statements could not be followed: every name that the statement may
 * bind is unknown, and so is the content of every list and dict that it mentions.
 */
export function giveUpStatement(statement: StmtNode, scope: Scope, unknown: PyUnknown): void {
  const mentioned = valuesMentioned(statement, scope);
  for (const node of walk(statement)) {
    switch (node.nodeType) {
      case 'Name':
        if (node.ctx.nodeType === 'Store') scope.names.set(node.id, { value: unknown });
        break;
      case 'FunctionDef':
      case 'AsyncFunctionDef':
      case 'ClassDef':
        scope.names.set(node.name, { value: unknown });
        break;
      case 'Alias':
        scope.names.set(node.asname ?? node.name.split('.')[0] ?? node.name, { value: unknown });
        break;
      default:
        break;
    }
  }
  spoil(mentioned, unknown);
}

/**
 * Likewise for code that may or may not have been gone through, but binds no name outside itself: if anything in it
 * changes a list or dict, what its names refer to is unknown, and so is what was handed in to it.
 */
export function giveUpCode(
  code: ExprNode | StmtNode,
  scope: Scope,
  unknown: PyUnknown,
  interpreter: Interpreter,
  handedIn: readonly PyValue[] = [],
): void {
  if (!mayChange(code, scope, interpreter)) return;
  spoil([...handedIn, ...valuesMentioned(code, scope)], unknown);
}

/** Whether code calls what changes a list or dict, or assigns to an item of one. */
function mayChange(code: ExprNode | StmtNode, scope: Scope, interpreter: Interpreter): boolean {
  for (const node of walk(code)) {
    interpreter.spend(1);
    if (node.nodeType === 'AugAssign') return true;
    if (node.nodeType === 'Subscript' && node.ctx.nodeType === 'Store') return true;
    if (node.nodeType !== 'Call') continue;
    const { func } = node;
    if (func.nodeType === 'Attribute' && CHANGING_METHODS.has(func.attr)) return true;
    const callee = func.nodeType === 'Name' ? lookUp(scope, func.id)?.value.kind : undefined;
    if (callee === 'function' || callee === 'unknown') return true;
  }
  return false;
}

function valuesMentioned(code: ExprNode | StmtNode, scope: Scope): PyValue[] {
  return [...walk(code)].flatMap((node) => {
    const binding = node.nodeType === 'Name' ? lookUp(scope, node.id) : undefined;
    return binding === undefined ? [] : [binding.value];
  });
}
