/** A regular expression of Python, parsed. Characters are code points. */
export type Pattern =
  | { readonly kind: 'one'; readonly accepts: (character: string) => boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly options: readonly Pattern[] }
  | { readonly kind: 'group'; readonly index: number; readonly inner: Pattern }
  | {
      readonly kind: 'repeat';
      readonly inner: Pattern;
      readonly least: number;
      readonly most: number;
      readonly lazy: boolean;
    }
  | { readonly kind: 'place'; readonly holds: (characters: readonly string[], at: number) => boolean }
  | { readonly kind: 'again'; readonly index: number; readonly ignoreCase: boolean }
  | {
      readonly kind: 'look';
      readonly inner: Pattern;
      readonly negated: boolean;
      readonly behind: number | undefined;
    };

export interface ParsedPattern {
  readonly root: Pattern;
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
}

export interface PatternFlags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly verbose: boolean;
  readonly ascii: boolean;
}

/** The bits of `re.A`, `re.I`, `re.M`, `re.S`, `re.X`. */
export function flagsOf(bits: number): PatternFlags {
  return {
    ascii: (bits & 256) !== 0,
    ignoreCase: (bits & 2) !== 0,
    multiline: (bits & 8) !== 0,
    dotAll: (bits & 16) !== 0,
    verbose: (bits & 64) !== 0,
  };
}

/** How many characters a pattern matches, when that is always the same number. */
export function widthOf(pattern: Pattern): number | undefined {
  switch (pattern.kind) {
    case 'one':
      return 1;
    case 'sequence':
      return pattern.parts.reduce<number | undefined>((sum, part) => added(sum, widthOf(part)), 0);
    case 'choice': {
      const [first, ...others] = pattern.options.map(widthOf);
      return others.every((width) => width === first) ? first : undefined;
    }
    case 'group':
      return widthOf(pattern.inner);
    case 'repeat': {
      const inner = widthOf(pattern.inner);
      return inner !== undefined && pattern.least === pattern.most ? inner * pattern.least : undefined;
    }
    case 'place':
    case 'look':
      return 0;
    case 'again':
      return undefined;
  }
}

function added(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}
