import type { ExprNode, StmtNode } from 'py-ast';
import type { TracedText } from '../../text/traced-text.ts';
import type { Raised } from './faults.ts';
import type { Span } from './python-source.ts';
import type { Scope } from './scope.ts';
import type { PyModule, PyNative, PyUnknown, PyValue } from './value.ts';

/** One evaluation: its parts call one another through this, and share its bounds. */
export interface Interpreter {
  readonly inputs: Inputs;
  evaluate(node: ExprNode, scope: Scope): PyValue;
  execute(body: readonly StmtNode[], scope: Scope): Completion;
  call(callee: PyValue, args: CallArguments, at: Span): PyValue;
  /** Runs one level of calls deeper. Throws `Undecidable` where that is too deep. */
  nest<T>(at: Span, run: () => T): T;
  /** Which way each `a if test else b` that is returned went last; undefined before it is known. */
  readonly choices: Map<ExprNode, boolean | undefined>;
  /** The call that is being evaluated. */
  readonly at: Span;
  /** The exceptions that are being handled, innermost last. */
  readonly handled: Raised[];
  /** Throws `OutOfBounds` when the evaluation as a whole has taken more than its steps. */
  spend(steps: number): void;
  /** `value.name`. */
  attributeOf(value: PyValue, name: string, at: Span): PyValue;
  /** The builtin or library function of that qualified name, or the module that such functions are in. */
  native(name: string): PyNative | PyModule | undefined;
  attributeOfModule(module: PyModule, name: string, at: Span): PyValue;
  /** The names of another module; undefined when there is no source of it. */
  scopeOfModule(name: string): Scope | PyUnknown | undefined;
}

/** What the evaluated code asks the outside for. Left out or undefined: unknown. */
export interface Inputs {
  /** The value of an environment variable, or null when it is not set. */
  environmentVariable?(name: string): TracedText | null | undefined;
  /** The content of a file, or null when there is none. */
  fileContent?(path: string): TracedText | null | undefined;
  /** The names in a directory, or null when there is none. Left out altogether: what isn't a file isn't there. */
  directory?(path: string): readonly string[] | null | undefined;
  /** What a command prints on its standard output when it succeeds. */
  commandOutput?(words: readonly string[]): TracedText | undefined;
  /** The source of another module, by its dotted name. */
  moduleSource?(name: string): { readonly file: string; readonly text: string } | undefined;
  /** Functions that are known natively, by their qualified name (`lamp.build.digest`). */
  readonly natives?: Readonly<Record<string, NativeFunction>>;
}

export interface CallArguments {
  readonly args: readonly PyValue[];
  readonly keywords: ReadonlyMap<string, PyValue>;
}

export interface NativeCall extends CallArguments {
  /** The call expression: the rule and place of what it computes. */
  readonly at: Span;
  readonly interpreter: Interpreter;
}

export type NativeFunction = (call: NativeCall) => PyValue;

export type Completion =
  | { readonly kind: 'normal' | 'break' | 'continue' }
  | {
      readonly kind: 'return';
      readonly value: PyValue;
      readonly at: Span;
      /** The test that decided for this line. */
      readonly why?: string;
    };
