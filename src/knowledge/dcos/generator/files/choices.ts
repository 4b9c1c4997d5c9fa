import type { Chunk, Switch } from '../../../../formats/dcos-template/template.ts';

const MOST_COMBINATIONS = 64;

/** A case for each switch that is left to choose, by the name of its argument. */
export type Choices = ReadonlyMap<string, string>;

/** The switches of a template whose argument is not decided, also those in cases of others. */
export function undecidedSwitches(chunks: readonly Chunk[], isDecided: (name: string) => boolean): Switch[] {
  return chunks.flatMap((chunk) => {
    if (chunk.kind !== 'switch') return [];
    const inner = [...chunk.cases.values()].flatMap((body) => undecidedSwitches(body, isDecided));
    return isDecided(chunk.name) ? inner : [chunk, ...inner];
  });
}

/** Every way to choose a case for each of the switches; undefined when there are too many to try. */
export function combinations(switches: readonly Switch[]): Choices[] | undefined {
  const cases = new Map<string, Set<string>>();
  for (const { name, cases: own } of switches) {
    const known = cases.get(name) ?? new Set<string>();
    cases.set(name, known);
    for (const value of own.keys()) known.add(value);
  }
  let ways: Choices[] = [new Map()];
  for (const [name, values] of cases) {
    if (ways.length * values.size > MOST_COMBINATIONS) return undefined;
    ways = ways.flatMap((way) => [...values].map((value) => new Map([...way, [name, value]])));
  }
  return ways;
}
