import {
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isStringLiteral,
  type Node,
} from 'typescript/unstable/ast';
import type { Change } from './change.ts';

const SYNCS = ['sync', 'syncFileSystem', 'fsyncSync'];

/** Each call that brings something to the disk, and each of the calls that those are made of. */
export function syncMutants(node: Node): readonly Change[] {
  if (!isCallExpression(node)) return [];
  const { expression, arguments: args } = node;
  const syncs =
    (isPropertyAccessExpression(expression) && SYNCS.includes(expression.name.text)) ||
    (isIdentifier(expression) && SYNCS.includes(expression.text)) ||
    args.some(
      (arg) =>
        (isIdentifier(arg) && arg.text === 'fsyncSync') || (isStringLiteral(arg) && arg.text === 'sync'),
    );
  return syncs ? [{ at: node, replacement: 'undefined', how: 'removed' }] : [];
}
