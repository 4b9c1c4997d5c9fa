import type { Machine } from '../host/machine.ts';
import type { Change } from '../journal/changes.ts';

/**
 * Whether the service of a change that has come to its end runs steadily: it can be stopped late on the way back. After a
 * way back that did not end well its state may be that of before or of the change, and a restart would not start what was
 * stopped with it and did not come back; where there is neither, nothing is amiss.
 */
export async function isWell(machine: Machine, change: Change): Promise<boolean> {
  const { begun, leftStopped, stateIsBack } = change.history;
  const hasState = begun.some(({ action }) => action.kind === 'state-snapshot');
  const isAtStake = leftStopped.length > 0 || (hasState && !stateIsBack);
  const isOver = change.state === 'committed' || change.state === 'awaiting-confirmation';
  if (!isOver && (change.state !== 'needs-operator' || isAtStake)) return false;
  const { activeState, subState } = await machine.systemd.show(change.begin.service);
  return activeState === 'active' && ['running', 'exited'].includes(subState);
}
