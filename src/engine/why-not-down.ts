import type { Machine } from '../host/machine.ts';
import { type StepContext, StepFailure } from './step-action.ts';

/** What speaks against a unit being down; undefined when it is. */
export async function whyNotDown(
  { systemd }: Pick<Machine, 'systemd'>,
  unit: string,
): Promise<string | undefined> {
  const { activeState, mainPid } = await systemd.show(unit);
  const down = (activeState === 'inactive' || activeState === 'failed') && mainPid === 0;
  return down ? undefined : `${unit} is ${activeState}, its process ${mainPid}`;
}

/** Throws when the service, which this change has stopped, was started by somebody: it works on its state then. */
export async function mustStillBeDown({
  machine,
  journal,
}: Pick<StepContext, 'machine' | 'journal'>): Promise<void> {
  const stops = journal.records.some(
    (record) => record.type === 'intent' && record.action.kind === 'unit-stop',
  );
  if (!stops) return;
  const reason = await whyNotDown(machine, journal.begin.service);
  if (reason !== undefined)
    throw new StepFailure(`something has started the service while its state was worked on: ${reason}`);
}
