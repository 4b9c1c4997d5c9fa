import type { Assigned, PropertyKind } from '../property.ts';
import { quoted, words, wordsOf } from './words.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** `Environment=`: of two assignments to one name the later counts, in the earlier one's place. */
export const environment: PropertyKind = {
  assign(before, text): Assigned {
    if (text === '') return { operation: 'reset' };
    const assignments = new Map<string, string>();
    for (const word of [...wordsOf(before ?? ''), ...wordsOf(text)]) {
      const equals = word.indexOf('=');
      const name = word.slice(0, Math.max(0, equals));
      if (NAME.test(name)) assignments.set(name, word);
    }
    if (assignments.size === 0) return { operation: 'ignored', reason: `'${text}' assigns nothing` };
    const value = [...assignments.values()].map(quoted).join(' ');
    return { operation: before === undefined ? 'set' : 'append', value };
  },
};

/** Names of variables; in `UnsetEnvironment=` assignments too. */
export const environmentNames: PropertyKind = words({
  read: (word) => (NAME.test(word.split('=')[0] ?? '') ? word : undefined),
  unique: true,
});
