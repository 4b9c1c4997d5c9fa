import { dirname } from 'node:path/posix';
import type { Machine } from '../../host/machine.ts';
import { makeDirectories } from '../../journal/make-directories.ts';
import { scanReplacement } from '../../plan/scan-replacement.ts';
import { nothing, type StepAction, StepFailure, type StepOf } from '../step-action.ts';

export const storeAdd: StepAction<StepOf<'store-add'>> = {
  foresee: nothing,
  apply: async ({ source, storePath, digest }, { machine }) => {
    if (machine.host.lstat(storePath) !== undefined) return {}; // verify looks whether it is sound
    makeDirectories(machine, dirname(storePath), 0o755);
    const beside = `${dirname(storePath)}/.new-sha256-${digest}`;
    machine.files.removeTree(beside); // left by a run that was cut short
    await machine.files.copyAsOwn(source, beside);
    takeWriteModes(machine, beside);
    const found = scanReplacement(machine.host, beside).digest;
    if (found !== digest) {
      machine.files.removeTree(beside);
      throw new StepFailure(
        `${source} has changed since the plan was made (sha256 ${found}, planned ${digest})`,
      );
    }
    await machine.files.syncFileSystem(beside);
    machine.files.rename(beside, storePath);
    machine.files.sync(dirname(storePath));
    return {};
  },
  verify: async ({ storePath, digest }, { machine }) => {
    const found = scanReplacement(machine.host, storePath).digest;
    return found === digest ? undefined : `${storePath} was changed: its content has sha256 ${found}`;
  },
};

/** Makes a copy read-only as the store's format says. */
function takeWriteModes(machine: Machine, path: string): void {
  const facts = machine.host.lstat(path);
  if (facts === undefined || facts.type === 'link') return;
  for (const name of machine.host.list(path) ?? []) takeWriteModes(machine, `${path}/${name}`);
  machine.files.setMode(path, facts.mode & 0o555);
}
