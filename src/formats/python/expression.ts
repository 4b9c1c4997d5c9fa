import type { ExprNode } from 'py-ast';
import { attributeOf } from './attribute.ts';
import { callExpression, makeFunction } from './call.ts';
import { dictKey, isTrue } from './compare-values.ts';
import { dictComprehension, listComprehension } from './comprehension.ts';
import type { Interpreter } from './interpreter.ts';
import {
  NONE,
  carry,
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
import { dictOf, iterate } from './native-arguments.ts';
import { nativeNamed } from './natives/native-named.ts';
import type { Expression } from './nodes.ts';
import { binary, compare, unary } from './operators.ts';
import { type Scope, lookUp } from './scope.ts';
import { stringLiteral } from './string-literal.ts';
import { subscript } from './subscript.ts';
import type { DictEntry, PyValue } from './value.ts';

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
      return evaluate(isTrue(evaluate(node.test)) ? node.body : node.orelse);
    case 'Lambda':
      return makeFunction(node, scope, interpreter);
    case 'ListComp':
    case 'GeneratorExp':
      return listComprehension(node, scope, interpreter);
    case 'DictComp':
      return dictComprehension(node, scope, interpreter);
    default:
      return undecidable(`${node.nodeType} isn't evaluated`, scope.source.span(node));
  }
}

function constant(node: Expression<'Constant'>, scope: Scope, interpreter: Interpreter): PyValue {
  const value: unknown = node.value;
  const at = scope.source.span(node);
  if (value === null) return NONE;
  switch (typeof value) {
    case 'string':
      interpreter.spend(value.length >> 5);
      if (/b/i.test(node.quote_style ?? '')) return undecidable("bytes aren't evaluated", at);
      return pyStr(stringLiteral(scope.source, node, value), at);
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

function name(node: Expression<'Name'>, scope: Scope, interpreter: Interpreter): PyValue {
  const binding = lookUp(scope, node.id);
  if (binding !== undefined) {
    return binding.hop === undefined ? binding.value : carry(binding.value, binding.hop, interpreter);
  }
  const native = nativeNamed(node.id, {});
  if (native?.kind === 'native') return native;
  return undecidable(`the name ${node.id} isn't known`, scope.source.span(node));
}

function elements(
  node: Expression<'List'> | Expression<'Tuple'>,
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
    const value = interpreter.evaluate(valueNode, scope);
    if (keyNode == null) {
      const unpacked = dictOf(value, { ...where, args: [], keywords: new Map() });
      for (const entry of entriesOf(unpacked, where)) entries.set(dictKey(entry.key, where), entry);
    } else {
      const key = interpreter.evaluate(keyNode, scope);
      entries.set(dictKey(key, where), { key, value, written: scope.source.span(valueNode) });
    }
  }
  return pyDict(entries);
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
