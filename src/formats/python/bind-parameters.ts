import { derivedStr, pyDict, pyTuple, raise } from './make.ts';
import type { CallArguments } from './interpreter.ts';
import type { Span } from './python-source.ts';
import type { DictEntry, PyFunction, PyValue } from './value.ts';

/** The parameters that a function's node names. */
interface Signature {
  readonly positional: readonly string[];
  readonly keywordOnly: readonly string[];
  /** Those that a keyword may give. */
  readonly named: ReadonlySet<string>;
  readonly rest: string | undefined;
  readonly others: string | undefined;
}

const signatures = new WeakMap<PyFunction['node'], Signature>();

/** What each parameter of a function is bound to in a call (language reference, 6.3.4). */
export function bindParameters(callee: PyFunction, call: CallArguments, at: Span): Map<string, PyValue> {
  const signature = signatureOf(callee.node);
  const { positional, keywordOnly, rest } = signature;
  const bound = new Map<string, PyValue>();
  for (let index = 0; index < call.args.length && index < positional.length; index += 1) {
    const [name, value] = [positional[index], call.args[index]];
    if (name !== undefined && value !== undefined) bound.set(name, value);
  }
  if (rest !== undefined) bound.set(rest, pyTuple(call.args.slice(positional.length), at));
  else if (call.args.length > positional.length) tooMany(callee, positional, call.args.length, at);
  if (call.keywords.size > 0 || signature.others !== undefined) {
    bindKeywords(callee, call, signature, bound, at);
  }
  for (const [name, value] of callee.defaults) if (!bound.has(name)) bound.set(name, value);
  refuseMissing(callee, 'positional', positional, bound, at);
  refuseMissing(callee, 'keyword-only', keywordOnly, bound, at);
  return bound;
}

function signatureOf(node: PyFunction['node']): Signature {
  const before = signatures.get(node);
  if (before !== undefined) return before;
  const { posonlyargs, args, kwonlyargs, vararg, kwarg } = node.args;
  const names = (parameters: typeof args) => parameters.map(({ arg }) => arg);
  const signature = {
    positional: names([...posonlyargs, ...args]),
    keywordOnly: names(kwonlyargs),
    named: new Set(names([...args, ...kwonlyargs])),
    rest: vararg?.arg,
    others: kwarg?.arg,
  };
  signatures.set(node, signature);
  return signature;
}

function bindKeywords(
  callee: PyFunction,
  call: CallArguments,
  { named, others }: Signature,
  bound: Map<string, PyValue>,
  at: Span,
): void {
  const more = new Map<string, DictEntry>();
  for (const [name, value] of call.keywords) {
    if (!named.has(name)) {
      if (others === undefined) fail(callee, `got an unexpected keyword argument '${name}'`, at);
      more.set(`str ${name}`, { key: derivedStr(name, at), value });
    } else if (bound.has(name)) fail(callee, `got multiple values for argument '${name}'`, at);
    else bound.set(name, value);
  }
  if (others !== undefined) bound.set(others, pyDict(more));
}

function refuseMissing(
  callee: PyFunction,
  kind: 'positional' | 'keyword-only',
  names: readonly string[],
  bound: ReadonlyMap<string, PyValue>,
  at: Span,
): void {
  if (names.every((name) => bound.has(name))) return;
  const missing = names.filter((name) => !bound.has(name));
  const plural = missing.length === 1 ? '' : 's';
  fail(callee, `missing ${missing.length} required ${kind} argument${plural}: ${listed(missing)}`, at);
}

function tooMany(callee: PyFunction, positional: readonly string[], given: number, at: Span): never {
  const most = positional.length;
  const least = positional.filter((name) => !callee.defaults.has(name)).length;
  const takes = least === most ? `${most}` : `from ${least} to ${most}`;
  const plural = most === 1 ? '' : 's';
  fail(
    callee,
    `takes ${takes} positional argument${plural} but ${given} ${given === 1 ? 'was' : 'were'} given`,
    at,
  );
}

function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted.pop() ?? '';
  return quoted.length < 2 ? [...quoted, last].join(' and ') : `${quoted.join(', ')}, and ${last}`;
}

function fail(callee: PyFunction, message: string, at: Span): never {
  return raise('TypeError', `${callee.qualifiedName}() ${message}`, at);
}
