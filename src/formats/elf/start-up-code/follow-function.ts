import { type Follower, giveUp } from './follow.ts';
import { LostError, type Machine } from './machine.ts';

const MOST_STEPS = 20_000;
const MOST_ROUNDS = 32;

/** What following a function to its end led to: its caller's next instruction, or nowhere. */
export type Followed = { readonly kind: 'returned'; readonly machine: Machine } | { readonly kind: 'never' };

/**
 * Follows the function that the machine has just entered until it returns. A branch on something unknown goes both
 * ways; machines that meet at one instruction go on as one that knows what all of them know, and the one that is
 * furthest behind goes first, so that they do meet. A branch that is come to again is a loop: it is gone round
 * until it changes nothing more. Throws `LostError` where the function cannot be followed.
 */
export function followFunction(follower: Follower, entered: Machine): Followed {
  const depth = entered.frames.length;
  const entry = entered.programCounter;
  const live = new Map<number, Machine>();
  const forks = new Map<number, { readonly machine: Machine; rounds: number }>();
  let returned: Machine | undefined;
  follower.checkHope(entry);
  const goOn = (machine: Machine, place: number) => {
    machine.programCounter = place;
    const waiting = live.get(place);
    if (waiting === undefined) live.set(place, machine);
    else merge(waiting, machine);
  };
  goOn(entered, entry);
  for (let steps = 0; live.size > 0; steps += 1) {
    if (steps > MOST_STEPS) throw new LostError('a function takes too many steps');
    const place = live.size === 1 ? firstOf(live) : Math.min(...live.keys());
    const machine = live.get(place);
    if (machine === undefined) break;
    live.delete(place);
    const step = follower.step(machine);
    if (step.caught !== undefined) goOn(step.caught, step.caught.programCounter);
    if (step.kind === 'on') {
      const after = machine.frames.length > depth ? followCall(follower, machine) : machine;
      if (after === undefined) continue;
      if (after.frames.length >= depth) goOn(after, after.programCounter);
      else if (returned === undefined) returned = after;
      else merge(returned, after);
    } else if (step.kind === 'either') {
      const fork = forks.get(place);
      if (fork === undefined) forks.set(place, { machine: machine.copy(), rounds: 0 });
      else if (!merge(fork.machine, machine)) continue;
      else if (++fork.rounds > MOST_ROUNDS) throw new LostError('a loop on unknown values does not settle');
      const known = fork?.machine ?? machine;
      goOn(known.copy(), step.one);
      goOn(known.copy(), step.other);
    }
  }
  return returned === undefined ? { kind: 'never' } : { kind: 'returned', machine: returned };
}

/** A function that cannot be followed is given up, and its caller goes on knowing less. */
function followCall(follower: Follower, machine: Machine): Machine | undefined {
  const entry = machine.programCounter;
  const { frames } = machine;
  try {
    const followed = followFunction(follower, machine);
    return followed.kind === 'never' ? undefined : followed.machine;
  } catch (error) {
    if (!(error instanceof LostError)) throw error;
    follower.loseHope(entry, error.message);
    giveUp(machine, frames, error.message);
    return machine;
  }
}

function merge(into: Machine, from: Machine): boolean {
  if (into.stackPointer !== from.stackPointer) throw new LostError('two ways use the stack differently');
  return into.merge(from);
}

function firstOf(live: ReadonlyMap<number, Machine>): number {
  for (const place of live.keys()) return place;
  return 0;
}
