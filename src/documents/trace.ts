import { z } from 'zod';
import { apiVersionSchema, placeSchema } from './place.ts';

const layerSchema = z.strictObject({
  file: z.string(),
  line: z.int().positive().optional(),
  column: z.int().positive().optional(),
  /** The directive that makes systemd read the file. */
  via: z.strictObject({ file: z.string(), line: z.int().positive() }).optional(),
  operation: z.enum(['set', 'append', 'reset', 'default', 'derived', 'none', 'absent']),
  wins: z.boolean(),
  /** A missing file here is no error. */
  optional: z.boolean(),
  /** The package the file belongs to. */
  owner: z.string().optional(),
  /** Why it does nothing, or where a value that no line says comes from. */
  why: z.string().optional(),
  /** What this layer gives the setting; absent where it gives none, null when masked. */
  value: z.string().nullable().optional(),
});

export const hopSchema = z.strictObject({
  kind: z.enum([
    'environment-file',
    'unit',
    'template',
    'expression',
    'function',
    'constant',
    'input',
    'file',
  ]),
  file: z.string(),
  line: z.int().positive(),
  column: z.int().positive(),
  text: z.string(),
  name: z.string().optional(),
  /** Why this way and no other: the case of a switch, the branch taken, what a setter depends on. */
  why: z.string().optional(),
});

export const sliceSchema = z.strictObject({
  /** Offsets into the value, in UTF-16 units, `to` excluded. */
  from: z.int().nonnegative(),
  to: z.int().positive(),
  text: z.string(),
  origin: z.strictObject({
    kind: z.enum(['literal', 'input', 'derived', 'unknown']),
    file: z.string().optional(),
    line: z.int().positive().optional(),
    column: z.int().positive().optional(),
    name: z.string().optional(),
    /** Of `unknown`: why it is not to be had. */
    reason: z.string().optional(),
  }),
  /** What the slice names elsewhere (a module and the library that holds it), for people. */
  meaning: z.string().optional(),
});

export const overrideSchema = z.strictObject({
  file: z.string(),
  exists: z.boolean(),
  /** Kept when the packages that own the service's files are upgraded. */
  survives: z.boolean(),
  why: z.string(),
});

export const futileOverrideSchema = z.strictObject({ file: z.string(), why: z.string() });

export const writerSchema = z.strictObject({
  program: z.string(),
  /** The line of the unit that runs it. */
  via: z.strictObject({ file: z.string(), line: z.int().positive() }),
  unit: z.string(),
  /** How it is known, for people. */
  why: z.string(),
});

/** An argument of the generator that made a file. */
export const generatorArgumentSchema = z.strictObject({
  name: z.string(),
  /** `value` stands in the file, `case` decided which part of the template was taken. */
  use: z.enum(['value', 'case']),
  /** Where its value is set or computed; absent where only the generator's config says it. */
  setAt: placeSchema.optional(),
  /** Why this setter, or this case. */
  why: z.string().optional(),
  /** Whether the generator's own config can set it, and why. */
  config: z.strictObject({ file: z.string(), settable: z.boolean(), why: z.string() }).optional(),
});

export const rerenderSchema = z.discriminatedUnion('result', [
  z.strictObject({
    result: z.literal('identical'),
    /** `meaning`: in another order only; `why` says which and how that comes. */
    by: z.enum(['bytes', 'meaning']).optional(),
    why: z.string().optional(),
    /** Arguments of the generator that nothing but the file itself told: their values are not checked. */
    takenFromFile: z.array(z.string()).optional(),
    /** Likewise, those that the node recorded and the sources could not be brought to tell. */
    takenFromRecord: z.array(z.string()).optional(),
  }),
  z.strictObject({
    result: z.literal('different'),
    line: z.int().positive(),
    column: z.int().positive(),
    expected: z.string(),
    found: z.string(),
    /** Of JSON that is laid out otherwise: the value that differs, as in `libraries[0].file`. */
    path: z.string().optional(),
    /** What most likely made the difference, for people; absent where nothing speaks for anything. */
    likely: z.string().optional(),
  }),
  z.strictObject({ result: z.literal('not-possible'), reason: z.string() }),
]);

/** Where one value of a service comes from. */
export const traceSchema = z.strictObject({
  apiVersion: apiVersionSchema,
  kind: z.literal('Trace'),
  service: z.string(),
  setting: z.string(),
  /** An environment variable, or a directive of the unit. */
  settingKind: z.enum(['variable', 'directive']).optional(),
  /** null when masked or when the setting has no value. */
  value: z.string().nullable(),
  masked: z.boolean().optional(),
  /**
   * `observed`: the running systemd (of a directive) or process (of a variable) has this value; `parsed`: the files
   * say it.
   */
  confidence: z.enum(['observed', 'parsed', 'inferred', 'unknown']),
  /** What runs at this moment, where that is something else, and why. */
  observed: z
    .strictObject({
      by: z.enum(['systemd', 'process']),
      /** null when masked or not set; absent where it can't be seen. */
      value: z.string().nullable().optional(),
      why: z.string(),
      next: z.string().optional(),
    })
    .optional(),
  layers: z.array(layerSchema),
  hops: z.array(hopSchema),
  slices: z.array(sliceSchema),
  overrides: z.array(overrideSchema),
  /** Where an override would not win or not last, though one might think of it, and why. */
  futileOverrides: z.array(futileOverrideSchema).optional(),
  /** The programs that write the value's file at run time, and the unit lines that run them. */
  writers: z.array(writerSchema).optional(),
  /** The arguments of the generator that the value was made from, where a generator made it. */
  arguments: z.array(generatorArgumentSchema).optional(),
  rerender: rerenderSchema.optional(),
  /** What one has to know beside the re-rendering, for people: what was recovered, what contradicts. */
  notes: z.array(z.string()).optional(),
  notExamined: z.array(z.string()),
});

/** Where all values of one service come from. */
export const traceListSchema = z.strictObject({
  apiVersion: apiVersionSchema,
  kind: z.literal('TraceList'),
  service: z.string(),
  traces: z.array(traceSchema),
});

export type Trace = z.infer<typeof traceSchema>;
export type TraceList = z.infer<typeof traceListSchema>;
export type TraceLayer = z.infer<typeof layerSchema>;
export type TraceObserved = NonNullable<Trace['observed']>;
export type TraceHop = z.infer<typeof hopSchema>;
export type TraceSlice = z.infer<typeof sliceSchema>;
export type TraceOverride = z.infer<typeof overrideSchema>;
export type GeneratorArgumentUse = z.infer<typeof generatorArgumentSchema>;
export type TraceWriter = z.infer<typeof writerSchema>;
export type Rerender = z.infer<typeof rerenderSchema>;
