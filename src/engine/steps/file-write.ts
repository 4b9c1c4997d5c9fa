import { dirname } from 'node:path/posix';
import type { StepFacts } from '../../journal/record.ts';
import { makeDirectories, missingDirectories } from '../../journal/make-directories.ts';
import { isAsBefore, mustStillBe } from '../as-before.ts';
import { exchangeFile } from '../exchange-file.ts';
import { keepCopy, originalOf } from '../keep-original.ts';
import { whyNotWritten } from './why-not-written.ts';
import { writeFiles } from './write-files.ts';
import { type StepAction, type StepContext, StepFailure, type StepOf } from '../step-action.ts';

export const fileWrite: StepAction<StepOf<'file-write'>> = {
  foresee,
  apply: async ({ path, content, mode, uid, gid, before }, context, { original }) => {
    const { machine, journal } = context;
    if (!(await isAsBefore(path, context)))
      throw new StepFailure(`${path} changed while the change was prepared`);
    if (original !== undefined) await keepCopy(context, path, original);
    makeDirectories(machine, dirname(path), 0o755);
    await exchangeFile(
      machine,
      path,
      journal.begin.change,
      (beside) => machine.files.createFile(beside, content, { mode, uid, gid }),
      () => mustStillBe(machine, path, before),
    );
    return {};
  },
  verify: async (step, { machine }) => whyNotWritten(step, machine.host),
  together: {
    foresee: async (items) =>
      await Promise.all(items.map(async ({ action, context }) => await foresee(action, context))),
    applyAndVerify: writeFiles,
  },
};

async function foresee({ path }: StepOf<'file-write'>, context: StepContext): Promise<StepFacts> {
  const original = originalOf(path, context);
  return {
    createdDirectories: missingDirectories(context.machine, dirname(path)),
    ...(original === undefined ? {} : { original }),
  };
}
