import { z } from 'zod';

/** A finding that somebody has looked at and takes upon them. */
export const silenceSchema = z.strictObject({
  /** The id of the check. */
  check: z.string(),
  /** A part of the finding's subject; every finding of the check without it. */
  subject: z.string().optional(),
  reason: z.string(),
});

export type Silence = z.infer<typeof silenceSchema>;
