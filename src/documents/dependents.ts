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
  /** Why every process of the machine may read it, where it is such a file. */
  readByAll: z.string().optional(),
  /** Processes that use the file at this moment; left out where nothing runs: in a root. */
  processes: z
    .array(
      z.strictObject({
        pid: z.number().int(),
        /** undefined where only root may know. */
        program: z.string().optional(),
        service: z.string().optional(),
        /** `maps-earlier`: it has mapped a file that had this name, and that was deleted or replaced since. */
        use: z.enum(['runs', 'maps', 'maps-earlier', 'has-open']),
      }),
    )
    .optional(),
  /** Lines elsewhere that name the path. */
  references: z.array(placeSchema),
  notExamined: z.array(z.string()),
});

export type Dependents = z.infer<typeof dependentsSchema>;
