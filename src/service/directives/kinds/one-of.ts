import type { PropertyKind } from '../property.ts';
import { scalar } from './scalar.ts';

/** One of systemd's words, case matters. */
export function oneOf(
  words: readonly string[],
  options: { readonly empty: 'ignored' | 'reset' } = { empty: 'ignored' },
): PropertyKind {
  return scalar(`one of ${words.join(', ')}`, (text) => (words.includes(text) ? text : undefined), options);
}

/** Words that `systemctl show` prints as numbers; the number itself may be written too. */
export function numbered(
  words: ReadonlyMap<string, number>,
  options: { readonly empty: 'ignored' | 'reset' },
  largest = -1,
): PropertyKind {
  return scalar(
    `one of ${[...words.keys()].join(', ')}`,
    (text) => {
      const number = words.get(text);
      if (number !== undefined) return String(number);
      return /^\d{1,3}$/.test(text) && Number(text) <= largest ? String(Number(text)) : undefined;
    },
    options,
  );
}
