import type { TracedText } from '../../../../text/traced-text.ts';
import { type Says, SourceOfSetters } from './source-of-setters.ts';

/** What the operator gave, as setters that nothing but a `must` goes before. */
export function userSource(says: Says, userArguments: ReadonlyMap<string, TracedText>): SourceOfSetters {
  const user = new SourceOfSetters(says, true);
  for (const [name, text] of userArguments) {
    const place = text.slices[0]?.origin.place;
    const value = { kind: 'text', text } as const;
    user.add({ name, value, optional: false, user: true, conditions: [], written: undefined, place });
  }
  return user;
}
