/**
 * Something that is otherwise in one release than in another, as data. It applies when today's release is in `from`,
 * tomorrow's in `to` and `when` holds for the configuration of tomorrow.
 */
export interface ReleaseRule {
  readonly id: string;
  /** `<1.0.0`, `>=1.0.0` or `*`. */
  readonly from: string;
  readonly to: string;
  readonly severity: 'blocker' | 'warning' | 'note';
  readonly subject: string;
  /** What happens, beginning with what the agent or its surroundings do. */
  readonly reason: string;
  readonly remedy: string;
  /** Document, commit, or file and release. */
  readonly source: string;
  readonly when?: Condition;
}

/** Asked of the agent of tomorrow. */
export type Condition =
  /** The flag is given, with one of `values` when these are there. */
  | { readonly flag: string; readonly values?: readonly string[] }
  /** The flag's value, given or compiled in, is a list with this name, or one that begins so (`…/`). */
  | { readonly list: string; readonly has: string }
  /** The environment of the agent has the variable; with a `*` at the end, one that begins so. */
  | { readonly variable: string }
  /** A module of this kind is loaded. */
  | { readonly module: string }
  /** A checkpoint of an agent is there. */
  | { readonly state: 'agent' }
  | { readonly file: string }
  | { readonly all: readonly Condition[] }
  | { readonly not: Condition };
