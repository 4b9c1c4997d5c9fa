export type MutantKind = 'sync' | 'inverse' | 'any';

/** One place in the source, and what stands there instead. */
export interface Mutant {
  readonly kind: MutantKind;
  /** In the checkout. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** What is replaced, on one line. */
  readonly text: string;
  /** For people: `removed`, `always`, `never` … */
  readonly how: string;
  /** The whole text of the file with what stands there instead. */
  readonly mutated: string;
}

export function titleOf({ file, line, text, how }: Mutant): string {
  return `${file}:${line} ${how}: ${text}`;
}
