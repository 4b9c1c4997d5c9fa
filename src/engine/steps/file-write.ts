import { createHash } from 'node:crypto';
import { dirname } from 'node:path/posix';
import { makeDirectories, missingDirectories } from '../../journal/make-directories.ts';
import { entryState } from '../../plan/entry-state.ts';
import { isAsBefore, mustStillBe } from '../as-before.ts';
import { exchangeFile } from '../exchange-file.ts';
import { keepCopy, originalOf } from '../keep-original.ts';
import { type StepAction, StepFailure, type StepOf } from '../step-action.ts';

export const fileWrite: StepAction<StepOf<'file-write'>> = {
  foresee: async ({ path }, context) => {
    const original = originalOf(path, context);
    return {
      createdDirectories: missingDirectories(context.machine, dirname(path)),
      ...(original === undefined ? {} : { original }),
    };
  },
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
  verify: async ({ path, content, mode, uid, gid }, { machine }) => {
    const state = entryState(machine.host, path);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const equal =
      state.type === 'file' &&
      state.sha256 === sha256 &&
      state.mode === mode &&
      state.uid === uid &&
      state.gid === gid;
    return equal ? undefined : `${path} is not what was written to it`;
  },
};
