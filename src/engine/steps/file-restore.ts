import { dirname } from 'node:path/posix';
import { foundCopy } from '../../journal/change-directory.ts';
import { entryBefore, notAsBefore } from '../as-before.ts';
import { copyTogether } from '../copy-together.ts';
import { entryDifferences } from '../entry-differences.ts';
import { newBeside, stagingIn } from '../exchange-file.ts';
import { keepCopies } from '../keep-original.ts';
import { readBareTree, withAttributesIn } from '../read-entries.ts';
import { removeEmptyDirectories } from '../remove-empty-directories.ts';
import {
  asPartOf,
  type Item,
  nothing,
  type StepContext,
  StepFailure,
  type StepOf,
  type Together,
} from '../step-action.ts';
import { syncFileSystemsOf } from '../sync-directories.ts';
import type { Difference } from '../../documents/outcome.ts';

type Restored = Item<StepOf<'file-restore'>>;

/** One at whose path the original takes the place of something else. */
interface Replaced {
  readonly item: Restored;
  readonly original: string;
  readonly beside: string;
}

export const fileRestore: Together<StepOf<'file-restore'>> = {
  foresee: nothing,
  applyAndVerify: restoreFiles,
};

/** What is found is kept by one program, the originals lie beside on the disk before the first rename. */
async function restoreFiles(items: readonly [Restored, ...Restored[]]): Promise<void> {
  const [{ context }] = items;
  const { machine } = context;
  for (const item of items) {
    const left = newBeside(item.action.path, context);
    if (machine.host.lstat(left) !== undefined) await asPartOf(item, () => machine.files.removeFile(left));
  }
  for (const directory of directoriesOf(items)) {
    const left = stagingIn(directory, context);
    if (machine.host.lstat(left) !== undefined) machine.files.removeTree(left);
  }
  const changed = await notAsBefore(items);
  // What stands there now is kept: somebody may have worked on it since.
  await keepCopies(
    context,
    changed
      .filter(({ action }) => machine.host.lstat(action.path) !== undefined)
      .map(({ action, context: { journal, attempt, step } }) => ({
        from: action.path,
        to: foundCopy(journal.directory, attempt, step),
        step,
      })),
  );
  const replaced = changed.flatMap((item): Replaced[] => {
    const { path, original } = item.action;
    return original === undefined ? [] : [{ item, original, beside: newBeside(path, context) }];
  });
  await layBeside(replaced, context);
  for (const item of changed) {
    const { path, original } = item.action;
    await asPartOf(item, () => {
      const found = machine.host.lstat(path);
      if (found?.type === 'directory') machine.files.removeTree(path); // kept, and no rename takes its place
      if (original !== undefined) machine.files.rename(newBeside(path, context), path);
      else if (found !== undefined && found.type !== 'directory') machine.files.removeFile(path);
    });
  }
  for (const directory of directoriesOf(changed)) machine.files.sync(directory);
  const created = items.flatMap(({ action }) => action.createdDirectories);
  removeEmptyDirectories(machine, [...new Set(created)].sort());
  const [wrong] = await notAsBefore(items);
  if (wrong === undefined) return;
  throw new StepFailure(`${wrong.action.path} is not as it was before the change`, {}, wrong.context.step);
}

/** Copies of the originals, compared with what stood there before the change, and on the disk. */
async function layBeside(replaced: readonly Replaced[], context: StepContext): Promise<void> {
  const { machine } = context;
  for (const directory of directoriesOf(replaced.map(({ item }) => item))) {
    const copies = replaced
      .filter(({ beside }) => dirname(beside) === directory)
      .map(({ original, beside }) => ({ from: original, to: beside }));
    await copyTogether(machine, stagingIn(directory, context), copies);
  }
  const attributes = await machine.files.attributes(
    replaced.map(({ beside }) => beside),
    true,
  );
  for (const { item, original, beside } of replaced) {
    const { action, context } = item;
    const entries = withAttributesIn(beside, readBareTree(machine.host, beside), attributes);
    const expected = { ...entryBefore(action.path, context), path: '.' };
    const [first] = entryDifferences([expected], entries, { root: original, directoryTimes: true });
    if (first !== undefined) throw new StepFailure(whyUnusable(original, first), {}, context.step);
  }
  await syncFileSystemsOf(machine, directoriesOf(replaced.map(({ item }) => item)));
}

function directoriesOf(items: readonly Restored[]): Set<string> {
  return new Set(items.map(({ action }) => dirname(action.path)));
}

/** What is said of an original that is another than what it was copied from. */
function whyUnusable(original: string, { what, found, expected }: Difference): string {
  return `the copy ${original} can't be used: ${what} is ${found}, not ${expected}`;
}
