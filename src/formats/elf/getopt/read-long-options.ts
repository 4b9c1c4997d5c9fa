import type { TakesArgument } from '../../command-line/getopt-options.ts';
import type { LinkedData } from '../linked-data.ts';

const MOST = 1000;
const LONGEST = 128;
/** `struct option` of getopt.h on 64-bit machines: name, has_arg, flag, val. */
const SIZE = 32;
const KINDS: readonly TakesArgument[] = ['none', 'required', 'optional'];

/** The table of long options at an address, up to its empty entry; undefined for what is none. Throws `MalformedError`. */
export function readLongOptions(
  data: LinkedData,
  address: number,
): ReadonlyMap<string, TakesArgument> | undefined {
  const options = new Map<string, TakesArgument>();
  for (let at = address; options.size < MOST; at += SIZE) {
    if (data.pointer(at).kind === 'null') return options;
    const name = data.text(at, LONGEST);
    const takes = KINDS[data.u32(at + 8)];
    if (name === undefined || takes === undefined || !/^[\w.+-]+$/.test(name)) return undefined;
    options.set(name, takes);
  }
  return undefined;
}
