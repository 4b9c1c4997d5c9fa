import { Undecidable } from './faults.ts';
import type { CallArguments, Interpreter } from './interpreter.ts';
import { giveUpCode } from './give-up.ts';
import { NONE, carry, entriesOf, raise, undecidable } from './make.ts';
import { dictOf, iterate, typeName } from './native-arguments.ts';
import type { Expression } from './nodes.ts';
import { weightOf } from './operators.ts';
import type { Span } from './python-source.ts';
import { innerScope, type Scope } from './scope.ts';
import { spoil } from './spoil.ts';
import type { PyFunction, PyValue } from './value.ts';

/** The value of a call expression. */
export function callExpression(node: Expression<'Call'>, scope: Scope, interpreter: Interpreter): PyValue {
  const at = scope.source.span(node);
  const callee = interpreter.evaluate(node.func, scope);
  const args: PyValue[] = [];
  for (const arg of node.args) {
    if (arg.nodeType === 'Starred')
      args.push(...iterate(interpreter.evaluate(arg.value, scope), { at, interpreter }));
    else args.push(interpreter.evaluate(arg, scope));
  }
  const keywords = new Map<string, PyValue>();
  for (const { arg, value } of node.keywords) {
    const evaluated = interpreter.evaluate(value, scope);
    if (arg !== undefined) keywords.set(arg, evaluated);
    else unpack(evaluated, keywords, { args, keywords, at, interpreter });
  }
  return interpreter.call(callee, { args, keywords }, at);
}

function unpack(value: PyValue, keywords: Map<string, PyValue>, call: Parameters<typeof dictOf>[1]): void {
  for (const entry of entriesOf(dictOf(value, call), call)) {
    if (entry.key.kind !== 'str') raise('TypeError', 'keywords must be strings', call.at);
    keywords.set(entry.key.text.toString(), entry.value);
  }
}

/**
 * Calls a function. What can't be followed inside makes the result unknown, and with it the lists and dicts that
 * it was given or mentions, if it may have changed any.
 */
export function call(callee: PyValue, args: CallArguments, at: Span, interpreter: Interpreter): PyValue {
  const handedIn = [...args.args, ...args.keywords.values()];
  if (callee.kind === 'unknown') {
    spoil(handedIn, callee);
    return callee;
  }
  if (callee.kind === 'native') {
    interpreter.spend(handedIn.reduce((sum, value) => sum + weightOf(value), callee.weight ?? 1));
    return callee.call({ ...args, at, interpreter });
  }
  if (callee.kind !== 'function')
    return raise('TypeError', `'${typeName(callee)}' object is not callable`, at);
  try {
    return callFunction(callee, args, at, interpreter);
  } catch (error) {
    if (!(error instanceof Undecidable)) throw error;
    giveUpCode(callee.node, callee.scope, error.unknown, interpreter, handedIn);
    return error.unknown;
  }
}

function callFunction(callee: PyFunction, args: CallArguments, at: Span, interpreter: Interpreter): PyValue {
  const scope = innerScope(callee.scope);
  for (const [name, value] of bindParameters(callee, args, at)) scope.names.set(name, { value });
  if (callee.node.nodeType === 'Lambda') return interpreter.evaluate(callee.node.body, scope);
  const end = interpreter.execute(callee.node.body, scope);
  if (end.kind !== 'return') return NONE;
  return carry(end.value, { kind: 'function', name: callee.name, ...end.at }, interpreter);
}

function bindParameters(callee: PyFunction, args: CallArguments, at: Span): Map<string, PyValue> {
  const names = parameterNames(callee);
  const bound = new Map(callee.defaults);
  const { args: signature } = callee.node;
  if (signature.vararg !== undefined || signature.kwarg !== undefined) {
    undecidable(`${callee.name}() takes any number of arguments`, callee.scope.source.span(callee.node));
  }
  const positional = names.length - signature.kwonlyargs.length;
  if (args.args.length > positional) raise('TypeError', `${callee.name}() takes ${positional} arguments`, at);
  for (const [index, value] of args.args.entries()) bound.set(names[index] ?? '', value);
  for (const [name, value] of args.keywords) {
    if (!names.includes(name)) raise('TypeError', `${callee.name}() has no parameter '${name}'`, at);
    bound.set(name, value);
  }
  const missing = names.find((name) => !bound.has(name));
  if (missing !== undefined) raise('TypeError', `${callee.name}() misses the argument '${missing}'`, at);
  return bound;
}

/** The names of a function's parameters, in order; `*args` and `**kwargs` left out. */
export function parameterNames(callee: PyFunction): string[] {
  const { posonlyargs, args, kwonlyargs } = callee.node.args;
  return [...posonlyargs, ...args, ...kwonlyargs].map((parameter) => parameter.arg);
}

/** The function that a `def` or `lambda` makes, its defaults evaluated. */
export function makeFunction(node: PyFunction['node'], scope: Scope, interpreter: Interpreter): PyFunction {
  const { posonlyargs, args, kwonlyargs, kw_defaults, defaults } = node.args;
  const values = new Map<string, PyValue>();
  const positional = [...posonlyargs, ...args];
  const withDefault = [
    ...positional
      .slice(positional.length - defaults.length)
      .map((parameter, index) => [parameter, defaults[index]] as const),
    ...kwonlyargs.map((parameter, index) => [parameter, kw_defaults[index]] as const),
  ];
  for (const [parameter, value] of withDefault) {
    if (value != null) values.set(parameter.arg, interpreter.evaluate(value, scope));
  }
  const name = node.nodeType === 'Lambda' ? '<lambda>' : node.name;
  return { kind: 'function', name, node, scope, defaults: values, place: scope.source.place(node) };
}
