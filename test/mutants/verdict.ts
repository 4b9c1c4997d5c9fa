export type Verdict =
  | { readonly result: 'killed'; readonly by: string }
  | { readonly result: 'survived'; readonly tried: readonly string[] }
  /** The runs of the scene make no use of it. */
  | { readonly result: 'not reached' };
