import { z } from 'zod';

const ownership = { path: z.string(), uid: z.int(), gid: z.int(), mtimeNs: z.string() };
/** Left out when there are none, or when they could not be read (said in `notExamined`). */
const attributes = z.record(z.string(), z.string()).optional();

/** What stands at a path, in every respect that a rollback brings back. See docs/format/journal.md. */
export const entrySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('absent'), path: z.string() }),
  z.strictObject({
    type: z.literal('file'),
    ...ownership,
    mode: z.int(),
    size: z.int().nonnegative(),
    sha256: z.string(),
    linkedWith: z.string().optional(),
    attributes,
  }),
  z.strictObject({ type: z.literal('directory'), ...ownership, mode: z.int(), attributes }),
  z.strictObject({ type: z.literal('link'), ...ownership, target: z.string(), attributes }),
  z.strictObject({ type: z.literal('other'), ...ownership, mode: z.int(), attributes }),
]);

export type Entry = Readonly<z.infer<typeof entrySchema>>;
