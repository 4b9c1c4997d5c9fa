import { RESETS_WHEN_EMPTY, scalar } from './scalar.ts';

/** Any text; an empty one takes it away. */
export const text = scalar('a text', (value) => value, RESETS_WHEN_EMPTY);
