import { randomOf } from '../random.ts';

/** Choices that follow from a seed alone. */
export class Random {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = randomOf(seed);
  }

  /** From 0 to `end` - 1. */
  below(end: number): number {
    return Math.floor(this.#next() * Math.max(1, end));
  }

  oneOf<T>(values: readonly [T, ...T[]]): T {
    return values[this.below(values.length)] ?? values[0];
  }
}
