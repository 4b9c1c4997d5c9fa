import { expect, test } from 'vitest';
import type { GeneratedFile } from '../knowledge/knowledge.ts';
import type { Hop } from '../text/hop.ts';
import { TracedText } from '../text/traced-text.ts';
import { holdsSecret } from './generator-arguments.ts';

test('only what names an argument is asked for as one; the name of a function tells by itself', () => {
  const made = madeBy('isolation', 'lamp_url', 'calculate_isolation');
  const asked: string[] = [];
  expect(holdsSecret(made, fileWith([], asked))).toBe(false);
  expect(asked).toEqual(['isolation', 'lamp_url']);
  expect(holdsSecret(made, fileWith(['lamp_url'], []))).toBe(true);
  expect(holdsSecret(made, fileWith(['isolation'], []))).toBe(true);
  expect(holdsSecret(madeBy('isolation', 'lamp_url', 'make_password'), fileWith([], []))).toBe(true);
});

/** The value of an argument, by way of another one and of a function. */
function madeBy(argument: string, by: string, called: string): TracedText {
  const origin = { kind: 'derived', rule: 'told by the test' } as const;
  return TracedText.from('lamps', origin)
    .through(hop('expression', by))
    .through(hop('function', called))
    .through(hop('template', argument));
}

function hop(kind: Hop['kind'], name: string): Hop {
  return { kind, name, place: { file: '/gen/calc.py', line: 1, column: 1 }, text: name };
}

function fileWith(secrets: readonly string[], asked: string[]): GeneratedFile {
  return {
    path: '/etc/lamp',
    content: TracedText.empty,
    rerender: { result: 'identical' },
    argument(name) {
      asked.push(name);
      return { config: 'config.yaml', settable: true, why: 'default', secret: secrets.includes(name) };
    },
  };
}
