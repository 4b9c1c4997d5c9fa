import type { ChangeStatus, Status } from '../documents/outcome.ts';
import type { Machine } from '../host/machine.ts';
import { type Change, readJournals } from '../journal/changes.ts';
import { lockHolder } from '../journal/lock.ts';
import { canonicalJson } from '../plan/canonical-json.ts';
import { entryState } from '../plan/entry-state.ts';
import { damagedChange } from './damaged-change.ts';

/** Every change, oldest first, and whether it is in force, told from what is on disk now. Reads only. */
export async function status(
  machine: Pick<Machine, 'host' | 'home' | 'processes' | 'systemd'>,
): Promise<Status> {
  const { host, home } = machine;
  const isBusy = lockHolder(machine) !== undefined;
  const journals = readJournals(host, home);
  const changes = journals.changes.map((change): ChangeStatus => {
    const { begin, history } = change;
    const { outcome } = history;
    const state = change.state === 'interrupted' && isBusy ? 'in-progress' : change.state;
    const isLeft = outcome?.leftAsItIs === true;
    return {
      change: begin.change,
      service: begin.service,
      startedAt: begin.at,
      state,
      inForce: (state !== 'rolled-back' || isLeft) && isInForce(change, host),
      ...replacementOf(change),
      ...touchedBy(change),
      journal: change.directory.records,
      ...(isLeft ? { leftAsItIs: true } : {}),
      ...(outcome?.confirmBefore === undefined ? {} : { confirmBefore: outcome.confirmBefore }),
      ...(state === 'awaiting-confirmation' && isLongPast(outcome?.confirmBefore) ? { overdue: true } : {}),
      ...(outcome === undefined || state !== 'needs-operator' ? {} : { reason: outcome.reason }),
    };
  });
  const damaged = journals.damaged.map(damagedChange);
  return {
    apiVersion: 'cutover/v1',
    kind: 'Status',
    changes: await Promise.all(changes.map(async (change) => await withActivity(machine, change))),
    ...(damaged.length === 0 ? {} : { damaged }),
  };
}

async function withActivity(
  { systemd }: Pick<Machine, 'systemd'>,
  change: ChangeStatus,
): Promise<ChangeStatus> {
  if (change.state !== 'interrupted' && change.state !== 'needs-operator') return change;
  try {
    return { ...change, activeState: (await systemd.show(change.service)).activeState };
  } catch {
    return change; // systemd does not answer: status tells what is on disk all the same
  }
}

/** Longer than a way back takes to begin: what should have begun it has failed. */
function isLongPast(time: string | undefined): boolean {
  return time !== undefined && Date.now() > Date.parse(time) + 60_000;
}

function replacementOf({ begin }: Change): Pick<ChangeStatus, 'replacement'> {
  for (const step of begin.plan.steps) {
    if (step.kind === 'store-add') return { replacement: step.source };
    if (step.kind === 'store-unpack') return { replacement: step.archives.join(', ') };
  }
  return {};
}

function touchedBy({ begin }: Change): Pick<ChangeStatus, 'files' | 'snapshots'> {
  const { steps } = begin.plan;
  const files = steps.filter(
    (step) =>
      (step.kind === 'file-write' && step.role === 'file') ||
      step.kind === 'file-replace' ||
      step.kind === 'file-remove',
  ).length;
  const snapshots = steps.flatMap((step) => (step.kind === 'state-snapshot' ? [step.path] : []));
  return { ...(files === 0 ? {} : { files }), ...(snapshots.length === 0 ? {} : { snapshots }) };
}

/** Some file that the change writes is not what stood there before. */
function isInForce({ begin }: Change, host: Machine['host']): boolean {
  return begin.plan.steps.some(
    (step) =>
      (step.kind === 'file-write' || step.kind === 'file-replace') &&
      canonicalJson(entryState(host, step.path)) !== canonicalJson(step.before),
  );
}
