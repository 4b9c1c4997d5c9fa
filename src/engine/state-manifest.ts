import { inTree } from './read-entries.ts';
import { isWithin } from '../text/is-within.ts';
import { createHash } from 'node:crypto';
import type { Host } from '../host/host.ts';
import { type Entry, entrySchema } from '../journal/entry.ts';
import type { StepFacts } from '../journal/record.ts';

const SIZE_LIMIT = 2 ** 31;

/** The form of a manifest on disk: an entry a line. See docs/format/journal.md. */
export function manifestText(entries: readonly Entry[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

/** Reads a snapshot's manifest back. Throws when it is not the one that was recorded. */
export function readManifest(host: Host, snapshot: NonNullable<StepFacts['snapshot']>): Entry[] {
  const bytes = host.readFile(snapshot.manifest, SIZE_LIMIT);
  if (createHash('sha256').update(bytes).digest('hex') !== snapshot.sha256) {
    throw new Error(`${snapshot.manifest} is not the manifest that was recorded`);
  }
  const lines = new TextDecoder().decode(bytes).split('\n');
  return lines.filter((line) => line !== '').map((line) => entrySchema.parse(JSON.parse(line)));
}

/** The entries without `left out` paths (absolute) and what is below them. */
export function without(entries: readonly Entry[], root: string, leftOut: readonly string[]): Entry[] {
  return entries.filter(({ path }) => !leftOut.some((out) => isWithin(inTree(root, path), out)));
}
