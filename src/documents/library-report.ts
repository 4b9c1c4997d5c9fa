import { z } from 'zod';
import { apiVersionSchema } from './place.ts';

const triedSchema = z.strictObject({
  path: z.string(),
  /** The rule of ld.so(8) by which it was tried. */
  by: z.string(),
  outcome: z.enum(['absent', 'other-class', 'other-machine', 'not-set-user-id', 'unusable']),
  reason: z.string().optional(),
});

const symbolSchema = z.strictObject({
  name: z.string(),
  version: z.string().optional(),
  neededBy: z.string(),
});

const symbolsSchema = z.strictObject({
  /** How many symbols each object gives to the others and to itself. */
  providers: z.array(z.strictObject({ path: z.string(), symbols: z.number() })),
  missing: z.array(symbolSchema),
  /** Versions that a library does not define, though it is asked for them. */
  missingVersions: z.array(
    z.strictObject({ version: z.string(), library: z.string(), neededBy: z.string() }),
  ),
  /** Given by another library than the one whose version was linked with. */
  elsewhere: z.array(symbolSchema.extend({ expected: z.string(), from: z.string() })),
  unreadable: z.array(z.strictObject({ path: z.string(), reason: z.string() })),
});

const fileSchema = z.strictObject({
  path: z.string(),
  machine: z.string(),
  bits: z.union([z.literal(32), z.literal(64)]),
  byteOrder: z.enum(['little', 'big']),
  kind: z.enum(['program', 'library']),
  /** null: static, or it names none. */
  interpreter: z.string().nullable(),
  buildId: z.string().optional(),
  /** `.note.package`. */
  package: z
    .strictObject({
      type: z.string().optional(),
      name: z.string().optional(),
      version: z.string().optional(),
      architecture: z.string().optional(),
    })
    .optional(),
  /** In the order of loading. */
  libraries: z.array(
    z.strictObject({ name: z.string(), path: z.string(), foundBy: z.string(), neededBy: z.string() }),
  ),
  missing: z.array(
    z.strictObject({
      name: z.string(),
      neededBy: z.string(),
      /** Without it nothing starts; what is preloaded may be missing. */
      required: z.boolean(),
      tried: z.array(triedSchema),
    }),
  ),
  /** `.note.dlopen`: what it says it opens while it runs, and where the loader would find it. */
  opensAtRunTime: z.array(
    z.strictObject({
      sonames: z.array(z.string()),
      feature: z.string().optional(),
      priority: z.enum(['required', 'recommended', 'suggested']),
      found: z.string().nullable(),
    }),
  ),
  /** Only when it was asked for. */
  symbols: symbolsSchema.optional(),
});

/** The libraries of single files and of all ELF files in directories, as the loader finds them in an empty environment. */
export const libraryReportSchema = z.strictObject({
  apiVersion: apiVersionSchema,
  kind: z.literal('LibraryReport'),
  files: z.array(fileSchema),
  /** ELF files that no loader takes, and why. */
  damaged: z.array(z.strictObject({ path: z.string(), reason: z.string(), offset: z.number() })),
  /** Those of several files asked for that are neither a program nor a library; left out where all are. */
  notElf: z.array(z.string()).optional(),
  notExamined: z.array(z.string()),
});

export type LibraryReport = z.infer<typeof libraryReportSchema>;
export type LibraryReportFile = Readonly<z.infer<typeof fileSchema>>;
export type LibraryReportSymbols = Readonly<z.infer<typeof symbolsSchema>>;
