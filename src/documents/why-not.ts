import { z } from 'zod';
import { apiVersionSchema } from './place.ts';

const effectSchema = z.enum([
  /** systemd takes it, and nothing beats it. */
  'in-force',
  'no-effect',
  /** A comment, an empty line, a section's header. */
  'not-a-setting',
  /** Neither could be found out; the reason says why. */
  'unknown',
]);

const answerFields = {
  effect: effectSchema,
  /** For people: why it has no effect, or what it does. */
  reason: z.string(),
  /** What decides it: the line that beats this one, the file that hides this one. */
  because: z
    .strictObject({
      file: z.string(),
      line: z.int().positive().optional(),
      column: z.int().positive().optional(),
    })
    .optional(),
  /** What to type next. */
  next: z.string().optional(),
};

/** Whether a line of a file, or each line of it, has an effect on a service, and why not. */
export const whyNotSchema = z.strictObject({
  apiVersion: apiVersionSchema,
  kind: z.literal('WhyNot'),
  service: z.string(),
  file: z.string(),
  /** The line that was asked for; absent when it was the whole file. */
  line: z.int().positive().optional(),
  /** Of all that was asked for: `no-effect` if one setting among it has none, then `in-force` if one is. */
  effect: effectSchema,
  /** Said of the file as a whole, where systemd does not read it; `lines` is empty then. */
  whole: z.strictObject(answerFields).optional(),
  lines: z.array(
    z.strictObject({
      line: z.int().positive(),
      /** As it stands in the file, secrets masked unless asked for. */
      text: z.string(),
      ...answerFields,
    }),
  ),
  /** `parsed`: from the files alone; `observed`: the running systemd was asked, too. */
  confidence: z.enum(['parsed', 'observed']),
  notExamined: z.array(z.string()),
});

export type WhyNot = z.infer<typeof whyNotSchema>;
export type WhyNotAnswer = NonNullable<WhyNot['whole']>;
export type WhyNotLine = WhyNot['lines'][number];
