import type { TracedText } from '../../../../text/traced-text.ts';
import type { Rules } from '../rules/read-rules.ts';
import type { Argument } from './argument.ts';
import { crash } from './crash.ts';
import { type FinalArguments, finalArguments, type ToFinish } from './final-arguments.ts';
import { recordedValue } from './recorded-argument.ts';
import type { Setter } from './setter.ts';

/** What the last arguments depend on. */
export interface ToAddLast extends Omit<ToFinish, 'resolved'> {
  readonly rules: Rules;
  readonly configKnown: boolean;
  setters(name: string): readonly Setter[];
  /** All arguments that are needed. */
  needed(): ReadonlyMap<string, Argument>;
  recorded?: ((name: string) => TracedText | undefined) | undefined;
}

/** The arguments that the generator adds once all others are resolved; made when the first of them is asked for. */
export class LastArguments {
  readonly #from: ToAddLast;
  #made: FinalArguments | undefined;

  constructor(from: ToAddLast) {
    this.#from = from;
  }

  /** Whether an argument may be one of them: if it has a setter, that only holds its place. */
  mayBe(name: string): boolean {
    const { rules, configKnown } = this.#from;
    if (rules.builtin(name)?.value.kind === 'text') return true;
    return configKnown && rules.addsArguments && this.#from.setters(name).length === 0;
  }

  /** Undefined for an argument that is none of them. */
  get(name: string): Argument | undefined {
    const made = this.#make();
    if (made.kind === 'added') {
      const text = made.arguments.get(name);
      return text === undefined ? undefined : this.#added(name, text);
    }
    if (this.#from.rules.builtin(name) === undefined) return undefined;
    if (made.kind === 'unknown') return this.#notAdded(name, made.reason);
    const { exception, message } = made;
    return { kind: 'error', message: `${exception}: ${message}`, crash: crash(exception, message, made.at) };
  }

  names(): readonly string[] {
    const made = this.#make();
    return made.kind === 'added' ? [...made.arguments.keys()] : [];
  }

  /** The id of the config, where it is made only now (from 1.11 on). */
  configId(): TracedText | undefined {
    const made = this.#make();
    return made.kind === 'added' ? made.configId : undefined;
  }

  #added(name: string, text: TracedText): Argument {
    const place = text.slices[0]?.origin.place;
    const value = { kind: 'text', text } as const;
    const setter = { name, value, optional: false, user: false, conditions: [], written: undefined, place };
    return { kind: 'value', text, setter, settled: this.#from.configKnown };
  }

  /** A record of all arguments has in the place of itself what only holds the place. */
  #notAdded(name: string, reason: string): Argument {
    const recorded = this.#from.recorded?.(name);
    const placeholder = this.#from.setters(name).find(({ optional, user }) => !optional && !user)?.value;
    const isReal = placeholder?.kind === 'text' && recorded?.toString() !== placeholder.text.toString();
    if (recorded !== undefined && isReal) return recordedValue(name, recorded, { user: false });
    const cause = this.#from.configKnown ? undefined : 'config';
    return { kind: 'unknown', cause, reason: `the generator adds it last: ${reason}` };
  }

  #make(): FinalArguments {
    this.#made ??= this.#makeAll();
    return this.#made;
  }

  #makeAll(): FinalArguments {
    const { rules, configKnown } = this.#from;
    if (!rules.addsArguments) return { kind: 'added', arguments: new Map(), configId: undefined };
    if (!configKnown) {
      return { kind: 'unknown', reason: "only the operator's config says all that it is made of" };
    }
    const resolved = new Map<string, TracedText>();
    for (const [name, argument] of this.#from.needed()) {
      if (argument.kind !== 'value') return { kind: 'unknown', reason: `${name} is not known` };
      resolved.set(name, argument.text);
    }
    return finalArguments({ ...this.#from, resolved });
  }
}
