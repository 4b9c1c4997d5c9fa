import { ALL_CAPABILITIES } from './directives/kinds/sets.ts';

const NAMES = ALL_CAPABILITIES.split(' ');

/** The capabilities of a mask, the lowest bit first, by name as getcap(8) prints them; one without a name by its number. */
export function capabilityNames(mask: bigint): readonly string[] {
  const names: string[] = [];
  for (let bit = 0; mask >> BigInt(bit) !== 0n; bit += 1) {
    if (((mask >> BigInt(bit)) & 1n) === 1n) names.push(NAMES[bit] ?? `cap_${bit}`);
  }
  return names;
}

/** For people: `all`, `none`, those that there are, or of nearly all those that are not. */
export function showCapabilities(names: readonly string[]): string {
  const missing = NAMES.filter((name) => !names.includes(name));
  if (names.length === 0) return 'none';
  if (missing.length === 0) return 'all';
  return missing.length < names.length ? `all but ${missing.join(' ')}` : names.join(' ');
}
