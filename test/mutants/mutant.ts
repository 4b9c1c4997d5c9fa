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
  /** Offsets in the file's text. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

export function mutated(source: string, { start, end, replacement }: Mutant): string {
  return source.slice(0, start) + replacement + source.slice(end);
}

export function titleOf({ file, line, text, how }: Mutant): string {
  return `${file}:${line} ${how}: ${text}`;
}
