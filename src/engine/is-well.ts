import type { Machine } from '../host/machine.ts';
import type { Change } from '../journal/changes.ts';

/** Whether the service of a change that has come to its end runs steadily: it can be stopped late on the way back. */
export async function isWell(machine: Machine, change: Change): Promise<boolean> {
  if (change.state !== 'committed' && change.state !== 'awaiting-confirmation') return false;
  const { activeState, subState } = await machine.systemd.show(change.begin.service);
  return activeState === 'active' && ['running', 'exited'].includes(subState);
}
