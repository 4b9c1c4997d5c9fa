import { z } from 'zod';
import { httpProbeSchema } from '../documents/plan.ts';
import { silenceSchema } from '../documents/silence.ts';
import { readWords, type Words } from '../formats/command-line/read-words.ts';
import { TracedText } from '../text/traced-text.ts';

/**
 * The shape of a spec. Every scalar comes as the text that stands in the file, so that a value is what was
 * written (`1.0` stays `1.0`). See docs/format/spec.md.
 */

const name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is not the name of an environment variable');
const value = z.string().refine((text) => !/[\n\r\0]/.test(text), 'has a line break in it');
const path = z
  .string()
  .refine((text) => /^\/[^\0]*[^/\0]$/.test(text) && !/(^|\/)\.{0,2}(\/|$)/.test(text.slice(1)), {
    error: ({ input }) =>
      input === '/'
        ? 'must not be the root directory itself'
        : "must be an absolute path without '.', '..' and empty parts",
  });
/** Stands in unit files, where these characters would need escapes that differ from directive to directive. */
const directory = path.refine((text) => !/[\s"'\\%$:;]/.test(text), {
  error: "has a character that a unit file can't name safely (blank, quote, \\, %, $, : or ;)",
});
const command = z
  .string()
  .refine((text) => /^[^\s/"'@+!:|<>-][^\n\r\0]*$/.test(text), {
    error:
      'must be one line that begins with a path inside the directory or archive, such as bin/server --port 80',
    abort: true,
  })
  .refine((text) => !(text.split(/\s/)[0] ?? '').split('/').includes('..'), {
    error: "must begin with a path inside the directory or archive, without '..'",
  })
  .refine((text) => wordsOf(text).fault === undefined, {
    error: 'has a quote that is not closed, and systemd would ignore the line',
  })
  .refine((text) => !/(?<!\\)(\\\\)*\\$/.test(text), {
    error: 'ends in a backslash, which would join the next line of the unit to it',
  });

const wholeNumber = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number);

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** `500ms`, `10s`, `2m`, `1h`. In milliseconds. */
export const duration = z
  .string()
  .regex(/^\d{1,6}(ms|s|m|h)$/, 'must be a duration such as 500ms, 10s, 2m or 1h')
  .transform((text) => {
    const unit = /(ms|s|m|h)$/.exec(text)?.[1];
    return (
      Number.parseInt(text, 10) * (unit === 'ms' || unit === 'm' || unit === 'h' ? UNIT_MS[unit] : UNIT_MS.s)
    );
  });

const mode = z
  .string()
  .regex(/^[0-7]{3,4}$/, 'must be an octal mode such as 0644')
  .transform((text) => Number.parseInt(text, 8));

/** Who gets it: the service alone, in its own view of the file system, or everybody on the machine. */
const forWhom = z.enum(['service', 'everybody']);

const probe = z.strictObject({
  title: z.string(),
  url: z
    .string()
    .regex(/^https?:\/\/[^\s/]+/, 'must be an http:// or https:// address')
    .optional(),
  status: wholeNumber.optional(),
  json: httpProbeSchema.shape.json.unwrap().optional(),
  tcp: z
    .string()
    .regex(/^(\[[\da-fA-F:.]+\]|[^\s:[\]]+):\d{1,5}$/, 'must be HOST:PORT')
    .optional(),
  /** Program and arguments; no shell reads it. */
  command: z
    .array(z.string())
    .min(1)
    .refine((words) => words[0]?.startsWith('/') === true, 'must begin with an absolute path')
    .optional(),
  prints: z.string().optional(),
  log: z.string().min(1).optional(),
  must: z.enum(['appear', 'not-appear']).optional(),
});
export type SpecProbe = z.output<typeof probe>;

export const specSchema = z.strictObject({
  apiVersion: z.literal('cutover/v1'),
  kind: z.literal('Replacement'),
  service: z.string().regex(/^[^\s/]+$/, 'must be the name of a unit'),
  replacement: z
    .strictObject({
      /** A blank is refused later where the unit must name the directory itself: see plan-replacement.ts. */
      directory: path
        .refine((text) => !/[^\S ]|["'\\%$:;]/.test(text), {
          error: "has a character that a unit file can't name safely (quote, \\, %, $, : or ;)",
        })
        .optional(),
      /** `.tar`, compressed or not, or `.deb`; several are laid over one another. */
      archive: z.union([path, z.array(path).min(1)]).optional(),
      command,
    })
    .optional(),
  libraries: z
    .array(
      z.strictObject({
        path: directory,
        /** Inside the replacement, or absolute. */
        from: z
          .string()
          .refine((text) => text !== '' && !/(^|\/)\.{0,2}(\/|$)/.test(text.replace(/^\//, '')), {
            error: "must be a path without '.', '..' and empty parts: inside the replacement, or absolute",
          }),
        for: forWhom.default('service'),
      }),
    )
    .default([]),
  settings: z
    .strictObject({
      set: z.record(name, value).default({}),
      append: z.record(name, value).default({}),
      remove: z.record(name, z.array(value)).default({}),
      unset: z.array(name).default([]),
    })
    .prefault({}),
  files: z
    .array(
      z.strictObject({
        path,
        /** That of the file that is there; 0644 where none is. */
        mode: mode.optional(),
        content: z.string(),
        for: forWhom.default('everybody'),
      }),
    )
    .default([]),
  state: z
    .strictObject({ snapshot: z.array(path).default([]), remove: z.array(path).default([]) })
    .prefault({}),
  gate: z
    .strictObject({
      stable: duration.default(10_000),
      timeout: duration.default(90_000),
      restarts: wholeNumber.default(0),
      probes: z.array(probe).default([]),
    })
    .prefault({}),
  /** Left out: where knowledge of the program says how. */
  trial: z.enum(['yes', 'no']).optional(),
  accept: z.array(z.string()).default([]),
  silence: z.array(silenceSchema.extend({ reason: z.string().regex(/\S/, 'must say why') })).default([]),
});

function wordsOf(line: string): Words {
  return readWords(TracedText.from(line, { kind: 'input', name: 'command' }), 'command');
}

/** What a person wants to run instead, and how to tell that it is well. */
export type Spec = z.output<typeof specSchema>;
