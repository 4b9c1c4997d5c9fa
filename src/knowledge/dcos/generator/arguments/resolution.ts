import type { Template, TemplateFault } from '../../../../formats/dcos-template/template.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import type { GeneratorSources, SourceFault } from '../generator-sources.ts';
import type { Rules } from '../rules/read-rules.ts';
import type { Argument } from './argument.ts';
import { checkArguments } from './check-arguments.ts';
import type { EvaluatedEntries } from './evaluate-entries.ts';
import type { MachineInputs } from './evaluation-inputs.ts';
import { LastArguments } from './last-arguments.ts';
import { neededArguments } from './needed-arguments.ts';
import { type NeededScopes, neededScopes } from './needed-scopes.ts';
import { refusedChoice } from './refused-choice.ts';
import { refusedValues } from './refused-values.ts';
import { ArgumentResolver, type ToResolve } from './resolve-arguments.ts';
import type { Setter } from './setter.ts';
import { SetterTable } from './setter-table.ts';
import { userSource } from './user-source.ts';
import { Validators } from './validators.ts';
import type { Verdict } from './verdict.ts';

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
  readonly #last: LastArguments;
  #scopes: NeededScopes | undefined;
  #needed: ReadonlyMap<string, Argument> | undefined;

  constructor(from: ToConfigure) {
    const { entries, rules, configKnown, userArguments } = from;
    this.#from = from;
    const user = userSource(rules, userArguments);
    const isComplete = entries.faults.length === 0;
    this.#table = new SetterTable({ ...entries, user, rules, configKnown, isComplete });
    this.#resolver = new ArgumentResolver(this.#toResolve());
    this.#last = new LastArguments({
      ...from,
      secrets: this.secrets,
      setters: (name) => this.#table.of(name),
      needed: () => this.#neededBefore(),
    });
  }

  get secrets(): ReadonlySet<string> {
    return this.#table.secrets;
  }

  settersOf(name: string): readonly Setter[] {
    return this.#table.of(name);
  }

  argument(name: string): Argument {
    const last = this.#last.mayBe(name) ? this.#last.get(name) : undefined;
    return last ?? this.#resolver.get(name);
  }

  neededArguments(): ReadonlyMap<string, Argument> {
    const needed = new Map(this.#neededBefore());
    const placeholders = [...needed.keys()].filter((name) => this.#last.mayBe(name));
    for (const name of new Set([...placeholders, ...this.#last.names()])) {
      const last = this.#last.get(name);
      if (last !== undefined) needed.set(name, last);
    }
    return needed;
  }

  /** Whether a value that something needs is told only when the cluster is launched, and not made from another. */
  hasLateValue(): boolean {
    return [...this.#neededBefore().values()].some((argument) => {
      return argument.kind === 'value' && argument.setter.value.kind === 'late';
    });
  }

  /** The id that the packages of the config have: up to 1.10 an argument, then what is made of all of them. */
  configId(): TracedText | undefined {
    if (!this.#from.entries.base.setters.has('config_id')) return this.#last.configId();
    const argument = this.#resolver.get('config_id');
    return argument.kind === 'value' ? argument.text : undefined;
  }

  verdict(): Verdict {
    const { entries, rules, notStrings, sources, inputs } = this.#from;
    const notExamined = entries.faults.map(({ message }) => ({ names: [], reason: message }));
    if (notStrings.size > 0) return refusedValues(notStrings, rules);
    const needed = this.#neededScopes();
    const broken = this.#table.crash ?? (needed.kind === 'crash' ? needed.crash : undefined);
    if (broken !== undefined) return { status: 'crash', ...broken, notExamined };
    const scopes = needed.kind === 'scopes' ? needed.scopes : [];
    const refused = refusedChoice(sources, inputs);
    const validators = new Validators(entries.module, rules, this.#table.validators, refused);
    const validate = (name: string, text: TracedText) => validators.checkOne(name, text);
    const resolver = new ArgumentResolver({ ...this.#toResolve(), validate });
    const verdict = checkArguments({ resolver, validators, scopes, rules });
    return { ...verdict, notExamined: [...notExamined, ...verdict.notExamined] };
  }

  #toResolve(): ToResolve {
    const { entries, rules, configKnown, recorded } = this.#from;
    return {
      module: entries.module,
      setters: (name) => this.#table.of(name),
      rules,
      configKnown,
      incomplete: incompleteBy(entries.faults[0]),
      ...(recorded === undefined ? {} : { recorded }),
    };
  }

  /** What is needed, before the last arguments are added. */
  #neededBefore(): ReadonlyMap<string, Argument> {
    const needed = this.#neededScopes();
    this.#needed ??= neededArguments(this.#toResolve(), needed.kind === 'scopes' ? needed.scopes : []);
    return this.#needed;
  }

  #neededScopes(): NeededScopes {
    this.#scopes ??= neededScopes(this.#from.templates(), this.#from.rules);
    return this.#scopes;
  }
}

function incompleteBy(fault: SourceFault | undefined): ToResolve['incomplete'] {
  return fault === undefined ? undefined : { reason: fault.message, place: fault.place };
}
