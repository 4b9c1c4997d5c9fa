import { z } from 'zod';
import { apiVersionSchema } from './place.ts';
import { traceSchema } from './trace.ts';

/** Where the values of all services of a host come from. */
export const hostTraceSchema = z.strictObject({
  apiVersion: apiVersionSchema,
  kind: z.literal('HostTrace'),
  services: z.array(
    z.strictObject({
      service: z.string(),
      /** Other names of the same unit. */
      aliases: z.array(z.string()),
      traces: z.array(traceSchema),
    }),
  ),
  /** Templates of which no instance is enabled or has a drop-in: they have no settings of their own. */
  templates: z.array(z.string()),
  /** Units that are masked, that systemd could not load or whose files can't be read, and why. */
  notRead: z.array(z.strictObject({ unit: z.string(), reason: z.string() })),
  notExamined: z.array(z.string()),
});

export type HostTrace = z.infer<typeof hostTraceSchema>;
export type ServiceTraces = HostTrace['services'][number];
