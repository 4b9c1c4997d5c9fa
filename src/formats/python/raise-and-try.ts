import type { ExceptHandler } from 'py-ast';
import { Raised, Undecidable } from './faults.ts';
import type { Completion, Interpreter } from './interpreter.ts';
import { raise, rawItems } from './make.ts';
import type { Statement } from './nodes.ts';
import type { Span } from './python-source.ts';
import { type Scope, scopeOfTarget } from './scope.ts';
import { isInstanceOf } from './types.ts';
import type { PyValue } from './value.ts';

export function raiseStatement(node: Statement<'Raise'>, scope: Scope, interpreter: Interpreter): never {
  const at = scope.source.span(node);
  if (node.exc === undefined) {
    throw interpreter.handled.at(-1) ?? raise('RuntimeError', 'No active exception to reraise', at);
  }
  throw exceptionOf(interpreter.evaluate(node.exc, scope), at, interpreter);
}

/** The exception that `raise value` raises: an exception, or what an exception class makes. */
function exceptionOf(value: PyValue, at: Span, interpreter: Interpreter): Raised {
  if (value.kind === 'unknown') throw new Undecidable(value);
  const made =
    value.kind === 'native' || value.kind === 'class'
      ? interpreter.call(value, { args: [], keywords: new Map() }, at)
      : value;
  if (made.kind === 'unknown') throw new Undecidable(made);
  if (made.kind === 'exception') return new Raised(made, at.place);
  return raise('TypeError', 'exceptions must derive from BaseException', at);
}

export function tryStatement(node: Statement<'Try'>, scope: Scope, interpreter: Interpreter): Completion {
  let end: Completion;
  try {
    end = guarded(node, scope, interpreter);
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
    const last = interpreter.execute(node.finalbody, scope);
    if (last.kind === 'normal') throw error;
    return last;
  }
  const last = interpreter.execute(node.finalbody, scope);
  return last.kind === 'normal' ? end : last;
}

function guarded(node: Statement<'Try'>, scope: Scope, interpreter: Interpreter): Completion {
  let end: Completion;
  try {
    end = interpreter.execute(node.body, scope);
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
    const handler = node.handlers.find((candidate) => handles(candidate, error, scope, interpreter));
    if (handler === undefined) throw error;
    return handle(handler, error, scope, interpreter);
  }
  return end.kind === 'normal' ? interpreter.execute(node.orelse, scope) : end;
}

function handle(handler: ExceptHandler, raised: Raised, scope: Scope, interpreter: Interpreter): Completion {
  const names = handler.name === undefined ? undefined : scopeOfTarget(scope, handler.name).names;
  if (handler.name !== undefined) names?.set(handler.name, { value: raised.exception });
  interpreter.handled.push(raised);
  let end: Completion;
  try {
    end = interpreter.execute(handler.body, scope);
  } finally {
    interpreter.handled.pop();
    if (handler.name !== undefined) names?.delete(handler.name);
  }
  if (end.kind !== 'return' || end.why !== undefined) return end;
  const type = handler.type === undefined ? '' : ` ${scope.source.span(handler.type).text}`;
  return { ...end, why: `except${type}` };
}

function handles(handler: ExceptHandler, raised: Raised, scope: Scope, interpreter: Interpreter): boolean {
  if (handler.type === undefined) return true;
  const type = interpreter.evaluate(handler.type, scope);
  const types = type.kind === 'tuple' ? rawItems(type) : [type];
  return types.some((candidate) => {
    if (candidate.kind === 'unknown') throw new Undecidable(candidate);
    if (candidate.kind !== 'native' && candidate.kind !== 'class') return false;
    return isInstanceOf(raised.exception, candidate);
  });
}
