import { dirname } from 'node:path/posix';
import type { StepFacts } from '../../journal/record.ts';
import { makeDirectories, missingDirectories } from '../../journal/make-directories.ts';
import { entryBefore, mustStillBe, notAsBefore } from '../as-before.ts';
import { newBeside } from '../exchange-file.ts';
import { keepCopies, originalOf } from '../keep-original.ts';
import {
  asPartOf,
  type ForeseenItem,
  type Item,
  type StepContext,
  StepFailure,
  type StepOf,
  type Together,
} from '../step-action.ts';
import { syncFileSystemsOf } from '../sync-directories.ts';
import { whyNotWritten } from './why-not-written.ts';

type FileWrite = StepOf<'file-write'>;

export const fileWrite: Together<FileWrite> = {
  foresee,
  applyAndVerify: writeFiles,
};

async function foresee({ path }: FileWrite, context: StepContext): Promise<StepFacts> {
  const original = originalOf(path, context);
  return {
    createdDirectories: missingDirectories(context.machine, dirname(path)),
    ...(original === undefined ? {} : { original }),
  };
}

/** The originals are copied by one program, the new ones lie beside on the disk before the first rename. */
async function writeFiles(
  items: readonly [ForeseenItem<FileWrite>, ...ForeseenItem<FileWrite>[]],
): Promise<void> {
  const [{ context }] = items;
  const { machine } = context;
  const [changed] = await notAsBefore(items);
  if (changed !== undefined) {
    const { path } = changed.action;
    throw new StepFailure(`${path} changed while the change was prepared`, {}, changed.context.step);
  }
  await keepCopies(
    context,
    items.flatMap(({ action, foreseen: { original }, context: { step } }) =>
      original === undefined ? [] : [{ from: action.path, to: original, step }],
    ),
  );
  const directories = new Set(items.map(({ action }) => dirname(action.path)));
  for (const item of items) {
    await asPartOf(item, async () => {
      makeDirectories(machine, dirname(item.action.path), 0o755);
      await layBeside(item);
    });
  }
  await syncFileSystemsOf(machine, directories);
  for (const item of items) {
    const { path, before } = item.action;
    await asPartOf(item, () => {
      mustStillBe(machine, path, before, item.context.step);
      machine.files.rename(newBeside(path, context), path);
    });
  }
  for (const directory of directories) machine.files.sync(directory);
  for (const { action, context: at } of items) {
    const fault = whyNotWritten(action, machine.host);
    if (fault !== undefined) throw new StepFailure(fault, {}, at.step);
  }
}

/** With the ACL and the extended attributes of what stands there: those that it grants access to keep it. */
async function layBeside(item: Item<FileWrite>): Promise<void> {
  const { action, context } = item;
  const { path, content, mode, uid, gid } = action;
  const { host, files } = context.machine;
  const beside = newBeside(path, context);
  if (host.lstat(beside) !== undefined) files.removeFile(beside); // left by a run that was cut short
  files.prepareFile(beside, content, { mode, uid, gid });
  const before = entryBefore(path, context);
  if (before.type !== 'file' || before.attributes === undefined) return;
  await files.copyAttributes(path, beside);
  if (before.mode !== mode) files.setMode(beside, mode);
}
