import { z } from 'zod';
import {
  gateReportSchema,
  differenceSchema,
  outcomeSchema,
  acceptedDifferenceSchema,
} from '../documents/outcome.ts';
import { backStepSchema, planSchema, stepSchema } from '../documents/plan.ts';
import { entrySchema } from './entry.ts';

/** The version that is written. */
export const JOURNAL_VERSION = 4;
/** Version 1 has no records of several steps; up to version 2 no way back has a guard, up to 3 nothing is copied while the service runs. */
export const KNOWN_VERSIONS = [1, 2, 3, JOURNAL_VERSION] as const;

export const directionSchema = z.enum(['apply', 'rollback']);

const unitFactsSchema = z.strictObject({
  loadState: z.string(),
  activeState: z.string(),
  subState: z.string(),
  mainPid: z.int(),
  activeSince: z.number().optional(),
  activeUntil: z.number().optional(),
  startingSince: z.number().optional(),
  restarts: z.int(),
  fragmentPath: z.string(),
  dropInPaths: z.array(z.string()).readonly(),
  execStart: z.array(z.string()).readonly(),
  environmentFiles: z.array(z.string()).readonly(),
  unitFileState: z.string(),
  needsReload: z.boolean(),
  result: z.string(),
  lastExit: z.strictObject({ code: z.string(), status: z.int() }),
});

/** How the machine was before the change, in every respect that going back is measured by. */
const beforeSchema = z.strictObject({
  entries: z.array(entrySchema),
  unit: unitFactsSchema,
  notExamined: z.array(z.string()),
});

/** What a step foresaw or found; each kind fills in what concerns it. */
export const stepFactsSchema = z.strictObject({
  /** file-write: the directories it makes, outermost first. */
  createdDirectories: z.array(z.string()).optional(),
  /** file-write, file-remove: where the original was copied to. */
  original: z.string().optional(),
  /** state-snapshot: the copy and its manifest. */
  snapshot: z
    .strictObject({ copy: z.string(), manifest: z.string(), sha256: z.string(), entries: z.int() })
    .optional(),
  /** state-restore: the points of no return found crossed. */
  crossed: z.array(z.string()).optional(),
  /** unit-stop, unit-start: milliseconds since 1970. */
  stoppedAt: z.number().optional(),
  /** unit-stop: the main process that was stopped; 0 when there was none. */
  stoppedPid: z.int().optional(),
  startedAt: z.number().optional(),
  /** unit-stop: other active units that go down with it. guard-set: sockets and paths that may go down while it is closed. */
  alsoStopped: z.array(z.string()).optional(),
  /** unit-start: those of them that it started again. */
  alsoStarted: z.array(z.string()).optional(),
  /** unit-start: what systemd complained of. */
  complaint: z.string().optional(),
  /** trial-start: how it went, or why none could be made. */
  trial: gateReportSchema.optional(),
  noTrial: z.string().optional(),
  gate: gateReportSchema.optional(),
  verified: z
    .strictObject({
      items: z.int(),
      differences: z.array(differenceSchema),
      accepted: z.array(acceptedDifferenceSchema),
      notExamined: z.array(z.string()),
    })
    .optional(),
});

const common = {
  v: z.literal(KNOWN_VERSIONS),
  n: z.int().nonnegative(),
  at: z.string(),
  prev: z.string(),
  hash: z.string(),
};
const step = z.int().nonnegative();
const stepCommon = { ...common, direction: directionSchema, step };
const intended = { action: z.union([stepSchema, backStepSchema]), foreseen: stepFactsSchema };

export const beginSchema = z.strictObject({
  ...common,
  type: z.literal('begin'),
  change: z.string(),
  service: z.string(),
  plan: planSchema,
  writer: z.strictObject({ pid: z.int() }),
  /** It is taken back so many milliseconds after its gate was passed, unless it is confirmed. */
  confirmWithinMs: z.int().positive().optional(),
  before: beforeSchema,
});

export const recordSchema = z.discriminatedUnion('type', [
  beginSchema,
  z.strictObject({ ...stepCommon, type: z.literal('intent'), ...intended }),
  z.strictObject({
    ...common,
    type: z.literal('intents'),
    direction: directionSchema,
    steps: z.array(z.strictObject({ step, ...intended })),
  }),
  z.strictObject({ ...stepCommon, type: z.literal('done'), facts: stepFactsSchema }),
  z.strictObject({
    ...common,
    type: z.literal('dones'),
    direction: directionSchema,
    steps: z.array(z.strictObject({ step, facts: stepFactsSchema })),
  }),
  z.strictObject({ ...stepCommon, type: z.literal('failed'), reason: z.string(), facts: stepFactsSchema }),
  z.strictObject({
    ...common,
    type: z.literal('back'),
    reason: z.string(),
    attempt: z.int().positive(),
    steps: z.array(backStepSchema),
    /** The operator puts up with what differs in the end; left out where not. */
    acceptDifferences: z.literal(true).optional(),
  }),
  z.strictObject({ ...common, type: z.literal('end'), outcome: outcomeSchema }),
]);

export type JournalRecord = z.infer<typeof recordSchema>;
export type RecordOf<T extends JournalRecord['type']> = Extract<JournalRecord, { type: T }>;
/** Those of one journal, in order. */
export type Records = readonly [RecordOf<'begin'>, ...JournalRecord[]];
export type StepFacts = z.infer<typeof stepFactsSchema>;
export type Direction = z.infer<typeof directionSchema>;
export type Verified = NonNullable<StepFacts['verified']>;

/** A record as its writer gives it: the journal adds version, number, time and hashes. */
export type NewRecord = JournalRecord extends infer R
  ? R extends JournalRecord
    ? Omit<R, 'v' | 'n' | 'at' | 'prev' | 'hash'>
    : never
  : never;
