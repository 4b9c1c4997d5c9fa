import { type AgentInfo, type Resource, showValue } from './agent-info.ts';
import type { ExpectedInfo } from './expect-info.ts';

/** One thing that the agent has checkpointed and would tell otherwise tomorrow. */
export interface InfoDifference {
  /** `hostname`, `port`, `resource gpus(*)`, `attribute rack`. */
  readonly what: string;
  /** Undefined: not there. */
  readonly checkpointed: string | undefined;
  /** Undefined: not there. `measured at the start` when its amount can not be known before. */
  readonly tomorrow: string | undefined;
  /** The flag that decides it. */
  readonly flag: 'hostname' | 'port' | 'resources' | 'attributes' | 'isolation';
}

/**
 * Where the checkpointed info and the expected one differ, compared as the agent compares them: resources as sets
 * with three decimals, attributes in any order. What is measured at the start is taken to be what it was, unless
 * it was not there at all. Source: src/common/type_utils.cpp, operator== of SlaveInfo, 342 of 0.28.1.
 */
export function infoDifferences(checkpointed: AgentInfo, expected: ExpectedInfo): InfoDifference[] {
  const differences: InfoDifference[] = [];
  if (expected.hostname !== undefined && expected.hostname !== checkpointed.hostname) {
    differences.push(change('hostname', checkpointed.hostname, expected.hostname, 'hostname'));
  }
  if (expected.port !== checkpointed.port) {
    differences.push(change('port', String(checkpointed.port), String(expected.port), 'port'));
  }
  const before = totals(checkpointed.resources);
  const after = totals(expected.resources);
  for (const name of expected.measured) {
    const key = `${name}(${expected.role})`;
    after.set(key, before.get(key) ?? MEASURED);
  }
  for (const key of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [old, tomorrow] = [before.get(key), after.get(key)];
    if (old === tomorrow) continue;
    const isDiscovered = key.startsWith('gpus(') && !expected.resources.some(({ name }) => name === 'gpus');
    differences.push(change(`resource ${key}`, old, tomorrow, isDiscovered ? 'isolation' : 'resources'));
  }
  const attributes = (info: AgentInfo | ExpectedInfo): Map<string, string> =>
    grouped(info.attributes.map(({ name, value }) => [name, showValue(value)]));
  const [old, tomorrow] = [attributes(checkpointed), attributes(expected)];
  for (const name of [...new Set([...old.keys(), ...tomorrow.keys()])].sort()) {
    if (old.get(name) === tomorrow.get(name)) continue;
    differences.push(change(`attribute ${name}`, old.get(name), tomorrow.get(name), 'attributes'));
  }
  return differences;
}

const MEASURED = 'measured at the start';

function change(
  what: string,
  checkpointed: string | undefined,
  tomorrow: string | undefined,
  flag: InfoDifference['flag'],
): InfoDifference {
  return { what, checkpointed, tomorrow, flag };
}

/** What amounts to nothing is left out. */
function totals(resources: readonly Resource[]): Map<string, string> {
  const shown = [...sumsOf(resources)].map(([key, { value }]) => [key, showValue(value)] as const);
  return new Map(shown.filter(([, text]) => !['0', '[]', '{}'].includes(text)));
}

/** `name(role) kind`; without the kind where there is none. */
export function resourceKey({ name, role, more }: Resource): string {
  return `${name}(${role})${more === '' ? '' : ` ${more}`}`;
}

/** Resources of one name, role and kind added up, by `resourceKey`. */
export function sumsOf(resources: readonly Resource[]): Map<string, Resource> {
  const sums = new Map<string, Resource>();
  for (const resource of resources) {
    const key = resourceKey(resource);
    const before = sums.get(key);
    sums.set(key, before === undefined ? resource : added(before, resource));
  }
  return sums;
}

function added(a: Resource, b: Resource): Resource {
  if (a.value.type === 'scalar' && b.value.type === 'scalar') {
    return { ...a, value: { type: 'scalar', value: a.value.value + b.value.value } };
  }
  if (a.value.type === 'ranges' && b.value.type === 'ranges') {
    return { ...a, value: { type: 'ranges', ranges: [...a.value.ranges, ...b.value.ranges] } };
  }
  if (a.value.type === 'set' && b.value.type === 'set') {
    return { ...a, value: { type: 'set', items: [...a.value.items, ...b.value.items] } };
  }
  return b;
}

function grouped(pairs: readonly (readonly [string, string])[]): Map<string, string> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return new Map([...groups].map(([name, values]) => [name, values.sort().join(', ')]));
}
