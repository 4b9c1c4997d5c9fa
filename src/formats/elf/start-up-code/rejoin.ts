import { type Follower, giveUp, type Step } from './follow.ts';
import { LostError, type Machine } from './machine.ts';

const DEEPEST_NESTING = 6;
const MOST_STEPS = 4000;
const MOST_ROUNDS = 8;

/** What following until a place led to. */
export type Walked =
  | { readonly kind: 'on' | 'ended'; readonly machine: Machine }
  | { readonly kind: 'never' };

/** One step, with both ways of a branch that depends on something unknown. Throws `LostError` like `step`. */
export function walk(follower: Follower, machine: Machine, nesting = 0): Walked {
  const branchAt = machine.programCounter;
  const step = follower.step(machine);
  if (step.kind === 'never') return step;
  if (step.kind !== 'either') return { kind: step.kind, machine };
  if (nesting >= DEEPEST_NESTING) throw new LostError('branches on unknown values nest too deep');
  return new Fork(follower, machine, branchAt, nesting).rejoined(step);
}

/**
 * A branch that can go both ways: both are followed in turns until one comes to where the other was, and go on as
 * one machine that knows what both know. A way back to the branch is a loop; it is followed until it changes
 * nothing more. A way that never returns (it throws, it aborts) leaves the other alone.
 */
class Fork {
  readonly #follower: Follower;
  readonly #head: Machine;
  readonly #branchAt: number;
  readonly #nesting: number;
  readonly #depth: number;

  constructor(follower: Follower, head: Machine, branchAt: number, nesting: number) {
    this.#follower = follower;
    this.#head = head;
    this.#branchAt = branchAt;
    this.#nesting = nesting;
    this.#depth = head.frames.length;
  }

  rejoined(branch: Extract<Step, { kind: 'either' }>): Walked {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const result = this.#round(branch);
      if (result !== 'again') return result;
    }
    throw new LostError('a loop on unknown values does not settle');
  }

  #round({ one, other }: Extract<Step, { kind: 'either' }>): Walked | 'again' {
    const ways: [Way, Way] = [new Way(this.#head, one), new Way(this.#head, other)];
    for (let turn = 0; turn < MOST_STEPS * 2; turn += 1) {
      const [way, opposite] = turn % 2 === 0 ? ways : [ways[1], ways[0]];
      if (way.isOver && opposite.isOver) return this.#bothOver(way, opposite);
      if (way.isOver) continue;
      this.#advance(way);
      if (way.isOver) continue;
      const { machine } = way;
      const isBack = machine.frames.length === this.#depth && machine.programCounter === this.#branchAt;
      if (isBack) {
        if (merged(this.#head, machine)) return 'again';
        way.state = 'never';
        continue;
      }
      const place = this.#placeOf(machine);
      if (place !== undefined && opposite.visited.has(place)) {
        const before = this.#replayed(opposite, place);
        merged(before, machine);
        return { kind: 'on', machine: before };
      }
      if (place !== undefined) way.visited.add(place);
    }
    throw new LostError('the two ways of a branch do not come together');
  }

  #bothOver(one: Way, other: Way): Walked {
    const arrived = [one, other].filter(({ state }) => state !== 'never');
    const [first, second] = arrived;
    if (first === undefined) return { kind: 'never' };
    if (second !== undefined) merged(first.machine, second.machine);
    return { kind: first.state === 'ended' ? 'ended' : 'on', machine: first.machine };
  }

  /** A function called on the way may be given up; the one that forked may not, for its caller decides that. */
  #advance(way: Way): void {
    const { machine } = way;
    try {
      const walked = walk(this.#follower, machine, this.#nesting + 1);
      if (walked.kind === 'never') {
        way.state = 'never';
        return;
      }
      way.machine = walked.machine;
      if (walked.kind === 'ended') way.state = 'ended';
    } catch (error) {
      if (!(error instanceof LostError) || machine.frames.length <= this.#depth) throw error;
      giveUp(machine, error.message);
    }
    if (way.state === 'walking' && way.machine.frames.length < this.#depth) way.state = 'returned';
  }

  /** The way again from its beginning, as it was when it came to a place. */
  #replayed(way: Way, place: number): Machine {
    const again = new Way(this.#head, way.start);
    for (let step = 0; step < MOST_STEPS; step += 1) {
      if (this.#placeOf(again.machine) === place) return again.machine;
      this.#advance(again);
      if (again.isOver) break;
    }
    throw new LostError('a way could not be followed twice');
  }

  #placeOf(machine: Machine): number | undefined {
    return machine.frames.length === this.#depth ? machine.programCounter : undefined;
  }
}

class Way {
  machine: Machine;
  readonly start: number;
  readonly visited = new Set<number>();
  state: 'walking' | 'returned' | 'ended' | 'never' = 'walking';

  constructor(head: Machine, start: number) {
    this.machine = head.copy();
    this.machine.programCounter = start;
    this.start = start;
    this.visited.add(start);
  }

  get isOver(): boolean {
    return this.state !== 'walking';
  }
}

function merged(into: Machine, from: Machine): boolean {
  if (into.stackPointer !== from.stackPointer)
    throw new LostError('the two ways of a branch use the stack differently');
  return into.merge(from);
}
