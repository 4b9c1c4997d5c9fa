import { dirname } from 'node:path/posix';
import type { StepFacts } from '../../journal/record.ts';
import { makeDirectories, missingDirectories } from '../../journal/make-directories.ts';
import { mustStillBe, notAsBefore } from '../as-before.ts';
import { besideOf } from '../exchange-file.ts';
import { keepCopies, originalOf } from '../keep-original.ts';
import {
  asPartOf,
  type ForeseenItem,
  type Item,
  StepFailure,
  type StepOf,
  type Together,
} from '../step-action.ts';
import { syncFileSystemsOf } from '../sync-directories.ts';
import { whyNotWritten } from './why-not-written.ts';

type FileWrite = StepOf<'file-write'>;

export const fileWrite: Together<FileWrite> = {
  foresee: async (items) => items.map(foresee),
  applyAndVerify: writeFiles,
};

function foresee({ action: { path }, context }: Item<FileWrite>): StepFacts {
  const original = originalOf(path, context);
  return {
    createdDirectories: missingDirectories(context.machine, dirname(path)),
    ...(original === undefined ? {} : { original }),
  };
}

/** The originals are copied by one program, the new ones lie beside on the disk before the first rename. */
async function writeFiles(items: readonly ForeseenItem<FileWrite>[]): Promise<void> {
  const [one] = items;
  if (one === undefined) return;
  const { context } = one;
  const { machine, journal } = context;
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
  for (const directory of directories) makeDirectories(machine, directory, 0o755);
  const besides = items.map(({ action }) => besideOf(action.path, journal.begin.change, 'new'));
  for (const [index, item] of items.entries()) {
    const { content, mode, uid, gid } = item.action;
    const beside = besides[index] ?? '';
    asPartOf(item, () => {
      if (machine.host.lstat(beside) !== undefined) machine.files.removeFile(beside); // left by a run that was cut short
      machine.files.prepareFile(beside, content, { mode, uid, gid });
    });
  }
  await syncFileSystemsOf(machine, directories);
  for (const [index, item] of items.entries()) {
    const { path, before } = item.action;
    asPartOf(item, () => {
      mustStillBe(machine, path, before, item.context.step);
      machine.files.rename(besides[index] ?? '', path);
    });
  }
  for (const directory of directories) machine.files.sync(directory);
  for (const { action, context: at } of items) {
    const fault = whyNotWritten(action, machine.host);
    if (fault !== undefined) throw new StepFailure(fault, {}, at.step);
  }
}
