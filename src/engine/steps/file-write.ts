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
import { whyNotWritten } from '../is-as-written.ts';

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
  const directories = new Set<string>();
  for (const item of items) {
    const directory = dirname(item.action.path);
    await asPartOf(item, async () => {
      if (!directories.has(directory)) makeDirectories(machine, directory, 0o755);
      await layBeside(item);
    });
    directories.add(directory);
  }
  await syncFileSystemsOf(machine, directories);
  const prepared = machine.host.remembering();
  for (const item of items) {
    const { path, before } = item.action;
    await asPartOf(item, () => {
      mustStillBe(prepared, path, before, item.context.step);
      machine.files.rename(newBeside(path, context), path);
    });
  }
  for (const directory of directories) machine.files.sync(directory);
  const written = machine.host.remembering();
  for (const { action, context: at } of items) {
    const fault = whyNotWritten(action, written);
    if (fault !== undefined) throw new StepFailure(fault, {}, at.step);
  }
}

/** With the ACL and the extended attributes of what stands there: those that it grants access to keep it. */
async function layBeside(item: Item<FileWrite>): Promise<void> {
  const { action, context } = item;
  const { path, content, mode, uid, gid } = action;
  const { files } = context.machine;
  const beside = newBeside(path, context);
  files.prepareFile(beside, content, { mode, uid, gid });
  const before = entryBefore(path, context);
  if (before.type !== 'file' || before.attributes === undefined) return;
  await files.copyAttributes(path, beside);
  if (before.mode !== mode) files.setMode(beside, mode);
}
