import { createHash } from 'node:crypto';
import { dirname } from 'node:path/posix';
import type { Entry } from '../../journal/entry.ts';
import { makeDirectories } from '../../journal/make-directories.ts';
import { keepCopy } from '../keep-original.ts';
import { readTree } from '../read-entries.ts';
import { stateCopyOf } from '../state-copy-of.ts';
import { manifestText } from '../state-manifest.ts';
import { updateCopy } from '../update-copy.ts';
import { mustStillBeDown } from '../why-not-down.ts';
import { nothing, type StepAction, type StepContext, StepFailure, type StepOf } from '../step-action.ts';

type StateSnapshot = StepOf<'state-snapshot'>;

export const stateSnapshot: StepAction<StateSnapshot> = {
  foresee: nothing,
  apply: async (action, context) => {
    const { machine, journal, step } = context;
    const copy = stateCopyOf(journal, step);
    const manifest = `${copy}.manifest`;
    makeDirectories(machine, dirname(copy), 0o700);
    const entries = await equalCopy(action, copy, context);
    const text = manifestText(entries);
    machine.files.createFile(manifest, text);
    machine.files.sync(dirname(manifest));
    const sha256 = createHash('sha256').update(text).digest('hex');
    return { snapshot: { copy, manifest, sha256, entries: entries.length } };
  },
  verify: async () => undefined, // apply has compared the copy with the original, entry by entry
};

/** The entries of the state, of which the copy is equal from now on. */
async function equalCopy(
  { path, holds = 'absent' }: StateSnapshot,
  copy: string,
  context: StepContext,
): Promise<readonly Entry[]> {
  const { machine, firstCopies } = context;
  const whenCopied = async () => await mustStillBeDown(context);
  if (machine.host.lstat(path) === undefined) {
    // A rollback would remove what has come back by then.
    if (holds !== 'absent' || firstCopies.has(copy)) throw new StepFailure(`the state ${path} has gone`);
    const { entries } = await readTree(machine, path);
    await whenCopied();
    return entries;
  }
  const firstCopy = firstCopies.get(copy);
  return firstCopy === undefined
    ? await keepCopy(context, path, copy, { whenCopied })
    : await updateCopy(context, path, copy, { firstCopy, whenCopied });
}
