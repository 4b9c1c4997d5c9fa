import type { NativeCall } from '../../interpreter.ts';
import { iterate } from '../../iterate.ts';
import { raise } from '../../make.ts';
import { onlyArguments, optional, required } from '../../native-arguments.ts';
import type { PyValue } from '../../value.ts';

/** `functools.partial(function, …)`. */
export function partial(call: NativeCall): PyValue {
  const [callee, ...first] = call.args;
  if (callee === undefined) return raise('TypeError', "type 'partial' takes at least one argument", call.at);
  const { keywords } = call;
  return {
    kind: 'native',
    name: 'functools.partial',
    call: (later) =>
      later.interpreter.call(
        callee,
        { args: [...first, ...later.args], keywords: new Map([...keywords, ...later.keywords]) },
        later.at,
      ),
  };
}

/** `functools.reduce(function, iterable, initial)`. */
export function reduce(call: NativeCall): PyValue {
  onlyArguments(call, 3);
  const callee = required(call, 0);
  const items = iterate(required(call, 1), call);
  const initial = optional(call, 2);
  const all = initial === undefined ? items : [initial, ...items];
  const [first, ...others] = all;
  if (first === undefined) {
    return raise('TypeError', 'reduce() of empty iterable with no initial value', call.at);
  }
  return others.reduce(
    (result, item) => call.interpreter.call(callee, { args: [result, item], keywords: new Map() }, call.at),
    first,
  );
}
