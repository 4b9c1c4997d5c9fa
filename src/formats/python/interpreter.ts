import type { ExprNode, StmtNode } from 'py-ast';
import type { TracedText } from '../../text/traced-text.ts';
import type { Span } from './python-source.ts';
import type { Scope } from './scope.ts';
import type { PyModule, PyValue } from './value.ts';

/** One evaluation: its parts call one another through this, and share its bounds. */
export interface Interpreter {
  readonly inputs: Inputs;
  evaluate(node: ExprNode, scope: Scope): PyValue;
  execute(body: readonly StmtNode[], scope: Scope): Completion;
  call(callee: PyValue, args: CallArguments, at: Span): PyValue;
  /** Throws `OutOfBounds` when the evaluation as a whole has taken more than its steps. */
  spend(steps: number): void;
  attributeOfModule(module: PyModule, name: string, at: Span): PyValue;
}

/** What the evaluated code asks the outside for. Left out or undefined: unknown. */
export interface Inputs {
  /** The value of an environment variable, or null when it is not set. */
  environmentVariable?(name: string): TracedText | null | undefined;
  /** The content of a file, or null when there is none. */
  fileContent?(path: string): TracedText | null | undefined;
  /** The source of another module, by its dotted name. */
  moduleSource?(name: string): { readonly file: string; readonly text: string } | undefined;
  /** Functions that are known natively, by their qualified name (`pkgpanda.build.hash_checkout`). */
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
  | { readonly kind: 'return'; readonly value: PyValue; readonly at: Span };
