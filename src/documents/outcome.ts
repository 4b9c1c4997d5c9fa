import { z } from 'zod';
import { apiVersionSchema } from './place.ts';

export const differenceSchema = z.strictObject({
  path: z.string(),
  what: z.string(),
  expected: z.string(),
  found: z.string(),
});

export const acceptedDifferenceSchema = z.strictObject({
  /** The point of no return; `accepted-by-operator` for what --accept-differences is content with. */
  id: z.string(),
  path: z.string(),
  difference: z.string(),
});

export const gateReportSchema = z.strictObject({
  passed: z.boolean(),
  /** Each condition with its last answer. */
  conditions: z.array(z.strictObject({ title: z.string(), holds: z.boolean(), detail: z.string() })),
  /** The service's last log lines, kept when the gate failed. */
  log: z.array(z.string()),
});

export const keptSchema = z.strictObject({
  path: z.string(),
  /** Where what stood there is now. */
  copy: z.string(),
});

/** How a change ended. There is no other end. */
export const outcomeSchema = z.strictObject({
  apiVersion: apiVersionSchema,
  kind: z.literal('Outcome'),
  change: z.string(),
  service: z.string(),
  direction: z.enum(['apply', 'rollback']),
  state: z.enum(['committed', 'awaiting-confirmation', 'rolled-back', 'needs-operator']),
  reason: z.string(),
  verified: z.strictObject({
    items: z.int().nonnegative(),
    differences: z.array(differenceSchema),
    /** Differences that were accepted at a point of no return. */
    accepted: z.array(acceptedDifferenceSchema),
    notExamined: z.array(z.string()),
  }),
  /** `rolled-back`: not everything could be put back, and the operator was content with that. */
  leftAsItIs: z.literal(true).optional(),
  /** What somebody worked on since the change wrote it, and the way back has replaced; left out for none. */
  kept: z.array(keptSchema).optional(),
  /** How the trial start went, where one was made. */
  trial: gateReportSchema.optional(),
  /** The gate of the change. */
  gate: gateReportSchema.optional(),
  /** The gate after going back. */
  gateBack: gateReportSchema.optional(),
  downtimeMs: z.number().nonnegative(),
  journal: z.string(),
  /** `awaiting-confirmation`: when it is taken back by itself; ISO 8601, UTC. */
  confirmBefore: z.string().optional(),
});

const damagedSchema = z.strictObject({
  change: z.string(),
  /** Left out when the first record can't be trusted either. */
  service: z.string().optional(),
  journal: z.string(),
  reason: z.string(),
  next: z.string().optional(),
});

/** How each change ended that `recover` finished, in the order in which it did. */
export const recoverySchema = z.strictObject({
  apiVersion: apiVersionSchema,
  kind: z.literal('Recovery'),
  outcomes: z.array(outcomeSchema),
  /** Journals that can't be trusted: of their changes nothing was finished. Left out when there are none. */
  damaged: z.array(damagedSchema).optional(),
  /** Changes that had ended and need the operator: nothing was done about them. Left out when there are none. */
  needOperator: z.array(z.string()).optional(),
});

const changeSchema = z.strictObject({
  change: z.string(),
  service: z.string(),
  startedAt: z.string(),
  /** `interrupted`: it has no end and nobody is at work on it. */
  state: z.enum([
    'in-progress',
    'committed',
    'awaiting-confirmation',
    'rolled-back',
    'needs-operator',
    'interrupted',
  ]),
  /** Services run on their replacement while this is true. */
  inForce: z.boolean(),
  replacement: z.string().optional(),
  /** How many files it writes, replaces or removes, but for those that bring its settings about; left out for none. */
  files: z.int().positive().optional(),
  /** Directories and files of state that it keeps a copy of; left out for none. */
  snapshots: z.array(z.string()).optional(),
  journal: z.string(),
  /** Its way back was left where it was, as the operator accepted: not all of it is taken back, and its copies may be wanted. */
  leftAsItIs: z.literal(true).optional(),
  /** When it is taken back by itself unless it is confirmed. */
  confirmBefore: z.string().optional(),
  /** It is long past that, and was not taken back. */
  overdue: z.literal(true).optional(),
  /** Why it needs the operator, as its last end told; left out in every other state. */
  reason: z.string().optional(),
  /** `ActiveState=` now of the service of a change that was interrupted or needs the operator; left out in every other state, and where systemd does not say. */
  activeState: z.string().optional(),
});

/** What is swapped now, and what was. */
export const statusSchema = z.strictObject({
  apiVersion: apiVersionSchema,
  kind: z.literal('Status'),
  changes: z.array(changeSchema),
  /** Journals that can't be trusted; of what their changes did nothing is known. Left out when there are none. */
  damaged: z.array(damagedSchema).optional(),
});

export type Outcome = z.infer<typeof outcomeSchema>;
export type AcceptedDifference = z.infer<typeof acceptedDifferenceSchema>;
export type Kept = z.infer<typeof keptSchema>;
export type Difference = z.infer<typeof differenceSchema>;
export type GateReport = z.infer<typeof gateReportSchema>;
export type DamagedChange = z.infer<typeof damagedSchema>;
export type Recovery = z.infer<typeof recoverySchema>;
export type Status = z.infer<typeof statusSchema>;
export type ChangeStatus = z.infer<typeof changeSchema>;
