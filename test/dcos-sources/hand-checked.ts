import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Origin } from '../../src/text/origin.ts';
import type { Place } from '../../src/text/place.ts';
import type { Content } from './evaluation.ts';
import type { Comparison, Mismatch } from './comparison.ts';
import type { ExpectedConfig } from './expectation.ts';

const PLACE = { file: z.string(), line: z.number(), column: z.number().optional() };

const SAMPLE = z.object({
  version: z.string(),
  config: z.string(),
  /** As `Content` calls it. */
  file: z.string(),
  line: z.number(),
  column: z.number(),
  character: z.string(),
  /** Where a reader of the sources says that the character was written, or by which line it is made. */
  origin: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('literal'), ...PLACE }),
    z.object({ kind: z.literal('derived'), ...PLACE }),
    z.object({ kind: z.literal('input'), name: z.string() }),
  ]),
});
export type Sample = z.infer<typeof SAMPLE>;

const HAND_CHECKED = z.object({
  runs: z.array(
    z.object({
      version: z.string(),
      config: z.string(),
      commit: z.string(),
      /** SHA-256 of the user's arguments as a JSON list of sorted pairs. */
      userArguments: z.string(),
    }),
  ),
  samples: z.array(SAMPLE),
});

/** The samples that were read for this very run: the same commit, the same config of the operator, and no files beside it. */
export function samplesFor({ arguments: computed, userArguments, files }: ExpectedConfig): Sample[] {
  if (Object.keys(files).length > 0) return [];
  const { runs, samples } = handChecked();
  const pairs = Object.entries(userArguments).sort(([a], [b]) => (a < b ? -1 : 1));
  const digest = createHash('sha256').update(JSON.stringify(pairs)).digest('hex');
  const run = runs.find(
    ({ commit, userArguments: own }) => commit === computed.get('dcos_image_commit') && own === digest,
  );
  return samples.filter(({ version, config }) => version === run?.version && config === run.config);
}

/** The characters whose origin was found by reading the sources, and the runs that they are of. */
export function handChecked(): z.infer<typeof HAND_CHECKED> {
  const text = readFileSync(new URL('./hand-checked.json', import.meta.url), 'utf8');
  return HAND_CHECKED.parse(JSON.parse(text));
}

/** Each sample against what the slice with its character says. */
export function checkByHand(samples: readonly Sample[], contents: readonly Content[]): Comparison {
  return {
    compared: samples.length,
    mismatches: samples.flatMap((sample) => check(sample, contents) ?? []),
  };
}

function check(sample: Sample, contents: readonly Content[]): Mismatch | undefined {
  const { config, file, line, column, character } = sample;
  const mismatch = (got: string, place?: Place): Mismatch => ({
    subject: 'hand-checked character',
    config,
    name: `${file}:${line}:${column}`,
    expected: `${JSON.stringify(character)} from ${JSON.stringify(sample.origin)}`,
    got,
    ...(place === undefined ? {} : { place }),
  });
  const content = contents.find(({ name }) => name === file);
  if (content === undefined) return mismatch('no such file');
  const text = content.text.toString();
  const slice = content.text.at(offsetOf(text, line, column));
  if (slice?.text !== character) return mismatch(`another character: ${JSON.stringify(slice?.text)}`);
  if (agrees(sample.origin, slice.origin)) return undefined;
  return mismatch(
    JSON.stringify(slice.origin),
    slice.origin.kind === 'input' ? undefined : slice.origin.place,
  );
}

function offsetOf(text: string, line: number, column: number): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, { length }) => sum + length + 1, 0) + column - 1;
}

function agrees(read: Sample['origin'], said: Origin): boolean {
  if (read.kind === 'input') return said.kind === 'input' && said.name === read.name;
  if (said.kind !== read.kind || said.place === undefined) return false;
  const { file, line, column } = said.place;
  const sameLine = file.replace(/^\//, '') === read.file && line === read.line;
  return sameLine && (read.column === undefined || column === read.column);
}
