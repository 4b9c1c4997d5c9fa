import type { TemplateScope } from '../../../../formats/dcos-template/template-scope.ts';
import type { Argument } from './argument.ts';
import type { Crash } from './crash.ts';
import { notString } from './refused-values.ts';
import type { ArgumentResolver } from './resolve-arguments.ts';
import type { Validators, ValidatorRules } from './validators.ts';
import type { Complaint, Verdict } from './verdict.ts';

/** What a config is checked with. */
export interface ToCheck {
  readonly resolver: ArgumentResolver;
  readonly validators: Validators;
  /** In the order that they are gone through. */
  readonly scopes: readonly TemplateScope[];
  readonly rules: ValidatorRules;
}

/** Calculates all that the scopes need, and asks all validators, as the generator does before it makes a file. */
export function checkArguments(toCheck: ToCheck): Verdict {
  return new Check(toCheck).verdict();
}

class Check {
  readonly #resolver: ArgumentResolver;
  readonly #validators: Validators;
  readonly #toCheck: ToCheck;
  readonly #isResolver: boolean;
  /** Choices that no switch has, up to 1.8. */
  readonly #choices = new Map<string, Complaint>();

  constructor(toCheck: ToCheck) {
    this.#toCheck = toCheck;
    this.#resolver = toCheck.resolver;
    this.#validators = toCheck.validators;
    this.#isResolver = toCheck.rules.isResolver;
    if (this.#isResolver) for (const scope of toCheck.scopes) this.#addChoices(scope);
  }

  verdict(): Verdict {
    if (this.#validators.crash !== undefined) return this.#crashed(this.#validators.crash);
    for (const scope of this.#toCheck.scopes) {
      this.#walk(scope);
      if (this.#resolver.crash !== undefined) return this.#crashed(this.#resolver.crash);
    }
    const several = this.#validators.checkSeveral(this.#resolver.found());
    const fatal = several.find(({ refused }) => refused.crash !== undefined)?.refused.crash;
    if (fatal !== undefined) return this.#crashed(fatal);
    const errors = this.#errors();
    // Messages about several arguments never take the place of one about a single argument.
    for (const { names, refused } of several) {
      for (const name of names) if (!errors.has(name)) errors.set(name, complaint(refused));
    }
    const unset = this.#namesOf('unset');
    if (errors.size > 0 || unset.length > 0) return this.#errorsOf(errors, unset);
    const strays = this.#isResolver ? [] : this.#namesOf('skipped');
    if (strays.length > 0) return this.#errorsOf(new Map(strays.map(withoutValue)), []);
    return { status: 'ok', notExamined: this.#notExamined() };
  }

  #walk(scope: TemplateScope): void {
    for (const name of scope.variables) {
      this.#resolver.get(name);
      if (this.#resolver.crash !== undefined) return;
    }
    for (const [name, cases] of scope.switches) {
      const argument = this.#resolver.get(name);
      if (this.#resolver.crash !== undefined) return;
      if (argument.kind !== 'value') continue;
      const value = argument.text.toString();
      const chosen = cases.get(value);
      if (chosen !== undefined) this.#walk(chosen);
      else if (!this.#isResolver) {
        const choices = [...cases.keys()].sort(byCodePoint).join(', ');
        const message = `Invalid choice ${value}. Must choose one of ${choices}`;
        this.#choices.set(name, { message, place: argument.text.slices[0]?.origin.place });
      }
    }
  }

  #addChoices(scope: TemplateScope): void {
    for (const [name, cases] of scope.switches) {
      this.#validators.addChoice(name, [...cases.keys()]);
      for (const inner of cases.values()) this.#addChoices(inner);
    }
  }

  #errors(): Map<string, Complaint> {
    const errors = new Map<string, Complaint>();
    for (const [name, argument] of this.#resolver.found()) {
      if (argument.kind === 'error') errors.set(name, complaint(argument));
    }
    for (const [name, refused] of this.#choices) errors.set(name, refused);
    return errors;
  }

  #namesOf(kind: Argument['kind']): string[] {
    return [...this.#resolver.found()].flatMap(([name, argument]) => (argument.kind === kind ? [name] : []));
  }

  #notExamined() {
    const unknown = [...this.#resolver.found()].flatMap(([name, argument]) =>
      argument.kind === 'unknown' ? [{ names: [name], reason: argument.reason }] : [],
    );
    return [...unknown, ...this.#validators.notExamined];
  }

  #errorsOf(errors: ReadonlyMap<string, Complaint>, unset: readonly string[]): Verdict {
    return { status: 'errors', errors, unset, notExamined: this.#notExamined() };
  }

  #crashed(found: Crash): Verdict {
    return { status: 'crash', ...found, notExamined: this.#notExamined() };
  }
}

function complaint({ message, place }: Extract<Argument, { kind: 'error' }>): Complaint {
  return { message, place };
}

/** Up to 1.8 an argument that is calculated from itself has no value, and no message but this. */
function withoutValue(name: string): [string, Complaint] {
  return [name, { message: notString(name, 'None') }];
}

function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
