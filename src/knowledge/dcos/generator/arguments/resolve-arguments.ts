import type { CallResult, EvaluatedModule } from '../../../../formats/python/evaluate-module.ts';
import type { PyFunction, PyValue } from '../../../../formats/python/value.ts';
import type { Place } from '../../../../text/place.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import type { Condition, Setter } from './setter.ts';

/** What became of an argument of the generator. */
export type Argument =
  | {
      readonly kind: 'value';
      readonly text: TracedText;
      readonly setter: Setter;
      /** Whether the operator's config can have had no influence on it. */
      readonly settled: boolean;
    }
  /** It depends on something that the sources don't tell. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** The generator would have stopped here. */
  | { readonly kind: 'error'; readonly message: string; readonly place?: Place };

const LONGEST_CHAIN = 200;

/**
 * Finds the value of arguments as the generator does, depth first and each once (DFSArgumentCalculator of
 * gen/__init__.py at 1.7). With `configKnown` false the operator's config may hold more than the setters say: an
 * argument that has no other setter is unknown then, and a default is taken, but is not settled.
 */
export class ArgumentResolver {
  readonly #module: Pick<EvaluatedModule, 'call'>;
  readonly #setters: ReadonlyMap<string, readonly Setter[]>;
  readonly #configKnown: boolean;
  readonly #found = new Map<string, Argument>();
  readonly #inProgress = new Set<string>();

  constructor(module: Pick<EvaluatedModule, 'call'>, setters: readonly Setter[], configKnown: boolean) {
    this.#module = module;
    this.#setters = byName(setters);
    this.#configKnown = configKnown;
  }

  get(name: string): Argument {
    const found = this.#found.get(name);
    if (found !== undefined) return found;
    if (this.#inProgress.has(name)) return { kind: 'error', message: `${name} is calculated from itself` };
    if (this.#inProgress.size >= LONGEST_CHAIN) {
      return { kind: 'error', message: `${name} is calculated over too many steps` };
    }
    this.#inProgress.add(name);
    const argument = this.#resolve(name);
    this.#inProgress.delete(name);
    this.#found.set(name, argument);
    return argument;
  }

  /** All arguments that were asked for so far, also by other arguments. */
  found(): ReadonlyMap<string, Argument> {
    return this.#found;
  }

  #resolve(name: string): Argument {
    const candidates = this.#setters.get(name) ?? [];
    const feasible: Candidate[] = [];
    const undecided: { setter: Setter; reason: string }[] = [];
    for (const setter of candidates) {
      const holds = this.#conditionsHold(setter.conditions);
      if (holds.kind === 'error') return holds;
      if (holds.kind === 'unknown') undecided.push({ setter, reason: holds.reason });
      else if (holds.holds) feasible.push({ setter, settled: holds.settled });
    }
    return this.#choose(name, feasible, undecided);
  }

  #choose(
    name: string,
    feasible: readonly Candidate[],
    undecided: readonly { setter: Setter; reason: string }[],
  ): Argument {
    const musts = feasible.filter(({ setter }) => !setter.optional);
    const [must, ...otherMusts] = musts;
    if (must !== undefined) {
      if (otherMusts.length === 0) return this.#calculate(must.setter, must.settled);
      if (musts.length === 2 && musts.some(({ setter }) => setter.user)) {
        return { kind: 'error', message: `${name} must be calculated, but the config sets it` };
      }
      return { kind: 'error', message: `there are ${musts.length} ways to set ${name}` };
    }
    const [doubt] = undecided;
    if (doubt !== undefined) return { kind: 'unknown', reason: doubt.reason };
    const [fallback, ...otherDefaults] = feasible;
    if (fallback === undefined) {
      return this.#configKnown
        ? { kind: 'error', message: `nothing sets ${name}` }
        : { kind: 'unknown', reason: "only the operator's config says it" };
    }
    if (otherDefaults.length > 0) return { kind: 'error', message: `${name} has more than one default` };
    return this.#calculate(fallback.setter, this.#configKnown && fallback.settled);
  }

  /** In order, up to the first that doesn't hold. */
  #conditionsHold(conditions: readonly Condition[]): Holds {
    let settled = true;
    for (const { name, value } of conditions) {
      const argument = this.get(name);
      if (argument.kind === 'error') return argument;
      if (argument.kind === 'unknown') {
        return { kind: 'unknown', reason: `it depends on ${name}: ${argument.reason}` };
      }
      settled &&= argument.settled;
      if (argument.text.toString() !== value) return { kind: 'decided', holds: false, settled };
    }
    return { kind: 'decided', holds: true, settled };
  }

  #calculate(setter: Setter, settled: boolean): Argument {
    const { value } = setter;
    if (value.kind === 'unknown') return { kind: 'unknown', reason: value.reason };
    if (value.kind === 'text') return this.#argument(value.text, setter, settled);
    const keywords = new Map<string, PyValue>();
    let allSettled = settled;
    for (const parameter of value.parameters) {
      const argument = this.get(parameter);
      if (argument.kind === 'error') return argument;
      if (argument.kind === 'unknown') {
        return { kind: 'unknown', reason: `it is calculated from ${parameter}: ${argument.reason}` };
      }
      allSettled &&= argument.settled;
      keywords.set(parameter, { kind: 'str', text: argument.text });
    }
    return this.#called(value.callee, keywords, setter, allSettled);
  }

  #called(
    callee: PyFunction,
    keywords: ReadonlyMap<string, PyValue>,
    setter: Setter,
    settled: boolean,
  ): Argument {
    const result: CallResult = this.#module.call(callee, keywords);
    if (result.kind === 'raised') {
      const message = result.type === 'AssertionError' ? result.message : `${result.type}: ${result.message}`;
      return { kind: 'error', message, place: result.place };
    }
    const { value } = result;
    if (value.kind === 'str') return this.#argument(value.text, setter, settled);
    if (value.kind === 'unknown') return { kind: 'unknown', reason: value.reason };
    return { kind: 'error', message: `${setter.name} is a ${value.kind}, not a string` };
  }

  #argument(text: TracedText, setter: Setter, settled: boolean): Argument {
    const { written, name } = setter;
    const traced = written === undefined ? text : text.through({ kind: 'expression', name, ...written });
    return { kind: 'value', text: traced, setter, settled };
  }
}

interface Candidate {
  readonly setter: Setter;
  readonly settled: boolean;
}

type Holds =
  | { readonly kind: 'decided'; readonly holds: boolean; readonly settled: boolean }
  | Exclude<Argument, { kind: 'value' }>;

function byName(setters: readonly Setter[]): Map<string, Setter[]> {
  const grouped = new Map<string, Setter[]>();
  for (const setter of setters) {
    const same = grouped.get(setter.name);
    if (same === undefined) grouped.set(setter.name, [setter]);
    else same.push(setter);
  }
  return grouped;
}
