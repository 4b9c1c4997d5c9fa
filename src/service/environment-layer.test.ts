import { expect, test } from 'vitest';
import { TracedText } from '../text/traced-text.ts';
import { type EnvironmentLayer, lastVariables, variableOf } from './environment-layer.ts';

const text = (value: string): TracedText => TracedText.from(value, { kind: 'input', name: 'LAMP' });

test('a layer with many variables is gone through once, whoever asks for how many', () => {
  let looks = 0;
  const variables = Array.from({ length: 2000 }, (_, index) => ({
    get name() {
      looks += 1;
      return `LAMP_${index}`;
    },
    place: undefined,
    value: text(`${index}`),
  }));
  const layer: EnvironmentLayer = { kind: 'default', rule: 'the harbour', variables };
  const found = variables.map((_, index) => variableOf(layer, `LAMP_${index}`)?.value.toString());
  expect(found).toEqual(variables.map((_, index) => `${index}`));
  expect(looks).toBe(2000);
});

test('of several values of one name the last counts, at the place of the first', () => {
  const given = (name: string, value: string) => ({ name, place: undefined, value: text(value) });
  const variables = [given('LAMP', 'on'), given('HORN', 'low'), given('LAMP', 'off')];
  const layer: EnvironmentLayer = { kind: 'default', rule: 'the harbour', variables };
  expect([...lastVariables(layer)].map(([name, { value }]) => `${name}=${value.toString()}`)).toEqual([
    'LAMP=off',
    'HORN=low',
  ]);
  expect(variableOf(layer, 'constructor')).toBeUndefined();
});
