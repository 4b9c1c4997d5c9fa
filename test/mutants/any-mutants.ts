import {
  isArrowFunction,
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isExpressionStatement,
  isIdentifier,
  isIfStatement,
  isPropertyAssignment,
  type Node,
} from 'typescript/unstable/ast';
import type { Change } from './change.ts';
import { syncMutants } from './sync-mutants.ts';

/** Conditions that are always or never true, calls that are not made, checks that find nothing. */
export function anyMutants(node: Node): readonly Change[] {
  if (isIfStatement(node)) return decided(node.expression);
  if (isConditionalExpression(node)) return decided(node.condition);
  if (isExpressionStatement(node)) {
    const call = isAwaitExpression(node.expression) ? node.expression.expression : node.expression;
    if (!isCallExpression(call) || syncMutants(call).length > 0) return [];
    return [{ at: node, replacement: ';', how: 'removed' }];
  }
  if (isPropertyAssignment(node) && isIdentifier(node.name) && node.name.text === 'verify') {
    const { initializer } = node;
    if (!isArrowFunction(initializer)) return [];
    if (!isBlock(initializer.body) && initializer.body.getText() === 'undefined') return [];
    return [{ at: initializer, replacement: 'async () => undefined', how: 'looks at nothing' }];
  }
  return [];
}

function decided(condition: Node): readonly Change[] {
  return [
    { at: condition, replacement: 'true', how: 'always' },
    { at: condition, replacement: 'false', how: 'never' },
  ];
}
