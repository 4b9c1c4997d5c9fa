import type { NativeCall } from '../../interpreter.ts';
import { NONE, pyStr, undecidable } from '../../make.ts';
import { onlyArguments, optional, required, textOf } from '../../native-arguments.ts';
import type { PyValue } from '../../value.ts';

/** `os.getenv(name, default)`: an input. */
export function environmentVariable(call: NativeCall): PyValue {
  onlyArguments(call, 2, ['key', 'default']);
  const name = textOf(required(call, 0, 'key'), call).toString();
  const value = call.interpreter.inputs.environmentVariable?.(name);
  if (value === undefined) return undecidable(`the environment variable ${name} of the generator`, call.at);
  return value === null ? (optional(call, 1, 'default') ?? NONE) : pyStr(value, call.at);
}
