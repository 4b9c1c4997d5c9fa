import type { NativeCall } from '../../interpreter.ts';
import { pyStr, undecidable } from '../../make.ts';
import { iterate, onlyArguments, required, textOf } from '../../native-arguments.ts';
import type { PyValue } from '../../value.ts';

/** `_subprocess.output(words)`: what a command prints, an input. */
export function commandOutput(call: NativeCall): PyValue {
  onlyArguments(call, 1);
  const command = required(call, 0);
  const words =
    command.kind === 'str'
      ? [command.text.toString()]
      : iterate(command, call).map((word) => textOf(word, call).toString());
  const output = call.interpreter.inputs.commandOutput?.(words);
  return output === undefined
    ? undecidable(`the output of ${words.join(' ')} where the generator ran`, call.at)
    : pyStr(output, call.at);
}
