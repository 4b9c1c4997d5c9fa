import { z } from 'zod';
import { edgeKindSchema } from './inspection.ts';
import { apiVersionSchema, evidenceSchema, placeSchema } from './place.ts';

const stepSchema = z.strictObject({
  kind: edgeKindSchema,
  label: z.string().optional(),
  /** What the edge leads to: a path, or a name. */
  to: z.string(),
  evidence: evidenceSchema,
});

/** Who on a host would notice if a file changed. */
export const dependentsSchema = z.strictObject({
  apiVersion: apiVersionSchema,
  kind: z.literal('Dependents'),
  path: z.string(),
  /** The file itself, with every link followed; null when nothing is there. */
  realPath: z.string().nullable(),
  services: z.array(
    z.strictObject({
      service: z.string(),
      /** The shortest way from the service to the file. */
      way: z.array(stepSchema),
    }),
  ),
  /** Lines elsewhere that name the path. */
  references: z.array(placeSchema),
  notExamined: z.array(z.string()),
});

export type Dependents = z.infer<typeof dependentsSchema>;
