import { readWords } from '../../../formats/command-line/read-words.ts';
import { TracedText } from '../../../text/traced-text.ts';
import type { Assigned, PropertyKind } from '../property.ts';
import { simplePath } from './path.ts';

interface WordsOptions {
  /** What `systemctl show` makes of a word; undefined: systemd ignores the word. */
  readonly read: (word: string) => string | undefined;
  /** A word that is there already is not added again. */
  readonly unique?: boolean;
  readonly sorted?: boolean;
}

/** A list that lines add to and an empty one resets. `systemctl show` separates by blanks and quotes where it must. */
export function words({ read, unique = false, sorted = false }: WordsOptions): PropertyKind {
  return {
    accumulates: true,
    begin: () => {
      const kept: string[] = [];
      const known = new Set<string>();
      return {
        assign(text): Assigned {
          if (text === '') return { operation: 'reset' };
          const added = wordsOf(text).flatMap((word) => read(word) ?? []);
          if (added.length === 0)
            return { operation: 'ignored', reason: `'${text}' has no word that can be used` };
          const operation = kept.length === 0 ? 'set' : 'append';
          for (const word of added) {
            if (!unique || !known.has(word)) kept.push(word);
            known.add(word);
          }
          return { operation };
        },
        shown: () => {
          if (kept.length === 0) return undefined;
          const inOrder = sorted ? [...kept].sort((a, b) => (a < b ? -1 : 1)) : kept;
          return inOrder.map(quoted).join(' ');
        },
      };
    },
  };
}

export function wordsOf(text: string): string[] {
  return readWords(TracedText.from(text, { kind: 'derived', rule: 'a list' }), 'list').words.map((word) =>
    word.text.toString(),
  );
}

/** As `systemctl show` writes a word of a list. Source: shell_maybe_quote() in src/basic/escape.c of systemd 252. */
export function quoted(word: string): string {
  const needsQuotes = word === '' || /[\s"'`\\$*?[({|&;<>)~\x00-\x1f\x7f]/.test(word);
  if (!needsQuotes) return word;
  return `"${word
    .replace(/["\\`$]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')}"`;
}

/** Absolute paths, each with the marks `-` (may be absent) and `+` (below the root directory) before it. */
export const paths: PropertyKind = words({
  read: (word) => {
    const marks = /^-?\+?/.exec(word)?.[0] ?? '';
    const path = simplePath(word.slice(marks.length));
    return path === undefined ? undefined : `${marks}${path}`;
  },
});
