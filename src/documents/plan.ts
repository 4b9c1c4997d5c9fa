import { z } from 'zod';
import { silenceSchema } from './silence.ts';
import { apiVersionSchema, evidenceSchema } from './place.ts';

/** What stands at a path: enough to tell whether it moved, and to put it back. */
const entryStateSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('absent') }),
  z.strictObject({
    type: z.literal('file'),
    sha256: z.string(),
    size: z.int().nonnegative(),
    mode: z.int(),
    uid: z.int(),
    gid: z.int(),
  }),
  z.strictObject({ type: z.literal('link'), target: z.string() }),
  z.strictObject({
    type: z.literal('directory'),
    mode: z.int(),
    uid: z.int(),
    gid: z.int(),
    /** Present where the listing itself counts, as in a drop-in directory. */
    names: z.array(z.string()).optional(),
  }),
  z.strictObject({ type: z.literal('other') }),
]);

export const httpProbeSchema = z.strictObject({
  /** What the probe proves, for people: "the agent has an id". */
  title: z.string(),
  url: z.string(),
  status: z.int(),
  /** A path into the JSON body (`/flags/isolation`, RFC 6901) and what must hold there. */
  json: z
    .array(
      z.discriminatedUnion('must', [
        z.strictObject({ pointer: z.string(), must: z.literal('equal'), value: z.string() }),
        z.strictObject({ pointer: z.string(), must: z.literal('contain'), value: z.string() }),
        z.strictObject({ pointer: z.string(), must: z.literal('be-non-empty') }),
      ]),
    )
    .default([]),
});

/** One condition of a gate that the unit's own state does not tell. */
const probeSchema = z.union([
  httpProbeSchema,
  /** Something accepts connections at `tcp`, which is HOST:PORT. */
  z.strictObject({ title: z.string(), tcp: z.string() }),
  /** The program ends with 0 and, when told, prints a text. */
  z.strictObject({ title: z.string(), command: z.array(z.string()).min(1), prints: z.string().optional() }),
  /** The unit has logged a text since its start, or has not. */
  z.strictObject({ title: z.string(), log: z.string(), must: z.enum(['appear', 'not-appear']) }),
]);

/** The health conditions that must hold, for how long, before a change counts. */
export const gateSchema = z.strictObject({
  stableMs: z.int().nonnegative(),
  timeoutMs: z.int().positive(),
  /** Restarts of the service that are put up with while waiting. */
  restarts: z.int().nonnegative(),
  probes: z.array(probeSchema),
});

const stateSizeSchema = z.strictObject({ files: z.int().nonnegative(), bytes: z.int().nonnegative() });
const daemonReloadSchema = z.strictObject({ kind: z.literal('daemon-reload') });
const unitStopSchema = z.strictObject({ kind: z.literal('unit-stop'), unit: z.string() });
const unitStartSchema = z.strictObject({ kind: z.literal('unit-start'), unit: z.string() });
const unitRestartSchema = z.strictObject({ kind: z.literal('unit-restart'), unit: z.string() });
/** A drop-in that keeps the service from being started before its state is copied, or put back. */
const guardSetSchema = z.strictObject({ kind: z.literal('guard-set'), unit: z.string(), path: z.string() });
/** Takes the guard away again. */
const guardLiftSchema = z.strictObject({
  kind: z.literal('guard-lift'),
  unit: z.string(),
  path: z.string(),
  /** Directories that were made for the guard, outermost first; removed again when empty. */
  createdDirectories: z.array(z.string()),
});
const gateStepSchema = z.strictObject({ kind: z.literal('gate'), unit: z.string(), gate: gateSchema });

export const stepSchema = z.discriminatedUnion('kind', [
  /** Copies a replacement into the content-addressed store. */
  z.strictObject({
    kind: z.literal('store-add'),
    source: z.string(),
    /** A single file is kept under this name; left out for a directory. */
    name: z.string().optional(),
    digest: z.string(),
    files: z.int(),
    bytes: z.int(),
    storePath: z.string(),
  }),
  /** Unpacks archives, laid over one another, into the store. Nothing of a package is installed or run. */
  z.strictObject({
    kind: z.literal('store-unpack'),
    archives: z.array(z.string()).min(1),
    digest: z.string(),
    files: z.int(),
    bytes: z.int(),
    storePath: z.string(),
  }),
  /**
   * Starts what shall run beside the service, isolated: on a private view of the file system in which the plan's
   * files stand already, and on a network of its own.
   */
  z.strictObject({
    kind: z.literal('trial-start'),
    unit: z.string(),
    trialUnit: z.string(),
    /** Where all of the trial stands, on a file system in memory. */
    directory: z.string(),
    /** The unit file of the trial. */
    content: z.string(),
    /** Environment that the trial has beyond that of the service, as an environment file. */
    environment: z.string(),
    /** Directories that systemd would make for the service. */
    directories: z.array(
      z.strictObject({ path: z.string(), mode: z.int(), user: z.string(), group: z.string() }),
    ),
    gate: gateSchema,
    /** Not asked for, but made where it can be: a machine that has no room for a trial is changed without. */
    optional: z.boolean(),
    /** What a trial does not show, for people. */
    notShown: z.array(z.string()),
  }),
  /** Writes a whole file; `before` is what stands there now. */
  z.strictObject({
    kind: z.literal('file-write'),
    role: z.enum(['drop-in', 'settings', 'file']),
    path: z.string(),
    content: z.string(),
    mode: z.int(),
    uid: z.int(),
    gid: z.int(),
    before: entryStateSchema,
    /** Over a file that is there: lines that go (`- `), lines that come (`+ `), and how many stay between. */
    diff: z.array(z.string()).optional(),
  }),
  /** Replaces a file for everybody by a copy of one in the store; what has it open or mapped keeps the old one. */
  z.strictObject({
    kind: z.literal('file-replace'),
    path: z.string(),
    /** In the store, once it is there. */
    source: z.string(),
    sha256: z.string(),
    mode: z.int(),
    uid: z.int(),
    gid: z.int(),
    before: entryStateSchema,
  }),
  /** Removes a file or a link. */
  z.strictObject({
    kind: z.literal('file-remove'),
    path: z.string(),
    why: z.string(),
    before: entryStateSchema,
  }),
  /** Copies a state directory aside while the service still runs; `state-snapshot` makes that copy equal to it. */
  z.strictObject({
    kind: z.literal('state-copy'),
    path: z.string(),
    /** How much was in it when the plan was made; left out where it could not be looked at. */
    holds: stateSizeSchema.optional(),
  }),
  /** Makes sure of a copy of a state directory as it is while the service is down. */
  z.strictObject({
    kind: z.literal('state-snapshot'),
    path: z.string(),
    why: z.string(),
    /**
     * How many files were in it when the plan was made, with their bytes; `absent`: nothing stood there, and a rollback
     * removes what stands there then. Left out where it could not be looked at.
     */
    holds: z.union([z.literal('absent'), stateSizeSchema]).optional(),
  }),
  guardSetSchema,
  guardLiftSchema,
  daemonReloadSchema,
  unitStopSchema,
  unitStartSchema,
  /** Stop and start in one job of systemd, where nothing is to be done in between. */
  unitRestartSchema,
  gateStepSchema,
]);

/** The steps of a way back. They are made from a plan and its journal, and run by the same executor. */
export const backStepSchema = z.discriminatedUnion('kind', [
  /** Puts back what stood at a path; `original` is its copy, absent when nothing stood there. */
  z.strictObject({
    kind: z.literal('file-restore'),
    path: z.string(),
    original: z.string().optional(),
    /** Directories the change made for this file, outermost first; removed again when empty. */
    createdDirectories: z.array(z.string()),
  }),
  /** Takes away what a trial start has left. */
  z.strictObject({ kind: z.literal('trial-remove'), trialUnit: z.string(), directory: z.string() }),
  /** Lays what is to become a state directory beside it, while the service still runs. */
  z.strictObject({ kind: z.literal('state-prepare'), path: z.string(), snapshot: z.string() }),
  /** Puts back a state directory from its snapshot. */
  z.strictObject({ kind: z.literal('state-restore'), path: z.string(), snapshot: z.string() }),
  /** Re-reads every watched path and every entry of the restored state and compares with before. */
  z.strictObject({ kind: z.literal('verify-files') }),
  /** Asks systemd for what it has loaded and runs now and compares with before. */
  z.strictObject({ kind: z.literal('verify-unit'), unit: z.string() }),
  guardSetSchema,
  guardLiftSchema,
  daemonReloadSchema,
  unitStopSchema,
  unitStartSchema,
  unitRestartSchema,
  gateStepSchema,
]);

/** A consequence that no rollback undoes: how to see that it happened, and what the way back looks like then. */
export const irreversibleSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  why: z.string(),
  accepted: z.boolean(),
  /** Crossed when the link at this path points elsewhere than it did in the snapshot. */
  crossedWhenLinkChanged: z.string(),
  /** Absolute paths inside the snapshot that must stay out once it is crossed, and how the result differs. */
  leaveOut: z.array(z.string()),
  difference: z.string(),
});

/** What becomes of a unit that is not the plan's. */
const unitEffectSchema = z.strictObject({
  unit: z.string(),
  /** `restarts`: it is down for a while and up again; `starts`: it did not run; `stops`: it is down in the end. */
  does: z.enum(['restarts', 'starts', 'stops']),
  /** The unit that brings it about: the service, or another of the list. */
  by: z.string(),
  /** The directive by which it does, of whichever of the two: `Requires`; for a socket that is stopped meanwhile `Service`. */
  relation: z.string(),
  evidence: evidenceSchema,
});

const effectsSchema = z.strictObject({
  /** The service first, if it runs, then the others that are stopped and run again in the end. */
  restarts: z.array(z.string()),
  /** The service, which did not run when the plan was made: it is started, and is then not among `restarts`; left out else. */
  starts: z.array(z.string()).optional(),
  /** Units that are stopped or started with the service; left out when there are none. */
  others: z.array(unitEffectSchema).optional(),
  /** `observed`: of units that ran when the plan was made; `assumed`: of whichever run, where nothing could be asked. */
  activity: z.enum(['observed', 'assumed']).optional(),
  /**
   * What was changed before and the running service does not have yet: it gets that as well, and a rollback does not take
   * it back. In words; left out when nothing is known.
   */
  pending: z.array(z.string()).optional(),
  /** What is down and when, in words. */
  downtime: z.string(),
  /** Other services that read a file this plan changes. */
  readers: z.array(z.strictObject({ unit: z.string(), file: z.string() })),
  /** Where other readers were looked for in vain. */
  notExamined: z.array(z.string()).optional(),
  /** State of the service that others use too: neither copied nor put back. */
  leftAlone: z.array(z.strictObject({ path: z.string(), why: z.string() })),
});

/** What exactly will change. Applied as reviewed or not at all. */
export const planSchema = z.strictObject({
  apiVersion: apiVersionSchema,
  kind: z.literal('Plan'),
  service: z.string(),
  /** SHA-256 over everything else in this document. */
  digest: z.string(),
  /** SHA-256 over `watched`: the state of the host this plan was made on. */
  hostDigest: z.string(),
  watched: z.array(z.strictObject({ path: z.string(), state: entryStateSchema })),
  steps: z.array(stepSchema),
  /** How to tell that the service is well again after going back. */
  gateBack: gateSchema,
  effects: effectsSchema,
  irreversible: z.array(irreversibleSchema),
  /** Findings of `check` that the spec silences; left out when there are none. */
  silenced: z.array(silenceSchema).optional(),
});

export type Plan = z.infer<typeof planSchema>;
export type Step = z.infer<typeof stepSchema>;
export type StepKind = Step['kind'];
export type BackStep = z.infer<typeof backStepSchema>;
export type BackStepKind = BackStep['kind'];
export type UnitEffect = z.infer<typeof unitEffectSchema>;
export type EntryState = z.infer<typeof entryStateSchema>;
export type Gate = z.infer<typeof gateSchema>;
export type HttpProbe = z.infer<typeof httpProbeSchema>;
export type Probe = z.infer<typeof probeSchema>;
export type Irreversible = z.infer<typeof irreversibleSchema>;
