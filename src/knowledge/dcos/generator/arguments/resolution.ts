import { ScopeConflict, type TemplateScope } from '../../../../formats/dcos-template/template-scope.ts';
import type { Template, TemplateFault } from '../../../../formats/dcos-template/template.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import type { GeneratorSources } from '../generator-sources.ts';
import type { Rules } from '../rules/read-rules.ts';
import type { Argument } from './argument.ts';
import { checkArguments } from './check-arguments.ts';
import { type Crash, crash } from './crash.ts';
import type { EvaluatedEntries } from './evaluate-entries.ts';
import { type FinalArguments, finalArguments } from './final-arguments.ts';
import { neededScopes } from './needed-scopes.ts';
import { refusedChoice } from './refused-choice.ts';
import { recordedValue } from './recorded-argument.ts';
import { ArgumentResolver, type ToResolve } from './resolve-arguments.ts';
import type { Setter } from './setter.ts';
import { SetterTable } from './setter-table.ts';
import { SourceOfSetters } from './source-of-setters.ts';
import { Validators } from './validators.ts';
import type { Verdict } from './verdict.ts';
import type { MachineInputs } from './evaluation-inputs.ts';

/** What one config is resolved with. */
export interface ToConfigure {
  readonly sources: GeneratorSources;
  readonly rules: Rules;
  readonly entries: EvaluatedEntries;
  readonly inputs: MachineInputs;
  readonly userArguments: ReadonlyMap<string, TracedText>;
  readonly notStrings: ReadonlyMap<string, string>;
  readonly configKnown: boolean;
  readonly recorded: ((name: string) => TracedText | undefined) | undefined;
  templates(): readonly (Template | TemplateFault)[];
}

/** All arguments of one config; each is calculated when it is asked for. */
export class Resolution {
  readonly #from: ToConfigure;
  readonly #table: SetterTable;
  readonly #resolver: ArgumentResolver;
  #finals: FinalArguments | undefined;
  #isFinishing = false;

  constructor(from: ToConfigure) {
    const { entries, rules, configKnown, userArguments } = from;
    this.#from = from;
    const user = userSource(rules, userArguments);
    this.#table = new SetterTable({ base: entries.base, extra: entries.extra, user, rules, configKnown });
    this.#resolver = new ArgumentResolver(this.#toResolve());
  }

  get secrets(): ReadonlySet<string> {
    return this.#table.secrets;
  }

  settersOf(name: string): readonly Setter[] {
    return this.#table.of(name);
  }

  argument(name: string): Argument {
    if (!this.#isFinal(name)) return this.#resolver.get(name);
    return this.#finalArgument(name) ?? this.#resolver.get(name);
  }

  neededArguments(): ReadonlyMap<string, Argument> {
    const found = new Map(this.#found());
    for (const name of this.#finalTexts()?.keys() ?? []) {
      const final = this.#finalArgument(name);
      if (final !== undefined) found.set(name, final);
    }
    return found;
  }

  /** The id that the packages of the config have: `config_id`, or from 1.11 on what `generate` makes of all arguments. */
  configId(): TracedText | undefined {
    const argument = this.#table.of('config_id').length === 0 ? undefined : this.#resolver.get('config_id');
    if (argument?.kind === 'value') return argument.text;
    const finals = this.#finish();
    return finals.kind === 'added' ? finals.configId : undefined;
  }

  verdict(): Verdict {
    const { entries, rules, notStrings } = this.#from;
    if (notStrings.size > 0) return refusedValues(notStrings, rules);
    const broken = this.#table.crash ?? this.#brokenTemplate();
    if (broken !== undefined) return { status: 'crash', ...broken, notExamined: [] };
    const scopes = this.#scopes();
    if ('exception' in scopes) return { status: 'crash', ...scopes, notExamined: [] };
    const refused = refusedChoice(this.#from.sources, this.#from.inputs);
    const validators = new Validators(entries.module, rules, this.#table.validators, refused);
    const validate = (name: string, text: TracedText) => validators.checkOne(name, text);
    const resolver = new ArgumentResolver({ ...this.#toResolve(), validate });
    return checkArguments({ resolver, validators, scopes, rules });
  }

  #toResolve(): ToResolve {
    const { entries, rules, configKnown, recorded } = this.#from;
    return {
      module: entries.module,
      setters: (name) => this.#table.of(name),
      rules,
      configKnown,
      incomplete: entries.faults[0]?.message,
      ...(recorded === undefined ? {} : { recorded }),
    };
  }

  /** An argument whose setter, if it has any, only holds its place until all others are known. */
  #isFinal(name: string): boolean {
    if (this.#isFinishing) return false;
    const { rules, configKnown } = this.#from;
    if (rules.builtin(name)?.value.kind === 'text') return true;
    return configKnown && rules.addsArguments && this.#table.of(name).length === 0;
  }

  #finalArgument(name: string): Argument | undefined {
    const text = this.#finalTexts()?.get(name);
    if (text !== undefined) {
      const place = text.slices[0]?.origin.place;
      const value = { kind: 'text', text } as const;
      const setter: Setter = {
        name,
        value,
        optional: false,
        user: false,
        conditions: [],
        written: undefined,
        place,
      };
      return { kind: 'value', text, setter, settled: this.#from.configKnown };
    }
    const finals = this.#finals;
    const builtin = this.#from.rules.builtin(name);
    if (finals?.kind !== 'unknown' || builtin === undefined) return undefined;
    const recorded = this.#from.recorded?.(name);
    const placeholder = this.#table.of(name).find(({ written }) => written === builtin.at)?.value;
    if (recorded !== undefined && placeholder?.kind === 'text') {
      // A record of all arguments has the placeholder of itself in it.
      if (recorded.toString() !== placeholder.text.toString()) return recordedValue(name, recorded, false);
    }
    return { kind: 'unknown', reason: `the generator adds it last: ${finals.reason}` };
  }

  #finalTexts(): ReadonlyMap<string, TracedText> | undefined {
    const finals = this.#finish();
    return finals.kind === 'added' ? finals.arguments : undefined;
  }

  #finish(): FinalArguments {
    this.#finals ??= this.#finished();
    return this.#finals;
  }

  #finished(): FinalArguments {
    const { sources, rules, inputs, userArguments, configKnown } = this.#from;
    if (!rules.addsArguments) return { kind: 'added', arguments: new Map(), configId: undefined };
    if (!configKnown)
      return { kind: 'unknown', reason: "only the operator's config says all that it is made of" };
    const resolved = new Map<string, TracedText>();
    for (const [name, argument] of this.#found()) {
      if (argument.kind === 'value') resolved.set(name, argument.text);
      else return { kind: 'unknown', reason: `${name} is not known` };
    }
    return finalArguments({ sources, rules, inputs, resolved, userArguments, secrets: this.secrets });
  }

  /** All arguments that the templates need, and all that those need. */
  #found(): ReadonlyMap<string, Argument> {
    const scopes = this.#scopes();
    if ('exception' in scopes) return this.#resolver.found();
    this.#isFinishing = true;
    for (const scope of scopes) this.#need(scope);
    this.#isFinishing = false;
    return this.#resolver.found();
  }

  #need(scope: TemplateScope): void {
    for (const name of scope.variables) this.#resolver.get(name);
    for (const [name, cases] of scope.switches) {
      const argument = this.#resolver.get(name);
      const chosen = argument.kind === 'value' ? cases.get(argument.text.toString()) : undefined;
      if (chosen !== undefined) this.#need(chosen);
    }
  }

  #scopes(): readonly TemplateScope[] | Crash {
    const { rules } = this.#from;
    try {
      return neededScopes(this.#from.templates(), rules);
    } catch (error) {
      if (!(error instanceof ScopeConflict)) throw error;
      const [first, second] = error.cases.map(
        (cases) => `dict_keys([${cases.map((one) => `'${one}'`).join(', ')}])`,
      );
      const said = 'Same name / switch variable introduced with a different set of possible cases.';
      const message = `${said} name: ${error.switchName}. First options: ${first}, Second options: ${second}`;
      return crash(
        'AssertionError',
        message,
        rules.placeOf('assert self.cases.keys() == other.cases.keys()'),
      );
    }
  }

  #brokenTemplate(): Crash | undefined {
    const fault = this.#from.templates().find((template) => template.kind === 'fault');
    return fault?.kind === 'fault' ? crash('SyntaxError', fault.message, fault.place) : undefined;
  }
}

function userSource(rules: Rules, userArguments: ReadonlyMap<string, TracedText>): SourceOfSetters {
  const user = new SourceOfSetters(rules, true);
  for (const [name, text] of userArguments) {
    const place = text.slices[0]?.origin.place;
    const value = { kind: 'text', text } as const;
    user.add({ name, value, optional: false, user: true, conditions: [], written: undefined, place });
  }
  return user;
}

/** Values that are no texts are refused before anything is calculated. */
function refusedValues(notStrings: ReadonlyMap<string, string>, rules: Rules): Verdict {
  const errors = new Map(
    [...notStrings].map(([name, shown]) => {
      const said = `All values in arguments must be strings. Value for argument ${name} isn't.`;
      return [name, { message: `${said} Given value: ${shown}` }];
    }),
  );
  if (!rules.isResolver) return { status: 'errors', errors, unset: [], notExamined: [] };
  const message = [...errors.values()].map((error) => error.message).join('; ');
  const raised = crash('ValidationError', message, rules.placeOf('raise ValidationError(errors, set())'));
  return { status: 'crash', ...raised, notExamined: [] };
}
