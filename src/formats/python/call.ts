import { bindParameters } from './bind-parameters.ts';
import { memberOf } from './enumeration.ts';
import { Undecidable } from './faults.ts';
import { namesOfFunction } from './function-names.ts';
import { generatorOf } from './generator.ts';
import { giveUpCode } from './give-up.ts';
import { inClass, instantiate } from './instance.ts';
import { inBranch } from './in-branch.ts';
import type { CallArguments, Interpreter } from './interpreter.ts';
import { NONE, carry, entriesOf, raise } from './make.ts';
import { dictOf, iterate } from './native-arguments.ts';
import type { Expression } from './nodes.ts';
import { weightOf } from './operators.ts';
import type { Span } from './python-source.ts';
import { type Scope, scopeAround } from './scope.ts';
import { spoil } from './spoil.ts';
import { superHere } from './super.ts';
import { instanceOf, typeName } from './types.ts';
import type { PyFunction, PyValue } from './value.ts';

/** What entering a function takes, in evaluations of an expression. */
const STEPS_OF_A_CALL = 8;

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
  if (scope.branch !== undefined && isAdding(node)) {
    for (const [index, arg] of args.entries()) args[index] = inBranch(arg, node, scope, interpreter);
  }
  const keywords = new Map<string, PyValue>();
  for (const { arg, value } of node.keywords) {
    const evaluated = interpreter.evaluate(value, scope);
    if (arg !== undefined) keywords.set(arg, evaluated);
    else unpack(evaluated, keywords, { args, keywords, at, interpreter });
  }
  if (callee.kind === 'native' && callee.name === 'super' && args.length === 0) return superHere(scope, at);
  return interpreter.call(callee, { args, keywords }, at);
}

const ADDING: ReadonlySet<string> = new Set(['append', 'extend', 'insert', 'add', 'update', 'setdefault']);

/** A call of a method that puts its arguments into a list, set or dict. */
function isAdding({ func }: Expression<'Call'>): boolean {
  return func.nodeType === 'Attribute' && ADDING.has(func.attr);
}

function unpack(value: PyValue, keywords: Map<string, PyValue>, call: Parameters<typeof dictOf>[1]): void {
  for (const entry of entriesOf(dictOf(value, call), call)) {
    if (entry.key.kind !== 'str') raise('TypeError', 'keywords must be strings', call.at);
    const name = entry.key.text.toString();
    if (keywords.has(name)) {
      raise('TypeError', `got multiple values for keyword argument '${name}'`, call.at);
    }
    keywords.set(name, entry.value);
  }
}

/**
 * Calls anything that can be called. What can't be followed inside makes the result unknown, and with it the lists
 * and dicts that it was given or mentions, if it may have changed any.
 */
export function call(callee: PyValue, args: CallArguments, at: Span, interpreter: Interpreter): PyValue {
  switch (callee.kind) {
    case 'unknown':
      spoil([...args.args, ...args.keywords.values()], callee);
      return callee;
    case 'native':
      interpreter.spend(weightOfArguments(args, callee.weight ?? 1));
      return callee.call({ ...args, at, interpreter });
    case 'function':
      return callFunction(callee, args, at, interpreter);
    case 'method':
      return interpreter.call(callee.function, { ...args, args: [callee.self, ...args.args] }, at);
    case 'class': {
      const members = callee.members;
      const native = { ...args, at, interpreter };
      return members === undefined ? instantiate(callee, native) : memberOf(members, callee, native);
    }
    case 'descriptor':
      if (callee.how === 'staticmethod') return interpreter.call(callee.function, args, at);
      break;
    default:
      break;
  }
  const type = instanceOf(callee)?.class;
  const method = type === undefined ? undefined : inClass(type, '__call__')?.value;
  if (method === undefined) return raise('TypeError', `'${typeName(callee)}' object is not callable`, at);
  return interpreter.call(method, { ...args, args: [callee, ...args.args] }, at);
}

function weightOfArguments(args: CallArguments, own: number): number {
  let sum = own;
  for (const value of args.args) sum += weightOf(value);
  for (const value of args.keywords.values()) sum += weightOf(value);
  return sum;
}

function callFunction(callee: PyFunction, args: CallArguments, at: Span, interpreter: Interpreter): PyValue {
  const { node } = callee;
  interpreter.spend(STEPS_OF_A_CALL);
  const names = namesOfFunction(node);
  const frame = { callee, names, yielded: [] };
  const scope: Scope = {
    kind: 'function',
    source: callee.scope.source,
    names: new Map(),
    parent: callee.scope,
    frame,
    qualifier: `${callee.qualifiedName}.<locals>.`,
  };
  for (const [name, value] of bindParameters(callee, args, at)) scope.names.set(name, { value });
  try {
    if (names.yields) return generatorOf(scope, frame, interpreter);
    if (node.nodeType === 'Lambda') return interpreter.evaluate(node.body, scope);
    const end = interpreter.execute(node.body, scope);
    if (end.kind !== 'return') return NONE;
    if (scope.source.isQuiet) return end.value;
    const { value, at: place, why } = end;
    const hop = { kind: 'function' as const, name: callee.name, ...place };
    return carry(value, why === undefined ? hop : { ...hop, why }, interpreter);
  } catch (error) {
    if (!(error instanceof Undecidable)) throw error;
    giveUpCode(node, scope, error.unknown, interpreter, [...args.args, ...args.keywords.values()]);
    return error.unknown;
  }
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
  return {
    kind: 'function',
    name,
    qualifiedName: `${scope.qualifier ?? ''}${name}`,
    node,
    scope: scopeAround(scope),
    defaults: values,
    place: scope.source.place(node),
  };
}
