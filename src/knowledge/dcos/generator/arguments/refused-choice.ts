import { evaluateModule } from '../../../../formats/python/evaluate-module.ts';
import { pyList } from '../../../../formats/python/make.ts';
import type { PyValue } from '../../../../formats/python/value.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import type { GeneratorSources } from '../generator-sources.ts';
import type { Argument } from './argument.ts';
import { evaluationInputs, type MachineInputs } from './evaluation-inputs.ts';

type Refusal = Extract<Argument, { kind: 'error' }>;

/**
 * What `validate_one_of` of gen/internals.py (from 1.9 on) says to a value that no switch has a case for, in the
 * words of the sources.
 */
export function refusedChoice(
  sources: GeneratorSources,
  inputs: MachineInputs,
): (value: TracedText, choices: readonly string[]) => Refusal {
  return (value, choices) => {
    const text = 'from gen.internals import validate_one_of\n';
    const file = `${sources.directory}/__main__.py`;
    const module = evaluateModule(file, text, evaluationInputs(sources, inputs));
    const callee = module.global('validate_one_of');
    if (callee?.kind === 'function') {
      const at = { place: callee.place, text: 'validate_one_of' };
      const derived = choices.map((choice): PyValue => {
        return {
          kind: 'str',
          text: TracedText.from(choice, { kind: 'derived', rule: 'a case of a switch' }),
        };
      });
      const given = new Map<string, PyValue>([
        ['val', { kind: 'str', text: value }],
        ['valid_values', pyList(derived, at)],
      ]);
      const result = module.call(callee, given);
      if (result.kind === 'raised' && result.type === 'AssertionError') {
        return { kind: 'error', message: result.message, place: result.place };
      }
    }
    const listed = choices.map((choice) => `'${choice}'`).join(', ');
    return { kind: 'error', message: `Must be one of ${listed}. Got '${value.toString()}'.` };
  };
}
