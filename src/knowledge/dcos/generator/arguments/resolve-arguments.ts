import type { EvaluatedModule } from '../../../../formats/python/evaluate-module.ts';
import type { Place } from '../../../../text/place.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import type { Argument, UnknownArgument } from './argument.ts';
import { callFunction, type CallRules } from './call-function.ts';
import { chooseSetter } from './choose-setter.ts';
import { crash, type Crash } from './crash.ts';
import { placeholderFor } from './late.ts';
import { recordedArgument } from './recorded-argument.ts';
import { type Condition, type Setter, whyItCounts } from './setter.ts';

/** What arguments are resolved from. */
export interface ToResolve {
  readonly module: Pick<EvaluatedModule, 'call'>;
  /** All setters of an argument, in the generator's order. */
  setters(name: string): readonly Setter[];
  readonly rules: CallRules;
  /** False: the operator's config may hold more than the setters say. */
  readonly configKnown: boolean;
  /** Why there may be more setters in the sources than could be read, and where. */
  readonly incomplete?: { readonly reason: string; readonly place: Place } | undefined;
  /** What the node itself says that an argument was. */
  recorded?(name: string): TracedText | undefined;
  /** What its validators say to a value; left out where they aren't asked. */
  validate?(name: string, text: TracedText): Extract<Argument, { kind: 'error' }> | undefined;
}

const LONGEST_CHAIN = 200;

/** An argument, or that it is being resolved just now. */
type Found = Argument | { readonly kind: 'cycle' };

/**
 * Finds the value of arguments as the generator does, depth first and each once (DFSArgumentCalculator of
 * gen/__init__.py up to 1.8, Resolver of gen/internals.py from 1.9). Where the operator's config isn't known, an
 * argument without another setter is unknown, and a default is taken, but is not settled.
 */
export class ArgumentResolver {
  readonly #from: ToResolve;
  readonly #found = new Map<string, Argument>();
  /** Those being resolved, outermost first. */
  readonly #stack: string[] = [];
  #crash: Crash | undefined;

  constructor(from: ToResolve) {
    this.#from = from;
  }

  get(name: string): Argument {
    const found = this.#find(name);
    return found.kind === 'cycle' ? { kind: 'skipped', because: name } : found;
  }

  /** All arguments that were asked for so far, also by other arguments. */
  found(): ReadonlyMap<string, Argument> {
    return this.#found;
  }

  /** The first that would have stopped the generator altogether. */
  get crash(): Crash | undefined {
    return this.#crash;
  }

  #find(name: string): Found {
    const found = this.#found.get(name);
    if (found !== undefined) return found;
    if (this.#stack.includes(name)) return { kind: 'cycle' };
    if (this.#stack.length >= LONGEST_CHAIN) {
      return { kind: 'unknown', reason: `${name} is calculated over too many steps` };
    }
    this.#stack.push(name);
    const argument = this.#orRecorded(name, this.#resolve(name));
    this.#stack.pop();
    this.#found.set(name, argument);
    if (argument.kind === 'error') this.#crash ??= argument.crash;
    return argument;
  }

  #resolve(name: string): Argument {
    const feasible: Setter[] = [];
    const unsettled = new Set<Setter>();
    const doubtful: Setter[] = [];
    let doubt: UnknownArgument | undefined;
    for (const setter of this.#from.setters(name)) {
      const holds = this.#conditionsHold(setter.conditions);
      if (holds.kind === 'stop') return holds.argument;
      if (holds.kind === 'unknown') {
        doubt ??= holds.unknown;
        doubtful.push(setter);
      } else if (holds.holds) {
        feasible.push(setter);
        if (!holds.settled) unsettled.add(setter);
      }
    }
    const musts = feasible.filter(({ optional }) => !optional);
    if (musts.length === 0 && doubt !== undefined) {
      const calculated = doubtful.find(({ optional, user }) => !optional && !user);
      return calculated === undefined ? doubt : { ...doubt, setter: calculated };
    }
    if (feasible.length === 0) return this.#withoutSetter();
    const choice = chooseSetter(name, feasible, this.#from.rules, (setter) => this.#isLate(setter));
    if (choice.kind === 'error') return choice;
    const { setter } = choice;
    const mayBeOverridden =
      setter.optional && (!this.#from.configKnown || this.#from.incomplete !== undefined);
    return this.#validated(this.#calculate(setter, !mayBeOverridden && !unsettled.has(setter)));
  }

  #withoutSetter(): Argument {
    const { incomplete, configKnown } = this.#from;
    if (incomplete !== undefined) return { kind: 'unknown', cause: 'sources', ...incomplete };
    return configKnown
      ? { kind: 'unset' }
      : { kind: 'unknown', cause: 'config', reason: "only the operator's config says it" };
  }

  /** In order, up to the first that doesn't hold. */
  #conditionsHold(conditions: readonly Condition[]): Holds {
    let settled = true;
    for (const { name, value } of conditions) {
      const argument = this.#find(name);
      if (argument.kind === 'unknown') {
        return { kind: 'unknown', unknown: because(`it depends on ${name}`, argument) };
      }
      if (argument.kind === 'cycle') return { kind: 'stop', argument: this.#cycleOverCondition(name) };
      if (argument.kind !== 'value') return { kind: 'stop', argument: { kind: 'skipped', because: name } };
      settled &&= argument.settled;
      if (argument.text.toString() !== value) return { kind: 'decided', holds: false, settled };
    }
    return { kind: 'decided', holds: true, settled };
  }

  #calculate(setter: Setter, settled: boolean): Argument {
    const { value, name } = setter;
    switch (value.kind) {
      case 'unknown':
        return { ...value, setter };
      case 'text':
        return this.#argument(value.text, setter, settled);
      case 'late':
        return { ...this.#argument(placeholderFor(name, setter.written), setter, settled), isLate: true };
      case 'function':
        break;
    }
    const calledWith = new Map<string, TracedText>();
    let allSettled = settled;
    let failed: Argument | undefined;
    for (const parameter of value.parameters) {
      const argument = this.#find(parameter);
      if (argument.kind === 'cycle') return this.#cycleOverParameter(parameter);
      if (argument.kind === 'value' && argument.isLate === true) {
        return { ...this.#argument(placeholderFor(name, setter.written), setter, settled), isLate: true };
      }
      if (argument.kind === 'value') {
        allSettled &&= argument.settled;
        calledWith.set(parameter, argument.text);
      } else {
        failed ??=
          argument.kind === 'unknown'
            ? { ...because(`it is calculated from ${parameter}`, argument), setter }
            : { kind: 'skipped', because: parameter };
        // Up to 1.8 the others are not looked at any more.
        if (!this.#from.rules.isResolver) return failed;
      }
    }
    if (failed !== undefined) return failed;
    const called = callFunction(this.#from.module, value.callee, calledWith, name, this.#from.rules);
    if (called.kind === 'unknown') return { ...called, setter };
    if (called.kind === 'error' && !allSettled) return mayNotHold(called.message, setter);
    if (called.kind === 'error') return { ...called, setter };
    return { ...this.#argument(called.text, setter, allSettled), calledWith };
  }

  #argument(text: TracedText, setter: Setter, settled: boolean): Extract<Argument, { kind: 'value' }> {
    const { written, name } = setter;
    const place = written?.place ?? setter.place;
    if (place === undefined) return { kind: 'value', text, setter, settled };
    const said = written?.text ?? text.toString();
    const hop = { kind: 'expression', name, place, text: said, why: whyItCounts(setter) } as const;
    return { kind: 'value', text: text.through(hop), setter, settled };
  }

  #validated(argument: Argument): Argument {
    if (argument.kind !== 'value' || argument.isLate === true) return argument;
    return this.#from.validate?.(argument.setter.name, argument.text) ?? argument;
  }

  #orRecorded(name: string, argument: Argument): Argument {
    const recorded = this.#from.recorded?.(name);
    if (recorded === undefined) return argument;
    return recordedArgument(name, argument, recorded, this.#from);
  }

  #isLate(setter: Setter): boolean {
    if (setter.value.kind !== 'function') return false;
    return setter.value.parameters.some((parameter) => {
      const argument = this.#find(parameter);
      return argument.kind === 'value' && argument.isLate === true;
    });
  }

  #cycleOverParameter(name: string): Argument {
    if (!this.#from.rules.isResolver) return { kind: 'skipped', because: name };
    const stack = `[${this.#stack.map((one) => `'${one}'`).join(', ')}]`;
    const said =
      "Internal error: config calculation cycle detected. Name shouldn't repeat in the eval stack.";
    return { kind: 'error', message: `${said} name: ${name} eval_stack: ${stack}` };
  }

  #cycleOverCondition(name: string): Argument {
    if (!this.#from.rules.isResolver) return { kind: 'skipped', because: name };
    const said = "_ensure_finalized is supposed to always finalize a resolvable but didn't";
    const message = `${said}: <Resolvable name: ${name}, state: unresolved>`;
    const at = this.#from.rules.placeOf('assert resolvable.is_finalized, "_ensure_finalized');
    const unexpected = `Unexpected exception: ${message}`;
    return { kind: 'error', message: unexpected, crash: crash('AssertionError', message, at) };
  }
}

type Holds =
  | { readonly kind: 'decided'; readonly holds: boolean; readonly settled: boolean }
  | { readonly kind: 'unknown'; readonly unknown: UnknownArgument }
  | { readonly kind: 'stop'; readonly argument: Argument };

/** What follows from another argument that isn't known; the setter of that one is not its own. */
function because(what: string, unknown: UnknownArgument): UnknownArgument {
  return { ...unknown, setter: undefined, reason: `${what}: ${unknown.reason}` };
}

/** With another config than what is known of it, a function may not raise what it raises now. */
function mayNotHold(message: string, setter: Setter): UnknownArgument {
  const reason = `with what is known of the operator's config the generator would have stopped: ${message}`;
  return { kind: 'unknown', cause: 'config', reason, setter };
}
