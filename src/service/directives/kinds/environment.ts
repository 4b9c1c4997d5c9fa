import type { Assigned, PropertyKind } from '../property.ts';
import { quoted, words, wordsOf } from './words.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** `Environment=`: of two assignments to one name the later counts, in the earlier one's place. */
export const environment: PropertyKind = {
  accumulates: true,
  begin: () => {
    const assignments = new Map<string, string>();
    return {
      assign(text): Assigned {
        if (text === '') return { operation: 'reset' };
        const added = wordsOf(text).filter((word) => NAME.test(nameOf(word)));
        if (added.length === 0) return { operation: 'ignored', reason: `'${text}' assigns nothing` };
        const operation = assignments.size === 0 ? 'set' : 'append';
        for (const word of added) assignments.set(nameOf(word), word);
        return { operation };
      },
      shown: () => (assignments.size === 0 ? undefined : [...assignments.values()].map(quoted).join(' ')),
    };
  },
};

function nameOf(assignment: string): string {
  return assignment.slice(0, Math.max(0, assignment.indexOf('=')));
}

/** Names of variables; in `UnsetEnvironment=` assignments too. */
export const environmentNames: PropertyKind = words({
  read: (word) => (NAME.test(word.split('=')[0] ?? '') ? word : undefined),
  unique: true,
});
