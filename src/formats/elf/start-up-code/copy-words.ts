import type { Machine } from './machine.ts';
import type { Value } from './value.ts';

/** Copies `count` words as memmove(3) does; what does not lie at an address divisible by eight is only handed over. */
export function copyWords(machine: Machine, to: number, from: number, count: number): void {
  machine.budget.spend(count);
  if (to % 8 !== 0 || from % 8 !== 0) {
    machine.handOver([BigInt(to), BigInt(from)]);
    return;
  }
  const words = Array.from({ length: count }, (_, index): Value => machine.memory.load(from + index * 8, 8));
  for (const [index, word] of words.entries()) machine.store(to + index * 8, 8, word);
}
