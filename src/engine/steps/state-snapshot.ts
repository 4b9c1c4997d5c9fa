import { createHash } from 'node:crypto';
import { dirname } from 'node:path/posix';
import type { Entry } from '../../journal/entry.ts';
import { makeDirectories } from '../../journal/make-directories.ts';
import { keepCopy } from '../keep-original.ts';
import { readTree } from '../read-entries.ts';
import { manifestText } from '../state-manifest.ts';
import { mustStillBeDown } from '../why-not-down.ts';
import { nothing, type StepAction, type StepContext, type StepOf } from '../step-action.ts';

export const stateSnapshot: StepAction<StepOf<'state-snapshot'>> = {
  foresee: nothing,
  apply: async ({ path }, context) => {
    const { machine, journal, step, ahead } = context;
    const copy = `${journal.directory.snapshots}/state/${step}`;
    const manifest = `${copy}.manifest`;
    makeDirectories(machine, dirname(copy), 0o700);
    const isThere = machine.host.lstat(path) !== undefined;
    const whenCopied = async () => await mustStillBeDown(context);
    const entries = isThere
      ? await keepCopy(context, path, copy, { whenCopied, ahead })
      : await nothingAt(path, context);
    const text = manifestText(entries);
    machine.files.createFile(manifest, text);
    machine.files.sync(dirname(manifest));
    const sha256 = createHash('sha256').update(text).digest('hex');
    return { snapshot: { copy, manifest, sha256, entries: entries.length } };
  },
  verify: async () => undefined, // apply has compared the copy with the original, entry by entry
};

async function nothingAt(path: string, context: StepContext): Promise<readonly Entry[]> {
  const { entries } = await readTree(context.machine, path);
  await mustStillBeDown(context);
  return entries;
}
