import type { PropertyKind } from '../property.ts';

interface ScalarOptions {
  /** What an empty value does; most parsers of systemd ignore it. */
  readonly empty: 'ignored' | 'reset';
}

/** A property that the last valid line decides. `read` gives what `systemctl show` prints, or undefined. */
export function scalar(
  what: string,
  read: (text: string) => string | undefined,
  { empty }: ScalarOptions = { empty: 'ignored' },
): PropertyKind {
  return {
    assign(_, text) {
      if (text === '' && empty === 'reset') return { operation: 'reset' };
      const value = read(text);
      return value === undefined
        ? { operation: 'ignored', reason: `'${text}' is not ${what}` }
        : { operation: 'set', value };
    },
  };
}

export const RESETS_WHEN_EMPTY = { empty: 'reset' } as const;
