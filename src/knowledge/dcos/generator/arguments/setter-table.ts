import type { Origin } from '../../../../text/origin.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import type { Builtin, BuiltinValue } from '../rules/preparation.ts';
import type { Crash } from './crash.ts';
import { prettyJson, quotedJson } from './pretty-json.ts';
import type { Validator } from './read-entry.ts';
import type { Setter, SetterValue } from './setter.ts';
import type { SourceOfSetters } from './source-of-setters.ts';
import { sourcesId } from './sources-id.ts';

/** What all setters of a generator are put together from. */
export interface SetterSources {
  /** The entry of gen/calc.py, with what replaces parts of it. */
  readonly base: SourceOfSetters;
  /** What the operator gave. */
  readonly user: SourceOfSetters;
  /** What depends on where the cluster is installed. */
  readonly extra: readonly SourceOfSetters[];
  /** The arguments that the generator adds itself. */
  readonly rules: { readonly builtins: readonly Builtin[]; builtin(name: string): Builtin | undefined };
  /** False: the operator gave more than is known. */
  readonly configKnown: boolean;
  /** False: there may be more setters in the sources than could be read. */
  readonly isComplete: boolean;
}

const ONLY_CONFIG = "only the operator's config says it";

/** All setters of a generator by the argument that they set. */
export class SetterTable {
  readonly #from: SetterSources;
  readonly #added = new Map<string, Setter>();

  constructor(from: SetterSources) {
    this.#from = from;
  }

  of(name: string): readonly Setter[] {
    const { base, user, extra } = this.#from;
    const added = this.#addedSetter(name);
    return [
      ...(base.setters.get(name) ?? []),
      ...(added === undefined ? [] : [added]),
      ...(user.setters.get(name) ?? []),
      ...extra.flatMap((source) => source.setters.get(name) ?? []),
    ];
  }

  get validators(): readonly Validator[] {
    return this.#all.flatMap(({ validators }) => validators);
  }

  get secrets(): ReadonlySet<string> {
    return new Set(this.#all.flatMap(({ secrets }) => secrets));
  }

  get crash(): Crash | undefined {
    return this.#all.find(({ crash }) => crash !== undefined)?.crash;
  }

  get #all(): readonly SourceOfSetters[] {
    return [this.#from.base, this.#from.user, ...this.#from.extra];
  }

  /** The generator's own setter of an argument, made when it is asked for. */
  #addedSetter(name: string): Setter | undefined {
    const known = this.#added.get(name);
    const builtin = known === undefined ? this.#from.rules.builtin(name) : undefined;
    if (builtin === undefined) return known;
    const setter: Setter = {
      name,
      value: this.#valueOf(builtin),
      optional: false,
      user: false,
      conditions: [],
      written: builtin.at,
      place: builtin.at?.place,
    };
    this.#added.set(name, setter);
    return setter;
  }

  #valueOf({ name, value, at }: Builtin): SetterValue {
    const rule = `the generator sets ${name} itself`;
    const origin: Origin = { kind: 'derived', rule, ...(at === undefined ? {} : { place: at.place }) };
    const text = this.#textOf(value, origin);
    if (typeof text !== 'string') return { kind: 'text', text };
    return text === ONLY_CONFIG
      ? { kind: 'unknown', cause: 'config', reason: text }
      : { kind: 'unknown', reason: text };
  }

  /** The text of a value, or the reason why there is none. */
  #textOf(value: BuiltinValue, origin: Origin): TracedText | string {
    const plain = (text: string) => TracedText.from(text, origin);
    if (value.kind === 'unknown') return value.reason;
    if (value.kind === 'list') return prettyJson(value.items, origin);
    if (value.kind === 'text') return quotedJson(value.text, origin);
    if (!this.#from.configKnown) return ONLY_CONFIG;
    if (value.kind === 'user-arguments') return prettyJson(this.#userArguments(), origin);
    const id = this.#from.isComplete ? this.#sourcesId() : undefined;
    return id === undefined
      ? 'not all of the sources that it is a hash of could be read'
      : quotedJson(plain(id), origin);
  }

  #userArguments(): Map<string, TracedText> {
    const given = [...this.#from.user.setters.values()].flat();
    return new Map(given.flatMap(({ name, value }) => (value.kind === 'text' ? [[name, value.text]] : [])));
  }

  #sourcesId(): string | undefined {
    const { base, user, extra, rules } = this.#from;
    const added = rules.builtins.flatMap(({ name, value }) => {
      const setter = value.kind === 'sources-id' ? undefined : this.#addedSetter(name);
      return setter === undefined ? [] : [setter];
    });
    const settersOf = (source: SourceOfSetters) => [...source.setters.values()].flat();
    return sourcesId([
      { isUser: false, validators: base.validators, setters: [...settersOf(base), ...added] },
      ...[user, ...extra].map((source) => ({
        isUser: source.isUser,
        validators: source.validators,
        setters: settersOf(source),
      })),
    ]);
  }
}
