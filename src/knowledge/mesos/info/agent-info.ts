/** What an agent tells a master of itself (`SlaveInfo`), and what it must still be when it recovers. */
export interface AgentInfo {
  readonly hostname: string;
  readonly port: number;
  readonly id: string | undefined;
  readonly resources: readonly Resource[];
  readonly attributes: readonly Attribute[];
}

export interface Resource {
  readonly name: string;
  readonly role: string;
  readonly value: Value;
  /** What else tells it from others of its name, in words: the source of a disk, a reservation; '' for none. */
  readonly more: string;
}

export interface Attribute {
  readonly name: string;
  readonly value: Value;
}

export type Value =
  | { readonly type: 'scalar'; readonly value: number }
  | { readonly type: 'ranges'; readonly ranges: readonly Range[] }
  | { readonly type: 'set'; readonly items: readonly string[] }
  | { readonly type: 'text'; readonly value: string };

export interface Range {
  readonly begin: bigint;
  readonly end: bigint;
}

/** As the agent writes it, equal for equal values: three decimals, ranges joined, items sorted. */
export function showValue(value: Value): string {
  switch (value.type) {
    case 'scalar':
      return String(Math.round(value.value * 1000) / 1000);
    case 'ranges':
      return `[${joined(value.ranges)
        .map(({ begin, end }) => `${begin}-${end}`)
        .join(',')}]`;
    case 'set':
      return `{${[...new Set(value.items)].sort().join(',')}}`;
    case 'text':
      return value.value;
  }
}

/** The same numbers in as few ranges as there can be, in order. */
export function joined(ranges: readonly Range[]): Range[] {
  const out: Range[] = [];
  for (const range of [...ranges].sort((a, b) => (a.begin < b.begin ? -1 : 1))) {
    const last = out.at(-1);
    if (last === undefined || range.begin > last.end + 1n) out.push(range);
    else if (range.end > last.end) out[out.length - 1] = { begin: last.begin, end: range.end };
  }
  return out;
}
