/** A figure and what it is compared with, measured in turns in one run. Milliseconds. */
export interface Measurement {
  readonly title: string;
  readonly median: number;
  readonly against: { readonly title: string; readonly median: number };
  /** The median of the ratios pair by pair, which a drifting machine disturbs least. */
  readonly ratio: number;
  /** What the ratio should stay below; never asserted. */
  readonly goal?: number;
}

export interface Contender {
  readonly title: string;
  /** Runs once and returns how long it took, in milliseconds. */
  readonly run: () => number | Promise<number>;
}

/** Runs the two in turn, after one warm-up each. */
export async function compare(
  one: Contender,
  other: Contender,
  rounds: number,
  goal?: number,
): Promise<Measurement> {
  await one.run();
  await other.run();
  const pairs: [number, number][] = [];
  for (let round = 0; round < rounds; round += 1) pairs.push([await one.run(), await other.run()]);
  return {
    title: one.title,
    median: median(pairs.map(([a]) => a)),
    against: { title: other.title, median: median(pairs.map(([, b]) => b)) },
    ratio: median(pairs.map(([a, b]) => a / b)),
    ...(goal === undefined ? {} : { goal }),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
