import { z } from 'zod';

/** A position in a file as seen inside the root; lines and columns count from 1. */
export const placeSchema = z.strictObject({
  file: z.string(),
  line: z.int().positive(),
  column: z.int().positive(),
});

/** Where something is written, or in words how it was found. */
export const evidenceSchema = z.union([placeSchema, z.strictObject({ how: z.string() })]);

export type Evidence = Readonly<z.infer<typeof evidenceSchema>>;

export const apiVersionSchema = z.literal('cutover/v1');
