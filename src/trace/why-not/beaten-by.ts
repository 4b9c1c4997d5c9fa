import { type EnvironmentLayer, variableOf } from '../../service/environment-layer.ts';
import { type Answer, type Because, inForce, noEffect, showBecause } from './answer.ts';
import type { Question } from './question.ts';
import { shellWord } from '../../text/shell-word.ts';

/** What becomes of one variable that a layer sets. */
interface Fate {
  readonly name: string;
  /** undefined: its value is the one that the process receives. */
  readonly beaten?: { readonly how: string; readonly because: Because | undefined };
}

/** What a line that sets variables does: it is in force if the process receives one of them from it. */
export function answerVariables(
  question: Question,
  layer: EnvironmentLayer,
  names: readonly string[],
  caveats: readonly string[],
): Answer {
  const fates = names.map((name) => fateOf(question, layer, name));
  const beaten = fates.filter((fate) => fate.beaten !== undefined);
  const [first] = beaten;
  if (beaten.length === fates.length && first?.beaten !== undefined) {
    const { because } = first.beaten;
    return noEffect(sentences([...beaten.map(beatenText), ...caveats]), {
      ...(because === undefined ? {} : { because }),
      next: `cutover trace ${shellWord(question.unit.name)} ${shellWord(first.name)}    shows where a value of ${first.name} wins`,
    });
  }
  const received = fates.filter((fate) => fate.beaten === undefined).map(({ name }) => name);
  const text = `the process receives ${received.join(', ')} from it`;
  return inForce(sentences([text, ...beaten.map(beatenText), ...caveats]));
}

function beatenText({ name, beaten }: Fate): string {
  const place = beaten?.because === undefined ? '' : ` (${showBecause(beaten.because)})`;
  return `${name} ${beaten?.how ?? ''}${place}`;
}

function sentences(texts: readonly string[]): string {
  return texts.join('; ');
}

function fateOf({ environment }: Question, layer: EnvironmentLayer, name: string): Fate {
  const winner = environment.effective.get(name);
  if (winner?.layer === layer) return { name };
  if (winner === undefined) {
    const unset = environment.layers.findLast(
      (other) =>
        other.kind === 'unset' &&
        other.resetBy === undefined &&
        other.entries.some((entry) => entry.split('=')[0] === name),
    );
    const because = unset?.kind === 'unset' ? unset.directive.place : undefined;
    return { name, beaten: { how: 'is taken away last of all by UnsetEnvironment=', because } };
  }
  const by = winner.layer;
  const place = variableOf(by, name)?.place;
  if (by.kind === 'file') {
    const how =
      layer.kind === 'file'
        ? 'is set again by an environment file that is read later'
        : 'is set by an environment file, and every environment file beats Environment=';
    return { name, beaten: { how, because: place ?? { file: by.path } } };
  }
  return { name, beaten: { how: 'is set again by a later Environment=', because: place } };
}
