/** A time and what it is compared with, measured in turns in one run. Milliseconds. */
export interface Measurement {
  readonly title: string;
  readonly median: number;
  readonly against: { readonly title: string; readonly median: number };
  /** The median of the ratios pair by pair, which a drifting machine disturbs least. */
  readonly ratio: number;
  /** The smallest and the largest of them: how much the machine wavered. */
  readonly spread: readonly [number, number];
  /** What the ratio should stay below; never asserted. */
  readonly goal?: number;
}

export interface Contender {
  readonly title: string;
  /** Runs once and returns how long it took, in milliseconds; or how much it took, in megabytes. */
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
  const ratios = pairs.map(([a, b]) => a / b);
  return {
    title: one.title,
    median: median(pairs.map(([a]) => a)),
    against: { title: other.title, median: median(pairs.map(([, b]) => b)) },
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
    ...(goal === undefined ? {} : { goal }),
  };
}

/** A size that stands for itself. */
export interface Size {
  readonly title: string;
  /** Of several runs, in megabytes. */
  readonly median: number;
  readonly largest: number;
  /** What it should stay below; never asserted. */
  readonly goal: number;
}

/** Measures a size several times. */
export async function size(one: Contender, rounds: number, goal: number): Promise<Size> {
  const sizes: number[] = [];
  for (let round = 0; round < rounds; round += 1) sizes.push(await one.run());
  return { title: one.title, median: median(sizes), largest: Math.max(...sizes), goal };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
