import { hash } from 'node:crypto';
import type { Kept } from '../documents/outcome.ts';
import type { Plan, Step } from '../documents/plan.ts';
import type { FileFacts, Host } from '../host/host.ts';
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
      if (!isAsWritten(host, copy, facts, written.get(action.path)))
        kept.set(action.path, { path: action.path, copy });
    }
  }
  return [...kept.values()];
}

type Written = Extract<Step, { kind: 'file-write' | 'file-replace' }>;

/** What a change writes, by path. */
function writtenBy({ steps }: Plan): Map<string, Written> {
  return new Map(
    steps.flatMap((step): [string, Written][] =>
      step.kind === 'file-write' || step.kind === 'file-replace' ? [[step.path, step]] : [],
    ),
  );
}

function isAsWritten(host: Host, copy: string, facts: FileFacts, step: Written | undefined): boolean {
  if (step === undefined || facts.type !== 'file') return false;
  if (facts.mode !== step.mode || facts.uid !== step.uid || facts.gid !== step.gid) return false;
  return fileDigest(host, copy) === (step.kind === 'file-write' ? hash('sha256', step.content) : step.sha256);
}
