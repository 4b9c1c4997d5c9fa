import { EnoughYielded, Raised, Undecidable } from './faults.ts';
import type { Interpreter } from './interpreter.ts';
import { undecidable } from './make.ts';
import type { Frame, Scope } from './scope.ts';
import type { PyIterator, PyValue } from './value.ts';

/** How many values a generator may yield: its body runs before the first of them is used. */
const MOST_YIELDED = 1000;

/**
 * The generator that calling a function with `yield` returns. Its body is executed to its end when the first value
 * is asked for; an exception in it is raised behind the values that were yielded before.
 */
export function generatorOf(scope: Scope, frame: Frame, interpreter: Interpreter): PyIterator {
  return { kind: 'iterator', type: 'generator', cell: { rest: values(scope, frame, interpreter) } };
}

function* values(scope: Scope, frame: Frame, interpreter: Interpreter): Generator<PyValue> {
  const { node } = frame.callee;
  const at = scope.source.span(node);
  let end: unknown;
  try {
    if (node.nodeType === 'Lambda') undecidable('yield in a lambda', at);
    else interpreter.nest(at, () => interpreter.execute(node.body, scope));
  } catch (error) {
    if (!(error instanceof Raised || error instanceof Undecidable || error instanceof EnoughYielded))
      throw error;
    end = error;
  }
  yield* frame.yielded;
  if (end instanceof EnoughYielded) undecidable(`a generator of more than ${MOST_YIELDED} values`, at);
  if (frame.lost !== undefined) throw new Undecidable(frame.lost);
  if (end !== undefined) throw end;
}

/** `yield from values`. Where these can't be gone through, what the generator yields from there on isn't known. */
export function yieldFrom(scope: Scope, values: () => Iterable<PyValue>): void {
  try {
    for (const value of values()) yieldValue(scope, value);
  } catch (error) {
    const frame = frameOf(scope);
    if (error instanceof Undecidable && frame !== undefined) frame.lost ??= error.unknown;
    throw error;
  }
}

/** `yield value`: what is sent to a generator isn't followed. */
export function yieldValue(scope: Scope, value: PyValue): void {
  const frame = frameOf(scope);
  if (frame === undefined || frame.lost !== undefined) return;
  if (frame.yielded.length >= MOST_YIELDED) throw new EnoughYielded();
  frame.yielded.push(value);
}

function frameOf(scope: Scope): Frame | undefined {
  let at: Scope | undefined = scope;
  while (at !== undefined && at.frame === undefined) at = at.parent;
  return at?.frame;
}
