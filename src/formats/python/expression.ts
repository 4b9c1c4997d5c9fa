import type { ExprNode } from 'py-ast';
import type { Hop } from '../../text/hop.ts';
import { attributeOf } from './attribute.ts';
import { callExpression, makeFunction } from './call.ts';
import { dictKey, isTrue } from './compare-values.ts';
import {
  dictComprehension,
  generatorExpression,
  listComprehension,
  setComprehension,
} from './comprehension.ts';
import { formattedString } from './formatted-string.ts';
import { yieldFrom, yieldValue } from './generator.ts';
import { assign } from './assign.ts';
import type { Interpreter } from './interpreter.ts';
import { iterate, iterateLazily } from './iterate.ts';
import {
  NONE,
  carry,
  derivedStr,
  entriesOf,
  pyBool,
  pyDict,
  pyInt,
  pyList,
  pyStr,
  pyTuple,
  raise,
  undecidable,
} from './make.ts';
import { dictOf } from './native-arguments.ts';
import { nativeNamed } from './natives/native-named.ts';
import type { Expression } from './nodes.ts';
import { binary, compare, unary } from './operators.ts';
import type { Span } from './python-source.ts';
import { type Scope, lookUp, scopeOutsideComprehensions } from './scope.ts';
import { makeSet } from './set-methods.ts';
import { isMisread, stringLiteral } from './string-literal.ts';
import { subscript } from './subscript.ts';
import type { DictEntry, PyNative, PyValue } from './value.ts';
import { whyBranch } from './why-branch.ts';

/** The value of an expression. Throws `Undecidable` where something unknown decides over it. */
export function evaluateNode(node: ExprNode, scope: Scope, interpreter: Interpreter): PyValue {
  const evaluate = (inner: ExprNode) => interpreter.evaluate(inner, scope);
  switch (node.nodeType) {
    case 'Constant':
      return constant(node, scope, interpreter);
    case 'Name':
      return name(node, scope, interpreter);
    case 'Attribute':
      return attributeOf(evaluate(node.value), node.attr, scope.source.span(node), interpreter);
    case 'Subscript':
      return subscript(node, scope, interpreter);
    case 'Call':
      return callExpression(node, scope, interpreter);
    case 'List':
      return pyList(elements(node, scope, interpreter), scope.source.span(node));
    case 'Tuple':
      return pyTuple(elements(node, scope, interpreter), scope.source.span(node));
    case 'Dict':
      return dictDisplay(node, scope, interpreter);
    case 'BinOp':
      return binary(node.op.nodeType, evaluate(node.left), evaluate(node.right), {
        at: scope.source.span(node),
        interpreter,
      });
    case 'UnaryOp':
      return unary(node.op.nodeType, evaluate(node.operand), { at: scope.source.span(node), interpreter });
    case 'BoolOp':
      return shortCircuit(node, evaluate);
    case 'Compare':
      return comparison(node, scope, interpreter);
    case 'IfExp':
      return choice(node, scope, interpreter);
    case 'Lambda':
      return makeFunction(node, scope, interpreter);
    case 'ListComp':
      return listComprehension(node, scope, interpreter);
    case 'GeneratorExp':
      return generatorExpression(node, scope, interpreter);
    case 'SetComp':
      return setComprehension(node, scope, interpreter);
    case 'DictComp':
      return dictComprehension(node, scope, interpreter);
    case 'Set':
      return makeSet('set', elements(node, scope, interpreter), { at: scope.source.span(node), interpreter });
    case 'JoinedStr':
      return formattedString(node, scope, interpreter);
    case 'NamedExpr':
      return namedExpression(node, scope, interpreter);
    case 'Yield':
      yieldValue(scope, node.value === undefined ? NONE : evaluate(node.value));
      return NONE;
    case 'YieldFrom': {
      const where = { at: scope.source.span(node), interpreter };
      yieldFrom(scope, () => iterateLazily(evaluate(node.value), where));
      return NONE;
    }
    default:
      return undecidable(`${node.nodeType} isn't evaluated`, scope.source.span(node));
  }
}

/** Of constants that were evaluated before, unless their place is that of the call. */
const strings = new WeakMap<ExprNode, PyValue>();

function stringConstant(
  node: Expression<'Constant'>,
  value: string,
  scope: Scope,
  interpreter: Interpreter,
): PyValue {
  const before = strings.get(node);
  if (before !== undefined) return before;
  interpreter.spend(value.length >> 5);
  const at = scope.source.span(node);
  if (/b/i.test(node.quote_style ?? '')) return bytesLiteral(value, at);
  if (isMisread(scope.source, node, value)) undecidable("an escape of this kind isn't read", at);
  const made = pyStr(stringLiteral(scope.source, node, value), at);
  if (!scope.source.isQuiet) strings.set(node, made);
  return made;
}

function constant(node: Expression<'Constant'>, scope: Scope, interpreter: Interpreter): PyValue {
  const value: unknown = node.value;
  const at = scope.source.span(node);
  if (value === null) return NONE;
  switch (typeof value) {
    case 'string':
      return stringConstant(node, value, scope, interpreter);
    case 'boolean':
      return pyBool(value);
    case 'bigint':
      return pyInt(value);
    case 'number': {
      // The parser gives 1 for 1.0 too: the source tells them apart.
      const { from, to } = scope.source.range(node);
      const spelled = scope.source.text.slice(from, to);
      const isFloat = /^[\d_]*(?:\.|[\d_]e)/i.test(spelled);
      return isFloat ? { kind: 'float', value } : pyInt(BigInt(value));
    }
    default:
      return undecidable("this constant isn't evaluated", at);
  }
}

/** A bytes literal: of ASCII, without an escape that a text reads otherwise. */
function bytesLiteral(value: string, at: Span): PyValue {
  if (!/^[\0-\x7f]*$/.test(value) || /\\[Nu]/i.test(at.text)) return undecidable('bytes beyond ASCII', at);
  return { kind: 'bytes', text: derivedStr(value, at).text };
}

/** `name := value`: bound outside the comprehension that it stands in. */
function namedExpression(node: Expression<'NamedExpr'>, scope: Scope, interpreter: Interpreter): PyValue {
  const value = interpreter.evaluate(node.value, scope);
  assign(node.target, value, scopeOutsideComprehensions(scope), interpreter);
  return value;
}

function name(node: Expression<'Name'>, scope: Scope, interpreter: Interpreter): PyValue {
  const binding = lookUp(scope, node.id);
  const at = scope.source.span(node);
  if (binding === 'unbound') {
    const message = `cannot access local variable '${node.id}' where it is not associated with a value`;
    return raise('UnboundLocalError', message, at);
  }
  if (binding !== undefined) {
    return binding.hop === undefined ? binding.value : carry(binding.value, binding.hop, interpreter);
  }
  if (node.id === '__name__') return derivedStr(scope.source.moduleName, at);
  return builtin(node.id) ?? undecidable(`the name ${node.id} isn't known`, at);
}

const builtins = new Map<string, PyNative | undefined>();

function builtin(id: string): PyNative | undefined {
  if (!builtins.has(id)) {
    const native = nativeNamed(id, {});
    builtins.set(id, native?.kind === 'native' ? native : undefined);
  }
  return builtins.get(id);
}

function elements(
  node: Expression<'List'> | Expression<'Tuple'> | Expression<'Set'>,
  scope: Scope,
  interpreter: Interpreter,
): PyValue[] {
  return node.elts.flatMap((element) =>
    element.nodeType === 'Starred'
      ? iterate(interpreter.evaluate(element.value, scope), { at: scope.source.span(node), interpreter })
      : [interpreter.evaluate(element, scope)],
  );
}

function dictDisplay(node: Expression<'Dict'>, scope: Scope, interpreter: Interpreter): PyValue {
  const entries = new Map<string, DictEntry>();
  const where = { at: scope.source.span(node), interpreter };
  for (const [index, valueNode] of node.values.entries()) {
    const keyNode = node.keys[index];
    if (keyNode == null) {
      const value = interpreter.evaluate(valueNode, scope);
      const unpacked = dictOf(value, { ...where, args: [], keywords: new Map() });
      for (const entry of entriesOf(unpacked, where)) entries.set(dictKey(entry.key, where), entry);
    } else {
      const key = interpreter.evaluate(keyNode, scope);
      const value = interpreter.evaluate(valueNode, scope);
      const hashed = dictKey(key, where);
      const before = entries.get(hashed)?.key ?? key;
      entries.set(hashed, { key: before, value, written: scope.source.span(valueNode) });
    }
  }
  return pyDict(entries);
}

/** `a if test else b`: what it gives comes by the expression, whose hop says the test. */
function choice(node: Expression<'IfExp'>, scope: Scope, interpreter: Interpreter): PyValue {
  const { test, body, orelse } = node;
  const outcome = isTrue(interpreter.evaluate(test, scope));
  const value = interpreter.evaluate(outcome ? body : orelse, scope);
  if (interpreter.choices.has(node)) {
    interpreter.choices.set(node, outcome);
    return value;
  }
  if (scope.source.isQuiet) return value;
  return carry(value, hopOfChoice(node, outcome, scope), interpreter);
}

function hopOfChoice(node: Expression<'IfExp'>, outcome: boolean, scope: Scope): Hop {
  const { source } = scope;
  const why = whyBranch(node.test, outcome, scope);
  return { kind: 'expression', place: source.place(node), text: source.line(node), why };
}

function shortCircuit(node: Expression<'BoolOp'>, evaluate: (inner: ExprNode) => PyValue): PyValue {
  let value: PyValue = NONE;
  for (const inner of node.values) {
    value = evaluate(inner);
    if (isTrue(value) === (node.op.nodeType === 'Or')) return value;
  }
  return value;
}

function comparison(node: Expression<'Compare'>, scope: Scope, interpreter: Interpreter): PyValue {
  const where = { at: scope.source.span(node), interpreter };
  let left = interpreter.evaluate(node.left, scope);
  for (const [index, op] of node.ops.entries()) {
    const rightNode = node.comparators[index];
    if (rightNode === undefined) return raise('TypeError', 'a comparison without a right side', where.at);
    const right = interpreter.evaluate(rightNode, scope);
    if (!compare(op.nodeType, left, right, where)) return pyBool(false);
    left = right;
  }
  return pyBool(true);
}
