import type { Kept } from '../documents/outcome.ts';
import type { Plan } from '../documents/plan.ts';
import type { Machine } from '../host/machine.ts';
import type { Journal } from '../journal/journal.ts';
import { foundCopy } from '../journal/change-directory.ts';
import { isAsWritten, type Written } from './is-as-written.ts';

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
      if (host.lstat(copy) === undefined) continue;
      const writing = written.get(action.path);
      const isTheirs = writing === undefined || !isAsWritten(writing, host, copy);
      if (isTheirs) kept.set(action.path, { path: action.path, copy });
    }
  }
  return [...kept.values()];
}

/** What a change writes, by path. */
function writtenBy({ steps }: Plan): Map<string, Written> {
  return new Map(
    steps.flatMap((step): [string, Written][] =>
      step.kind === 'file-write' || step.kind === 'file-replace' ? [[step.path, step]] : [],
    ),
  );
}
