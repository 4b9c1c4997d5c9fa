import type { ExprNode, StmtNode } from 'py-ast';
import type { Place } from '../../text/place.ts';
import { attributeOf } from './attribute.ts';
import { call } from './call.ts';
import { evaluateNode } from './expression.ts';
import { OutOfBounds, Raised, Undecidable } from './faults.ts';
import { giveUpCode, giveUpStatement } from './give-up.ts';
import type { CallArguments, Completion, Inputs, Interpreter } from './interpreter.ts';
import { carry, unknown } from './make.ts';
import { nativeNamed } from './natives/native-named.ts';
import { preludeSource } from './natives/prelude.ts';
import { parsePython } from './parse-python.ts';
import type { Span } from './python-source.ts';
import type { Scope } from './scope.ts';
import { show } from './show.ts';
import { executeStatement } from './statement.ts';
import { instanceOf } from './types.ts';
import type { PyModule, PyNative, PyUnknown, PyValue } from './value.ts';
import { whyBehind } from './why-branch.ts';

/** Of the sources that this is for, the dearest call takes 98,000, executing the modules 1600. */
const MOST_STEPS = 300_000;
/** Of those, the dearest question takes 129,000 in all. */
const CALLS_OF_QUESTION = 2;
/** All questions of a run: so many steps of the dearest kinds take about a second. */
const CALLS_OF_RUN = 3;
const DEEPEST_CALL = 100;
/** Expressions that may leave out a part of themselves, or go through it many times. */
const BRANCHING: ReadonlySet<string> = new Set(['BoolOp', 'IfExp', 'ListComp', 'SetComp', 'DictComp']);
const LOOPS: ReadonlySet<string> = new Set([
  'For',
  'AsyncFor',
  'While',
  'ListComp',
  'SetComp',
  'DictComp',
  'GeneratorExp',
]);

/** What calling a function of an evaluated module came to. */
export type CallResult =
  | { readonly kind: 'value'; readonly value: PyValue }
  | { readonly kind: 'raised'; readonly type: string; readonly message: string; readonly place: Place };

/** A module after its statements were executed as far as they could be. */
export interface EvaluatedModule {
  /** The global of that name; undefined when there is none, unknown when the file isn't Python. */
  global(name: string): PyValue | undefined;
  /** Calls whatever can be called with keyword arguments. What can't be followed comes back as an unknown value. */
  call(callee: PyValue, keywords: ReadonlyMap<string, PyValue>): CallResult;
  /**
   * All that is called for one answer: it may take as many steps as two calls, as long as what was asked before left
   * any. A question inside another one is a part of it.
   */
  question<T>(ask: () => T): T;
  /** Since the last question began, or the module. */
  stepsSpent(): number;
}

/**
 * Executes a Python file in an interpreter that reaches nothing but `inputs`, and never throws. A statement that
 * can't be followed makes the names it would bind unknown, and the execution goes on behind it. `steps` bounds
 * the execution of the module, and each call by itself; twice as many bound a question, or all that is asked
 * outside of questions, and three times as many the module with all its questions. Where they are used up, the
 * place is that of the loop that did it.
 */
export function evaluateModule(
  file: string,
  text: string,
  inputs: Inputs,
  steps: number = MOST_STEPS,
): EvaluatedModule {
  const evaluation = new Evaluation(file, inputs, steps);
  const module = evaluation.execModule(file, text);
  return {
    global: (name) => (module.kind === 'unknown' ? module : evaluation.global(module, name)),
    call: (callee, keywords) => evaluation.callFromOutside(callee, keywords),
    question: (ask) => evaluation.question(ask),
    stepsSpent: () => evaluation.stepsSpent,
  };
}

class Evaluation implements Interpreter {
  readonly inputs: Inputs;
  readonly choices = new Map<ExprNode, boolean | undefined>();
  readonly handled: Raised[] = [];
  at: Span;
  /** Modules by name; undefined while one is being executed, or when there is no source of it. */
  readonly #modules = new Map<string, Scope | PyUnknown | undefined>();
  /** What the module may take, and each call. */
  readonly #allowed: number;
  #leftOfCall: number;
  #leftOfQuestion: number;
  #leftOfRun: number;
  #isAsked = false;
  #depth = 0;
  /** What was told when the steps of the call, the question or the run were first used up. */
  #outOf: { call?: OutOfBounds; question?: OutOfBounds; run?: OutOfBounds } = {};

  constructor(file: string, inputs: Inputs, steps: number) {
    this.inputs = inputs;
    this.at = { place: { file, line: 1, column: 1 }, text: '' };
    this.#allowed = steps;
    this.#leftOfCall = steps;
    this.#leftOfQuestion = steps * CALLS_OF_QUESTION;
    this.#leftOfRun = steps * CALLS_OF_RUN;
  }

  get stepsSpent(): number {
    return this.#allowed * CALLS_OF_QUESTION - this.#leftOfQuestion;
  }

  question<T>(ask: () => T): T {
    if (this.#isAsked) return ask();
    this.#isAsked = true;
    this.#leftOfQuestion = this.#allowed * CALLS_OF_QUESTION;
    delete this.#outOf.question;
    try {
      return ask();
    } finally {
      this.#isAsked = false;
    }
  }

  execModule(file: string, text: string, standIn?: () => Span): Scope | PyUnknown {
    const parsed = parsePython(file, text, standIn);
    if (parsed.kind === 'fault') {
      return { kind: 'unknown', reason: `not Python 3: ${parsed.message}`, place: parsed.place };
    }
    const scope: Scope = { kind: 'module', source: parsed.source, names: new Map(), parent: undefined };
    try {
      for (const statement of parsed.body) this.#executeGlobally(statement, scope);
    } catch (error) {
      return this.#asUnknown(error, { place: { file, line: 1, column: 1 }, text: '' });
    }
    return scope;
  }

  /** What was imported is read only now. */
  global(module: Scope, name: string): PyValue | undefined {
    try {
      return module.names.get(name)?.value;
    } catch (error) {
      return this.#asUnknown(error, this.at);
    }
  }

  callFromOutside(callee: PyValue, keywords: ReadonlyMap<string, PyValue>): CallResult {
    const at = placeOfCallable(callee) ?? this.at;
    this.at = at;
    const leftOfCall = this.#leftOfCall;
    const { call: outOfCall } = this.#outOf;
    this.#leftOfCall = this.#allowed;
    delete this.#outOf.call;
    try {
      return { kind: 'value', value: this.call(callee, { args: [], keywords }, at) };
    } catch (error) {
      return error instanceof Raised
        ? this.#raisedResult(error, at)
        : { kind: 'value', value: this.#asUnknown(error, at) };
    } finally {
      this.#depth = 0;
      this.#leftOfCall = leftOfCall;
      if (outOfCall === undefined) delete this.#outOf.call;
      else this.#outOf.call = outOfCall;
    }
  }

  evaluate(node: ExprNode, scope: Scope): PyValue {
    this.spend(1);
    try {
      return evaluateNode(node, scope, this);
    } catch (error) {
      if (!(error instanceof Undecidable)) throw tellLoop(error, node, scope);
      if (BRANCHING.has(node.nodeType)) giveUpCode(node, scope, error.unknown, this);
      return error.unknown;
    }
  }

  execute(body: readonly StmtNode[], scope: Scope): Completion {
    let behind: string | undefined;
    for (const statement of body) {
      this.spend(1);
      const end = this.#statement(statement, scope);
      if (end.kind === 'return' && end.why === undefined && behind !== undefined)
        return { ...end, why: behind };
      if (end.kind !== 'normal') return end;
      behind = whyBehind(statement, scope) ?? behind;
    }
    return { kind: 'normal' };
  }

  call(callee: PyValue, args: CallArguments, at: Span): PyValue {
    const before = this.at;
    this.at = at;
    try {
      return this.nest(at, () => call(callee, args, at, this));
    } catch (error) {
      if (error instanceof OutOfBounds) error.tell();
      throw error;
    } finally {
      this.at = before;
    }
  }

  nest<T>(at: Span, run: () => T): T {
    if (this.#depth >= DEEPEST_CALL)
      throw new Undecidable(unknown(`calls nested more than ${DEEPEST_CALL} deep`, at));
    this.#depth += 1;
    try {
      return run();
    } finally {
      this.#depth -= 1;
    }
  }

  spend(steps: number): void {
    // What is refused is not done: of the question only that is taken which the call still had.
    const done = Math.min(steps, Math.max(0, this.#leftOfCall));
    this.#leftOfQuestion -= done;
    this.#leftOfRun -= done;
    this.#leftOfCall -= steps;
    if (this.#leftOfRun < 0) throw (this.#outOf.run ??= new OutOfBounds());
    if (this.#leftOfQuestion < 0) throw (this.#outOf.question ??= new OutOfBounds());
    if (this.#leftOfCall < 0) throw (this.#outOf.call ??= new OutOfBounds());
  }

  attributeOf(value: PyValue, name: string, at: Span): PyValue {
    return attributeOf(value, name, at, this);
  }

  native(name: string): PyNative | PyModule | undefined {
    return nativeNamed(name, {});
  }

  attributeOfModule(module: PyModule, name: string, at: Span): PyValue {
    const qualified = `${module.name}.${name}`;
    const native = nativeNamed(qualified, this.inputs.natives ?? {});
    if (native !== undefined) return native;
    const scope = this.scopeOfModule(module.name, at);
    if (scope?.kind === 'unknown') return scope;
    const binding = scope?.names.get(name);
    if (binding !== undefined)
      return binding.hop === undefined ? binding.value : carry(binding.value, binding.hop, this);
    if (this.#hasModule(qualified)) return { kind: 'module', name: qualified };
    return unknown(`${qualified} isn't known`, at);
  }

  #executeGlobally(statement: StmtNode, scope: Scope): void {
    try {
      this.#statement(statement, scope);
    } catch (error) {
      giveUpStatement(statement, scope, this.#asUnknown(error, scope.source.span(statement)));
    }
  }

  #statement(statement: StmtNode, scope: Scope): Completion {
    try {
      return executeStatement(statement, scope, this);
    } catch (error) {
      throw tellLoop(error, statement, scope);
    }
  }

  scopeOfModule(name: string, at: Span = this.at): Scope | PyUnknown | undefined {
    if (this.#modules.has(name)) return this.#modules.get(name);
    this.#modules.set(name, undefined);
    const before = this.at;
    this.at = at;
    const own = preludeSource(name);
    const source = own === undefined ? this.inputs.moduleSource?.(name) : undefined;
    if (own !== undefined)
      this.#modules.set(
        name,
        this.execModule(name, own, () => this.at),
      );
    else if (source !== undefined) this.#modules.set(name, this.execModule(source.file, source.text));
    this.at = before;
    return this.#modules.get(name);
  }

  #hasModule(name: string): boolean {
    return preludeSource(name) !== undefined || this.inputs.moduleSource?.(name) !== undefined;
  }

  #raisedResult(raised: Raised, at: Span): CallResult {
    const { exception, place } = raised;
    try {
      const message = show(exception, { at, interpreter: this });
      return { kind: 'raised', type: exception.type, message, place };
    } catch (error) {
      return { kind: 'value', value: this.#asUnknown(error, at) };
    }
  }

  #asUnknown(error: unknown, at: Span): PyUnknown {
    if (error instanceof Undecidable) return error.unknown;
    if (error instanceof OutOfBounds) {
      error.settle();
      return unknown(error.message, error.loop ?? at);
    }
    if (error instanceof RangeError) {
      return unknown(
        /call stack/.test(error.message) ? 'nested too deeply' : 'a value of more than can be held',
        at,
      );
    }
    if (error instanceof Raised) {
      const result = this.#raisedResult(error, at);
      const message = result.kind === 'raised' ? `: ${result.message}` : '';
      return { kind: 'unknown', reason: `raises ${error.exception.type}${message}`, place: error.place };
    }
    throw error;
  }
}

/** The error, which of one that used up the steps then names the loop. */
function tellLoop(error: unknown, node: ExprNode | StmtNode, scope: Scope): unknown {
  if (error instanceof OutOfBounds && LOOPS.has(node.nodeType)) error.wasIn(scope.source.span(node));
  return error;
}

function placeOfCallable(callee: PyValue): Span | undefined {
  switch (callee.kind) {
    case 'function':
      return callee.scope.source.span(callee.node);
    case 'method':
      return placeOfCallable(callee.function);
    case 'class':
      return callee.at;
    default:
      return instanceOf(callee)?.class.at;
  }
}
