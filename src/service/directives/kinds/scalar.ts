import type { Assigned, PropertyKind, Unknown } from '../property.ts';

interface ScalarOptions {
  /** What an empty value does; most parsers of systemd ignore it. `unset`: no value, nor what holds without a line. */
  readonly empty: 'ignored' | 'reset' | 'unset';
}

/** A property that the last valid line decides. `read` gives what `systemctl show` prints; undefined: systemd ignores it. */
export function scalar(
  what: string,
  read: (text: string) => string | Unknown | undefined,
  { empty }: ScalarOptions = { empty: 'ignored' },
): PropertyKind {
  return {
    accumulates: false,
    begin: (initial) => {
      let value: string | Unknown | undefined = initial;
      return {
        shown: () => value,
        assign(text): Assigned {
          if (text === '' && empty === 'reset') return { operation: 'reset' };
          const found = read(text);
          if (found === undefined && !(text === '' && empty === 'unset'))
            return { operation: 'ignored', reason: `'${text}' is not ${what}` };
          value = found;
          return { operation: 'set' };
        },
      };
    },
  };
}

export const RESETS_WHEN_EMPTY = { empty: 'reset' } as const;
