import type { NativeCall, NativeFunction } from '../interpreter.ts';
import { undecidable } from '../make.ts';
import { required, textOf } from '../native-arguments.ts';
import type { PyValue } from '../value.ts';

/** A function whose result only the machine and the moment knew. */
export function unknownInput(what: string): NativeFunction {
  return (call) => undecidable(what, call.at);
}

/** `_unknown.give_up(reason)`: for a prelude that comes to what it doesn't follow. */
export function giveUp(call: NativeCall): PyValue {
  return undecidable(textOf(required(call, 0), call).toString(), call.at);
}
