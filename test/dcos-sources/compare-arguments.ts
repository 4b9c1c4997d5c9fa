import type { EvaluatedArgument } from './evaluation.ts';
import { compareByName, type Comparison } from './comparison.ts';

/** Every argument by its value; one that only one side has is a difference. */
export function compareArguments(
  config: string,
  expected: ReadonlyMap<string, string>,
  got: ReadonlyMap<string, EvaluatedArgument>,
): Comparison {
  const needed = new Map([...got].filter(([name, { kind }]) => kind === 'value' || expected.has(name)));
  return compareByName(expected, needed, (name, value, argument) => {
    const found = argument?.kind === 'value' ? argument.text.toString() : undefined;
    if (value !== undefined && found === value) return undefined;
    const place = argument?.kind === 'value' ? argument.setter.place : undefined;
    return {
      subject: 'argument',
      config,
      name,
      expected: value ?? '(no such argument)',
      got: found ?? (argument?.kind === 'none' ? `(none: ${argument.reason})` : '(no such argument)'),
      ...(place === undefined ? {} : { place }),
    };
  });
}
