import { expect, test } from 'vitest';
import { beginRecord } from '../../test/begin-record.ts';
import { endOf } from '../../test/end-of.ts';
import { rootWith } from '../../test/root-with.ts';
import type { Outcome } from '../documents/outcome.ts';
import { liveMachine } from '../host/machine/live-machine.ts';
import { makeHome } from '../journal/home.ts';
import { Journal } from '../journal/journal.ts';
import { refuseUnfinished } from './refuse-to-begin.ts';

const SERVICE = 'lighthouse.service';

/** A machine on which changes of the lighthouse have ended so, oldest first. */
function machineWith(...states: readonly Outcome['state'][]) {
  const machine = liveMachine(`${rootWith({}).root}/cutover`);
  makeHome(machine);
  for (const [number, state] of states.entries()) {
    const change = `20260612-08000${number}-000-6a9c1f`;
    const journal = Journal.create(machine, beginRecord(change, SERVICE));
    journal.append(endOf(journal, state));
  }
  return machine;
}

test('a change that needs the operator is to be taken back before the next of its service', () => {
  const machine = machineWith('committed', 'needs-operator', 'rolled-back');
  expect(() => {
    refuseUnfinished(machine, SERVICE);
  }).toThrow(
    expect.objectContaining({
      message: `change 20260612-080001-000-6a9c1f of ${SERVICE} was not taken back to the end, and needs the operator`,
      next: 'cutover rollback 20260612-080001-000-6a9c1f; to be content with what still differs then, with --accept-differences',
    }),
  );
  refuseUnfinished(machine, 'harbour.service');
});

test('one that a later change was made over is in the way of none', () => {
  refuseUnfinished(machineWith('needs-operator', 'committed'), SERVICE);
});
