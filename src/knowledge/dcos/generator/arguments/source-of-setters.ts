import type { Place } from '../../../../text/place.ts';
import { type Crash, crash } from './crash.ts';
import type { Entry, Validator } from './read-entry.ts';
import type { Setter } from './setter.ts';

/** Where the generator says things that it raises itself. */
export interface Says {
  readonly entryKeys: ReadonlySet<string> | undefined;
  placeOf(text: string): Place | undefined;
}

/** Setters, validators and secrets that were put together (class Source of gen/internals.py, ConfigTarget at 1.8). */
export class SourceOfSetters {
  readonly isUser: boolean;
  readonly setters = new Map<string, Setter[]>();
  readonly validators: Validator[] = [];
  secrets: readonly string[] = [];
  /** What its entries can't be put together for. */
  crash: Crash | undefined;
  readonly #says: Says;

  constructor(says: Says, isUser = false) {
    this.#says = says;
    this.isUser = isUser;
  }

  add(setter: Setter): void {
    const same = this.setters.get(setter.name);
    if (same === undefined) this.setters.set(setter.name, [setter]);
    else same.push(setter);
  }

  addEntry(entry: Entry): void {
    const { entryKeys } = this.#says;
    if (entryKeys !== undefined && [...entry.keys].some((key) => !entryKeys.has(key))) {
      this.#fail('AssertionError', '', "assert scope.keys() <= {'validate'");
    }
    this.validators.push(...entry.validators);
    let added = 0;
    const before = this.secrets;
    for (const part of entry.parts) {
      for (const setter of entry.setters.slice(added, part.setters)) this.add(setter);
      added = part.setters;
      this.secrets = [...before, ...entry.secrets.slice(0, part.secrets)];
      this.#checkSecrets();
    }
  }

  /** An entry that goes before all that is there: it takes the place of what it sets unconditionally. */
  replaceBy(entry: Entry): void {
    for (const { name, conditions } of entry.setters) if (conditions.length === 0) this.setters.delete(name);
    this.secrets = this.secrets.filter((secret) => !entry.secrets.includes(secret));
    if (entry.conditionals.some((name) => this.setters.has(name))) {
      this.#fail(
        'NotImplementedError',
        'Should conditional setters overwrite all setters?',
        'raise NotImplementedError("Should conditional',
      );
    }
    this.addEntry(entry);
  }

  #checkSecrets(): void {
    const stray = this.secrets.find((secret) => !this.#mentions(secret));
    if (stray === undefined) return;
    this.#fail(
      'AssertionError',
      `Secret variable '${stray}' must be defined or referenced as a parameter in this scope`,
      'assert name in all_variables',
    );
  }

  #mentions(name: string): boolean {
    if (this.setters.has(name)) return true;
    return [...this.setters.values()].flat().some(({ value }) => {
      return value.kind === 'function' && value.parameters.includes(name);
    });
  }

  #fail(exception: string, message: string, said: string): void {
    this.crash ??= crash(exception, message, this.#says.placeOf(said));
  }
}
