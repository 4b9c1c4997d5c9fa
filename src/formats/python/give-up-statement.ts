import { type StmtNode, walk } from 'py-ast';
import { type Scope, lookUp } from './scope.ts';
import { spoil } from './spoil.ts';
import type { PyUnknown, PyValue } from './value.ts';

/**
 * What is left of the module when one of its statements could not be followed: every name that the statement may
 * bind is unknown, and so is the content of every list and dict that it mentions.
 */
export function giveUpStatement(statement: StmtNode, scope: Scope, unknown: PyUnknown): void {
  const mentioned: PyValue[] = [];
  for (const node of walk(statement)) {
    switch (node.nodeType) {
      case 'Name': {
        const binding = lookUp(scope, node.id);
        if (node.ctx.nodeType === 'Store') scope.names.set(node.id, { value: unknown });
        else if (binding !== undefined) mentioned.push(binding.value);
        break;
      }
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
