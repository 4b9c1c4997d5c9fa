export type Verdict =
  | { readonly result: 'killed'; readonly by: string }
  | { readonly result: 'survived'; readonly tried: readonly string[] }
  /** The runs of the scene make no use of it. */
  | { readonly result: 'not reached' }
  /** The test machine is lost, and nobody knows whether the mutant is to blame: a busy outer machine can be. */
  | { readonly result: 'undecided'; readonly why: string };

/** A message of the test machine itself, not of what runs on it. */
export function isLoss(message: string): boolean {
  return /^Machine \S+ (did not boot|is off|is on)/.test(message);
}
