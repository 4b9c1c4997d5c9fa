import { derivedStr, pyDict, pyTuple, raise } from './make.ts';
import type { CallArguments } from './interpreter.ts';
import type { Span } from './python-source.ts';
import type { DictEntry, PyFunction, PyValue } from './value.ts';

/** What each parameter of a function is bound to in a call (language reference, 6.3.4). */
export function bindParameters(callee: PyFunction, call: CallArguments, at: Span): Map<string, PyValue> {
  const { posonlyargs, args, kwonlyargs, vararg, kwarg } = callee.node.args;
  const positional = [...posonlyargs, ...args].map(({ arg }) => arg);
  const named = new Set([...args, ...kwonlyargs].map(({ arg }) => arg));
  const bound = new Map<string, PyValue>();
  for (const [index, value] of call.args.entries()) {
    const name = positional[index];
    if (name !== undefined) bound.set(name, value);
  }
  if (vararg !== undefined) bound.set(vararg.arg, pyTuple(call.args.slice(positional.length), at));
  else if (call.args.length > positional.length) tooMany(callee, positional, call.args.length, at);
  const others = new Map<string, DictEntry>();
  for (const [name, value] of call.keywords) {
    if (!named.has(name)) others.set(`str ${name}`, { key: derivedStr(name, at), value });
    else if (bound.has(name)) fail(callee, `got multiple values for argument '${name}'`, at);
    else bound.set(name, value);
  }
  const [strange] = others.values();
  if (kwarg !== undefined) bound.set(kwarg.arg, pyDict(others));
  else if (strange?.key.kind === 'str') {
    fail(callee, `got an unexpected keyword argument '${strange.key.text.toString()}'`, at);
  }
  for (const [name, value] of callee.defaults) if (!bound.has(name)) bound.set(name, value);
  for (const [kind, names] of [
    ['positional', positional],
    ['keyword-only', kwonlyargs.map(({ arg }) => arg)],
  ] as const) {
    const missing = names.filter((name) => !bound.has(name));
    if (missing.length > 0) {
      const plural = missing.length === 1 ? '' : 's';
      fail(callee, `missing ${missing.length} required ${kind} argument${plural}: ${listed(missing)}`, at);
    }
  }
  return bound;
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
