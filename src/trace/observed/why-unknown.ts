import type { TracedText } from '../../text/traced-text.ts';

/** Why the files do not tell a value whole, and it can't be compared; undefined where they do. */
export function whyUnknown({ slices }: TracedText): string | undefined {
  const unknown = slices.find(({ origin }) => origin.kind === 'unknown');
  return unknown?.origin.kind === 'unknown' ? unknown.origin.reason : undefined;
}
