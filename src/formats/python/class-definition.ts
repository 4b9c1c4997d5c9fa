import { isEnum } from './enum-member.ts';
import { enumerate } from './enumeration.ts';
import { OutOfBounds, Undecidable } from './faults.ts';
import { giveUpStatement } from './give-up.ts';
import type { Interpreter } from './interpreter.ts';
import { raise, undecidable } from './make.ts';
import { lineage, linearizedAncestors } from './method-resolution.ts';
import type { Statement } from './nodes.ts';
import type { Span } from './python-source.ts';
import { innerScope, type Scope, scopeAround } from './scope.ts';
import { isNativeType } from './types.ts';
import type { PyClass, PyNative, PyValue } from './value.ts';

const MOST_ANCESTORS = 100;
/** Metaclasses that change nothing about what a class evaluates to. */
const IDLE_METACLASSES: ReadonlySet<string> = new Set(['type', 'abc.ABCMeta']);

/**
 * The class that a `class` statement makes, without its decorators. A statement of its body that can't be followed
 * makes the names that it would bind unknown; a base that is unknown makes the whole class so.
 */
export function makeClass(node: Statement<'ClassDef'>, scope: Scope, interpreter: Interpreter): PyClass {
  const at = scope.source.span(node);
  const bases = node.bases.map((base) => baseOf(interpreter.evaluate(base, scope), at));
  for (const { arg, value } of node.keywords) {
    const given = interpreter.evaluate(value, scope);
    const isIdle = arg === 'metaclass' && given.kind === 'native' && IDLE_METACLASSES.has(given.name);
    if (!isIdle) undecidable(`the argument ${arg ?? '**'} of a class isn't evaluated`, at);
  }
  // Searching so many by the square takes long.
  const inherited = bases.reduce((sum, base) => sum + lineage(base).length, 0);
  if (inherited > MOST_ANCESTORS) undecidable(`a class of more than ${MOST_ANCESTORS} ancestors`, at);
  const ancestors = linearizedAncestors(bases);
  if (ancestors === undefined) {
    return raise('TypeError', 'Cannot create a consistent method resolution order (MRO)', at);
  }
  const body = bodyScope(node.name, scope);
  executeBody(node, body, interpreter);
  const { names } = body;
  const made: PyClass = { kind: 'class', name: node.name, bases, ancestors, names, at, interpreter };
  body.aroundMethods?.names.set('__class__', { value: made });
  if (isEnum(made)) enumerate(made);
  return made;
}

function baseOf(value: PyValue, at: Span): PyClass | PyNative {
  if (value.kind === 'unknown') throw new Undecidable(value);
  if (value.kind === 'class' || (value.kind === 'native' && isNativeType(value))) return value;
  return undecidable(`a ${value.kind} as the base of a class isn't evaluated`, at);
}

/** Names of the body are not seen by the functions in it; these see `__class__` instead, which `super()` needs. */
function bodyScope(name: string, scope: Scope): Scope {
  const aroundMethods = innerScope(scope, 'comprehension');
  return {
    kind: 'class',
    source: scope.source,
    names: new Map(),
    parent: scopeAround(scope),
    aroundMethods,
    qualifier: `${scope.qualifier ?? ''}${name}.`,
  };
}

function executeBody(node: Statement<'ClassDef'>, body: Scope, interpreter: Interpreter): void {
  for (const statement of node.body) {
    try {
      interpreter.execute([statement], body);
    } catch (error) {
      if (!(error instanceof Undecidable) || error instanceof OutOfBounds) throw error;
      giveUpStatement(statement, body, error.unknown);
    }
  }
}
