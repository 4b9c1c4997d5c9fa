import { dirname } from 'node:path/posix';
import type { Entry } from '../../journal/entry.ts';
import { entryBefore, isAsBefore } from '../as-before.ts';
import { entryDifferences } from '../entry-differences.ts';
import { besideOf, exchangeFile } from '../exchange-file.ts';
import { keepCopy } from '../keep-original.ts';
import { removeEmptyDirectories } from '../remove-empty-directories.ts';
import { readTree } from '../read-entries.ts';
import { foundCopy, whyUnusable } from './originals.ts';
import { restoreFiles } from './restore-files.ts';
import { nothing, type StepAction, type StepContext, StepFailure, type StepOf } from '../step-action.ts';

export const fileRestore: StepAction<StepOf<'file-restore'>> = {
  foresee: nothing,
  apply: async ({ path, original, createdDirectories }, context) => {
    const { machine, journal } = context;
    const { change } = journal.begin;
    const left = besideOf(path, change, 'new');
    if (machine.host.lstat(left) !== undefined) machine.files.removeFile(left);
    if (!(await isAsBefore(path, context))) {
      // What stands there now is kept: somebody may have worked on it since.
      if (machine.host.lstat(path) !== undefined) await keepCopy(context, path, foundCopy(context));
      if (original === undefined) {
        machine.files.removeFile(path);
        machine.files.sync(dirname(path));
      } else {
        const expected = entryBefore(path, context);
        await exchangeFile(
          machine,
          path,
          change,
          async (beside) => await machine.files.copy(original, beside),
          async (beside) => {
            await refuseUnequal(expected, beside, original, context);
            await machine.files.syncFileSystem(dirname(beside));
          },
        );
      }
    }
    removeEmptyDirectories(machine, createdDirectories);
    return {};
  },
  verify: async ({ path }, context) =>
    (await isAsBefore(path, context)) ? undefined : `${path} is not as it was before the change`,
  together: {
    foresee: async (items) => items.map(() => ({})),
    applyAndVerify: restoreFiles,
  },
};

async function refuseUnequal(
  expected: Entry,
  beside: string,
  original: string,
  { machine }: StepContext,
): Promise<void> {
  const { entries } = await readTree(machine, beside);
  const [first] = entryDifferences([{ ...expected, path: '.' }], entries, {
    root: original,
    directoryTimes: true,
  });
  if (first !== undefined) {
    throw new StepFailure(whyUnusable(original, first));
  }
}
