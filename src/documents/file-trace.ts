import { z } from 'zod';
import { apiVersionSchema, placeSchema } from './place.ts';
import {
  futileOverrideSchema,
  generatorArgumentSchema,
  hopSchema,
  overrideSchema,
  rerenderSchema,
  sliceSchema,
  writerSchema,
} from './trace.ts';

const readerSchema = z.strictObject({
  unit: z.string(),
  /**
   * `unit-file`, `drop-in`: it is one of the unit's own; `named`: a directive or a variable of the unit names it;
   * `manager`: it configures the system manager, `init.scope`.
   */
  how: z.enum(['unit-file', 'drop-in', 'environment-file', 'named', 'manager']),
  /** The line that names it. */
  via: z.strictObject({ file: z.string(), line: z.int().positive() }).optional(),
});

const argumentSchema = generatorArgumentSchema.extend({
  /** Of the file, in order. */
  lines: z.array(z.int().positive()),
});

const assignmentSchema = z.strictObject({
  kind: z.enum(['directive', 'variable']),
  name: z.string(),
  section: z.string().optional(),
  /** null when masked. */
  value: z.string().nullable(),
  place: placeSchema,
  /** For each unit that reads it: whether this is the value it gets. */
  units: z.array(z.strictObject({ unit: z.string(), wins: z.boolean() })),
});

const fileSliceSchema = sliceSchema.extend({
  /** The place in the file of the first character. */
  line: z.int().positive(),
  column: z.int().positive(),
  masked: z.boolean().optional(),
  /** From the template outward to where it was written. */
  hops: z.array(hopSchema),
});

/** Where a file of a host, a line of it or one character comes from. */
export const fileTraceSchema = z.strictObject({
  apiVersion: apiVersionSchema,
  kind: z.literal('FileTrace'),
  file: z.string(),
  /** Where the links lead, when `file` is or lies behind one. */
  target: z.string().optional(),
  line: z.int().positive().optional(),
  column: z.int().positive().optional(),
  /** As in `0644`. */
  mode: z.string(),
  owner: z.string().optional(),
  /** Of the package that owns it. */
  ownerVersion: z.string().optional(),
  purpose: z.string().optional(),
  readBy: z.array(readerSchema),
  generated: z
    .strictObject({
      /** Where the template says the file. */
      template: placeSchema.optional(),
      arguments: z.array(argumentSchema),
      rerender: rerenderSchema,
      /** What one has to know beside it, for people: what was recovered, what contradicts. */
      notes: z.array(z.string()).optional(),
    })
    .optional(),
  /** The programs that write the file at run time, and the unit lines that run them. */
  writers: z.array(writerSchema).optional(),
  /** Of a generated file, or the line asked for: where an own version of it would last, best first. */
  overrides: z.array(overrideSchema).optional(),
  futileOverrides: z.array(futileOverrideSchema).optional(),
  /** The line asked for; null when part of it is masked, or when the file is none that a unit reads or a generator makes. */
  text: z.string().nullable().optional(),
  /** Of the line or the character asked for, in order; `from` and `to` count from the start of the line. */
  slices: z.array(fileSliceSchema),
  /** What stands on the line, in a unit file, drop-in or environment file. */
  assignment: assignmentSchema.optional(),
  notExamined: z.array(z.string()),
});

export type FileTrace = z.infer<typeof fileTraceSchema>;
export type FileTraceReader = z.infer<typeof readerSchema>;
export type FileTraceArgument = z.infer<typeof argumentSchema>;
export type FileTraceAssignment = z.infer<typeof assignmentSchema>;
export type FileTraceSlice = z.infer<typeof fileSliceSchema>;
