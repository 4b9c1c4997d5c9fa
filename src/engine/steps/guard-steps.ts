import { dirname } from 'node:path/posix';
import type { Machine } from '../../host/machine.ts';
import type { Journal } from '../../journal/journal.ts';
import { makeDirectories, missingDirectories } from '../../journal/make-directories.ts';
import { singleRecords } from '../../journal/single-records.ts';
import { guardOf } from '../../plan/guard.ts';
import { exchangeFile, newBeside } from '../exchange-file.ts';
import { removeEmptyDirectories } from '../remove-empty-directories.ts';
import { type Alone, nothing, type StepAction, type StepContext, type StepOf } from '../step-action.ts';

/**
 * A socket whose service is skipped tries again until systemd takes it down (`trigger-limit-hit`): one that listens now counts as
 * stopped with the service, and is started with it. Source: systemd.socket(5), "TriggerLimitIntervalSec=".
 */
export const guardSet: Alone<StepOf<'guard-set'>> = {
  foresee: async ({ unit, path }, { machine }) => {
    const { triggers } = await machine.systemd.companions(unit);
    const createdDirectories = missingDirectories(machine, dirname(path));
    return triggers.length === 0
      ? { createdDirectories }
      : { createdDirectories, alsoStopped: [...triggers] };
  },
  apply: async ({ unit, path }, context) => {
    const { machine } = context;
    const { flag, content } = guardOf(unit);
    if (machine.host.lstat(flag) !== undefined) machine.files.removeFile(flag); // of an earlier change
    makeDirectories(machine, dirname(path), 0o755);
    exchangeFile(context, path, (beside) =>
      machine.files.createFile(beside, content, { mode: 0o644, uid: 0, gid: 0 }),
    );
    return {};
  },
  verify: async ({ path }, { machine }) =>
    machine.host.lstat(path) === undefined ? `${path} is not there` : undefined,
};

export const guardLift: StepAction<StepOf<'guard-lift'>> = {
  foresee: nothing,
  apply: async ({ unit, path, createdDirectories }, { machine, journal }) => {
    const left = newBeside(path, { journal });
    if (machine.host.lstat(left) !== undefined) machine.files.removeFile(left);
    open(machine, unit); // systemd knows of it until it has read its files anew
    if (machine.host.lstat(path) !== undefined) {
      machine.files.removeFile(path);
      machine.files.sync(dirname(path));
    }
    removeEmptyDirectories(machine, [...createdDirectories, ...madeForGuard(journal)]);
    return {};
  },
  verify: async ({ path }, { machine }) =>
    machine.host.lstat(path) === undefined ? undefined : `${path} is still there`,
};

function madeForGuard({ records }: Journal): readonly string[] {
  return singleRecords(records).flatMap((record) =>
    record.type === 'intent' && record.action.kind === 'guard-set'
      ? (record.foreseen.createdDirectories ?? [])
      : [],
  );
}

/** Lets the service start under the guard of a change. Until the next boot only: nobody has seen yet whether it is well. */
export function openGuard({ machine, plan, direction }: StepContext): void {
  if (direction !== 'apply' || !plan.steps.some((step) => step.kind === 'guard-set')) return;
  open(machine, plan.service);
}

function open(machine: Machine, service: string): void {
  const { flag } = guardOf(service);
  if (machine.host.lstat(flag) !== undefined) return;
  makeDirectories(machine, dirname(flag), 0o755);
  machine.files.createFile(flag, '');
}
