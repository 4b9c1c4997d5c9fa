import { z } from 'zod';

/** A position in a file as seen inside the root; lines and columns count from 1. */
export const placeSchema = z.strictObject({
  file: z.string(),
  line: z.int().positive(),
  column: z.int().positive(),
});

export const apiVersionSchema = z.literal('cutover/v1');
