import { hash } from 'node:crypto';
import type { Kept } from '../documents/outcome.ts';
import type { Plan } from '../documents/plan.ts';
import type { Machine } from '../host/machine.ts';
import type { Journal } from '../journal/journal.ts';
import { fileDigest } from '../plan/file-digest.ts';
import { foundCopy } from '../journal/change-directory.ts';

/**
 * What the ways back of a change found at paths that it wrote, and is not what it had written there: somebody worked on
 * it since. It was kept before what stood there before the change took its place.
 */
export function keptEdits({ host }: Pick<Machine, 'host'>, journal: Journal): Kept[] {
  const written = writtenBy(journal.begin.plan);
  const kept = new Map<string, Kept>();
  for (const record of journal.records) {
    if (record.type !== 'back') continue;
    for (const [step, action] of record.steps.entries()) {
      if (action.kind !== 'file-restore') continue;
      const copy = foundCopy(journal.directory, record.attempt, step);
      const facts = host.lstat(copy);
      if (facts === undefined) continue;
      const isTheirs = facts.type !== 'file' || fileDigest(host, copy) !== written.get(action.path);
      if (isTheirs) kept.set(action.path, { path: action.path, copy });
    }
  }
  return [...kept.values()];
}

/** SHA-256 of what a change writes, by path. */
function writtenBy({ steps }: Plan): Map<string, string> {
  return new Map(
    steps.flatMap((step): [string, string][] => {
      if (step.kind === 'file-replace') return [[step.path, step.sha256]];
      return step.kind === 'file-write' ? [[step.path, hash('sha256', step.content)]] : [];
    }),
  );
}
