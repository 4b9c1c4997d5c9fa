import type { ExceptHandler, StmtNode } from 'py-ast';
import { assign } from './assign.ts';
import { makeFunction } from './call.ts';
import { isTrue } from './compare-values.ts';
import { Raised, Undecidable } from './faults.ts';
import { importFrom, importModules } from './import.ts';
import type { Completion, Interpreter } from './interpreter.ts';
import { NONE, rawItems, undecidable, unknown } from './make.ts';
import { iterate } from './native-arguments.ts';
import { exceptionOf, isKindOf } from './natives/builtins.ts';
import type { Statement } from './nodes.ts';
import { binary } from './operators.ts';
import type { Scope } from './scope.ts';
import { shownText } from './percent-format.ts';
import type { PyValue } from './value.ts';

const NORMAL: Completion = { kind: 'normal' };

/** Executes one statement. Throws `Undecidable` where something unknown decides over what it does. */
export function executeStatement(node: StmtNode, scope: Scope, interpreter: Interpreter): Completion {
  const at = scope.source.span(node);
  switch (node.nodeType) {
    case 'Expr':
      interpreter.evaluate(node.value, scope);
      return NORMAL;
    case 'Assign': {
      const value = interpreter.evaluate(node.value, scope);
      for (const target of node.targets) assign(target, value, scope, interpreter);
      return NORMAL;
    }
    case 'AnnAssign':
      if (node.value !== undefined)
        assign(node.target, interpreter.evaluate(node.value, scope), scope, interpreter);
      return NORMAL;
    case 'AugAssign':
      augmentedAssign(node, scope, interpreter);
      return NORMAL;
    case 'Return': {
      const value = node.value === undefined ? NONE : interpreter.evaluate(node.value, scope);
      return { kind: 'return', value, at };
    }
    case 'If':
      return interpreter.execute(
        isTrue(interpreter.evaluate(node.test, scope)) ? node.body : node.orelse,
        scope,
      );
    case 'For':
      return forLoop(node, scope, interpreter);
    case 'Assert':
      return assertion(node, scope, interpreter);
    case 'Raise':
      if (node.exc === undefined) return undecidable("a bare raise isn't evaluated", at);
      throw exceptionOf(interpreter.evaluate(node.exc, scope), { at });
    case 'Try':
      return tryStatement(node, scope, interpreter);
    case 'FunctionDef': {
      const value =
        node.decorator_list.length === 0
          ? makeFunction(node, scope, interpreter)
          : unknown(`decorators aren't evaluated`, at);
      scope.names.set(node.name, { value });
      return NORMAL;
    }
    case 'ClassDef':
      scope.names.set(node.name, { value: unknown(`classes aren't evaluated`, at) });
      return NORMAL;
    case 'Import':
      importModules(node, scope);
      return NORMAL;
    case 'ImportFrom':
      importFrom(node, scope, interpreter);
      return NORMAL;
    case 'Break':
      return { kind: 'break' };
    case 'Continue':
      return { kind: 'continue' };
    case 'Pass':
      return NORMAL;
    default:
      return undecidable(`${node.nodeType} isn't evaluated`, at);
  }
}

function augmentedAssign(node: Statement<'AugAssign'>, scope: Scope, interpreter: Interpreter): void {
  const where = { at: scope.source.span(node), interpreter };
  const old = interpreter.evaluate(node.target, scope);
  const value = interpreter.evaluate(node.value, scope);
  if (old.kind === 'list' && node.op.nodeType === 'Add') {
    // In place: other names of the list see it too.
    const sum = binary(
      'Add',
      { ...old, hops: [] },
      { kind: 'list', cell: { items: iterate(value, where) }, hops: [] },
      where,
    );
    if (sum.kind === 'list') old.cell.items = rawItems(sum);
    return;
  }
  assign(node.target, binary(node.op.nodeType, old, value, where), scope, interpreter);
}

function forLoop(node: Statement<'For'>, scope: Scope, interpreter: Interpreter): Completion {
  const where = { at: scope.source.span(node.iter), interpreter };
  for (const item of iterate(interpreter.evaluate(node.iter, scope), where)) {
    assign(node.target, item, scope, interpreter);
    const end = interpreter.execute(node.body, scope);
    if (end.kind === 'return') return end;
    if (end.kind === 'break') return NORMAL;
  }
  return interpreter.execute(node.orelse, scope);
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

function tryStatement(node: Statement<'Try'>, scope: Scope, interpreter: Interpreter): Completion {
  if (node.finalbody.length > 0) return undecidable("finally isn't evaluated", scope.source.span(node));
  let end: Completion;
  try {
    end = interpreter.execute(node.body, scope);
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
    const handler = node.handlers.find((candidate) => handles(candidate, error, scope, interpreter));
    if (handler === undefined) throw error;
    if (handler.name !== undefined) scope.names.set(handler.name, { value: error.exception });
    return interpreter.execute(handler.body, scope);
  }
  return end.kind === 'normal' ? interpreter.execute(node.orelse, scope) : end;
}

function handles(handler: ExceptHandler, raised: Raised, scope: Scope, interpreter: Interpreter): boolean {
  if (handler.type === undefined) return true;
  const type = interpreter.evaluate(handler.type, scope);
  const types = type.kind === 'tuple' ? rawItems(type) : [type];
  return types.some((candidate) => {
    if (candidate.kind === 'unknown') throw new Undecidable(candidate);
    return candidate.kind === 'native' && isKindOf(raised.exception.type, candidate.name);
  });
}
