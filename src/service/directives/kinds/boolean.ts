import type { PropertyKind } from '../property.ts';
import { scalar } from './scalar.ts';

/** Source: parse_boolean() in src/basic/parse-util.c of systemd 252. */
export function parseBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  if (['1', 'yes', 'y', 'true', 't', 'on'].includes(lower)) return true;
  return ['0', 'no', 'n', 'false', 'f', 'off'].includes(lower) ? false : undefined;
}

export const boolean: PropertyKind = scalar('yes or no', (text) => {
  const value = parseBoolean(text);
  return value === undefined ? undefined : value ? 'yes' : 'no';
});

/** yes, no, or one of the words: `ProtectSystem=`, `RuntimeDirectoryPreserve=`. */
export function booleanOr(...words: readonly string[]): PropertyKind {
  return scalar(`yes, no or one of ${words.join(', ')}`, (text) => {
    if (words.includes(text)) return text;
    const value = parseBoolean(text);
    return value === undefined ? undefined : value ? 'yes' : 'no';
  });
}
