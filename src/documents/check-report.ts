import { z } from 'zod';
import { apiVersionSchema, evidenceSchema } from './place.ts';

const checkResultSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  result: z.enum(['ok', 'fault', 'could-not-run']),
  /** How many items were looked at. */
  examined: z.int().nonnegative(),
  /** Why it could not run. */
  reason: z.string().optional(),
});

const findingSchema = z.strictObject({
  /** The id of the check that found it. */
  id: z.string(),
  severity: z.enum(['blocker', 'warning', 'note']),
  subject: z.string(),
  reason: z.string(),
  evidence: z.array(evidenceSchema),
  remedy: z.string(),
  /** The spec silences it: what it was, and the spec's reason. */
  silenced: z.strictObject({ was: z.enum(['blocker', 'warning']), reason: z.string() }).optional(),
});

const pointOfNoReturnSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  why: z.string(),
  accepted: z.boolean(),
});

/** What a replacement would break. */
export const checkReportSchema = z.strictObject({
  apiVersion: apiVersionSchema,
  kind: z.literal('CheckReport'),
  service: z.string(),
  /** What systemd starts, variables and specifiers put in. */
  commands: z.strictObject({ today: z.string(), tomorrow: z.string() }),
  verdict: z.enum(['ready', 'blocked', 'could-not-run']),
  checks: z.array(checkResultSchema),
  findings: z.array(findingSchema),
  pointsOfNoReturn: z.array(pointOfNoReturnSchema),
  notExamined: z.array(z.string()),
});

export type CheckReport = z.infer<typeof checkReportSchema>;
export type CheckResult = z.infer<typeof checkResultSchema>;
export type Finding = z.infer<typeof findingSchema>;
