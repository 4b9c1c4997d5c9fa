import type { EvaluatedModule } from '../../../../formats/python/evaluate-module.ts';
import type { PyFunction } from '../../../../formats/python/value.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import type { Argument } from './argument.ts';
import { type CallRules, callValidator } from './call-function.ts';
import { crash, type Crash } from './crash.ts';
import type { Validator } from './read-entry.ts';

type Refusal = Extract<Argument, { kind: 'error' }>;

/** Something that the generator would have checked and Cutover could not. */
export interface NotExamined {
  /** The arguments that it is about. */
  readonly names: readonly string[];
  readonly reason: string;
}

export interface ValidatorRules extends CallRules {
  /** Of several validators of one argument: one is all that is allowed, the last counts, or all do. */
  readonly validators: 'single' | 'last' | 'all';
}

interface Several {
  readonly parameters: readonly string[];
  readonly callees: PyFunction[];
}

/** The validators of all sources, by the arguments that their parameters are named after. */
export class Validators {
  /** What is wrong with the validators themselves. */
  crash: Crash | undefined;
  readonly notExamined: NotExamined[] = [];
  readonly #module: Pick<EvaluatedModule, 'call'>;
  readonly #rules: ValidatorRules;
  readonly #ofOne = new Map<string, PyFunction[]>();
  readonly #ofSeveral = new Map<string, Several>();
  readonly #choices = new Map<string, (readonly string[])[]>();
  readonly #refusedChoice: (value: TracedText, choices: readonly string[]) => Refusal;

  constructor(
    module: Pick<EvaluatedModule, 'call'>,
    rules: ValidatorRules,
    validators: readonly Validator[],
    refusedChoice: (value: TracedText, choices: readonly string[]) => Refusal,
  ) {
    this.#module = module;
    this.#rules = rules;
    this.#refusedChoice = refusedChoice;
    for (const validator of validators) {
      if (validator.kind === 'function') this.#add(validator.callee, validator.parameters);
      else this.notExamined.push({ names: [], reason: validator.reason });
    }
  }

  /** From 1.9 on a switch of a template is a validator too. */
  addChoice(name: string, choices: readonly string[]): void {
    const known = this.#choices.get(name);
    if (known === undefined) this.#choices.set(name, [choices]);
    else known.push(choices);
  }

  /** Right after an argument was calculated. */
  checkOne(name: string, text: TracedText): Refusal | undefined {
    for (const callee of this.#ofOne.get(name) ?? []) {
      const refused = this.#call(callee, new Map([[name, text]]));
      if (refused !== undefined) return refused;
    }
    for (const choices of this.#choices.get(name) ?? []) {
      if (!choices.includes(text.toString())) return this.#refusedChoice(text, choices);
    }
    return undefined;
  }

  /**
   * After all arguments were calculated: the validators with several parameters, each once all its arguments are
   * there. The last refusal of the same set of arguments counts.
   */
  checkSeveral(found: ReadonlyMap<string, Argument>): { names: readonly string[]; refused: Refusal }[] {
    return [...this.#ofSeveral.values()].flatMap(({ parameters, callees }) => {
      const given = new Map<string, TracedText>();
      for (const parameter of parameters) {
        const argument = found.get(parameter);
        if (argument?.kind === 'value') given.set(parameter, argument.text);
        else if (argument?.kind === 'unknown') {
          this.notExamined.push({ names: parameters, reason: argument.reason });
          return [];
        } else return [];
      }
      for (const callee of callees) {
        const refused = this.#call(callee, given);
        if (refused !== undefined) return [{ names: parameters, refused }];
      }
      return [];
    });
  }

  #add(callee: PyFunction, parameters: readonly string[]): void {
    const { validators } = this.#rules;
    const [name, ...others] = parameters;
    if (name !== undefined && others.length === 0) {
      const known = this.#ofOne.get(name);
      if (known === undefined) this.#ofOne.set(name, [callee]);
      else if (validators === 'all') known.push(callee);
      else if (validators === 'last') known.splice(0, 1, callee);
      else this.#fail('Only one validation function per parameter is currently allowed.');
      return;
    }
    if (validators === 'single') this.#fail('Validate functions must take exactly one parameter currently.');
    const key = [...parameters].sort().join(' ');
    const known = this.#ofSeveral.get(key);
    if (known === undefined) this.#ofSeveral.set(key, { parameters, callees: [callee] });
    else if (validators === 'all') known.callees.push(callee);
    else known.callees.splice(0, 1, callee);
  }

  #call(callee: PyFunction, given: ReadonlyMap<string, TracedText>): Refusal | undefined {
    const outcome = callValidator(this.#module, callee, given, this.#rules);
    if (outcome?.kind !== 'unknown') return outcome;
    this.notExamined.push({ names: [...given.keys()], reason: `${callee.name}: ${outcome.reason}` });
    return undefined;
  }

  #fail(message: string): void {
    this.crash ??= crash('AssertionError', message, this.#rules.placeOf(message));
  }
}
