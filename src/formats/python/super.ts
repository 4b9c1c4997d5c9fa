import { undecidable } from './make.ts';
import type { Span } from './python-source.ts';
import { type Scope, valueOf } from './scope.ts';
import type { PyValue } from './value.ts';

/** `super()` without arguments, in a method. */
export function superHere(scope: Scope, at: Span): PyValue {
  let frame: Scope | undefined = scope;
  while (frame !== undefined && frame.frame === undefined) frame = frame.parent;
  const { posonlyargs = [], args = [] } = frame?.frame?.callee.node.args ?? {};
  const first = [...posonlyargs, ...args][0]?.arg;
  const self = frame === undefined || first === undefined ? undefined : valueOf(frame, first);
  const behind = valueOf(scope, '__class__');
  if (self === undefined || behind?.kind !== 'class') return undecidable('super() outside a method', at);
  return { kind: 'super', behind, self };
}
