import { whyNothingToChange } from '../engine/why-nothing-to-change.ts';
import type { Host } from '../host/host.ts';
import { liveMachine } from '../host/machine/live-machine.ts';
import { unitsNow } from '../host/units-now.ts';
import { NothingToChange } from '../plan/nothing-to-change.ts';

/** Throws what a plan could not be made for; where it is that nothing is to change on this machine, why that is so. */
export function rethrowNothingToChange(host: Host, error: unknown): never {
  if (error instanceof NothingToChange && host.kind === 'live')
    throw whyNothingToChange(liveMachine(), error.service, unitsNow());
  throw error;
}
