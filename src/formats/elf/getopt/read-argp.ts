import type { GetoptOptions, TakesArgument } from '../../command-line/getopt-options.ts';
import type { LinkedData } from '../linked-data.ts';

const MOST = 1000;
const LONGEST = 128;
/** `struct argp_option` of argp.h on 64-bit machines: name, key, arg, flags, doc, group. */
const OPTION_SIZE = 48;
/** `struct argp_child`: argp, flags, header, group. */
const CHILD_SIZE = 32;
const CHILDREN_AT = 32;
const DEEPEST = 4;
const ARGUMENT_OPTIONAL = 1;
const ALIAS = 4;
const ONLY_TEXT = 8;

/** What argp(3) itself adds to every program. */
const OWN: readonly (readonly [string, TakesArgument])[] = [
  ['help', 'none'],
  ['usage', 'none'],
  ['version', 'none'],
];

/** The options of a `struct argp` at an address, with those of its children; undefined for what is none. Throws `MalformedError`. */
export function readArgp(data: LinkedData, address: number): GetoptOptions | undefined {
  const short = new Map<string, TakesArgument>([
    ['?', 'none'],
    ['V', 'none'],
  ]);
  const long = new Map<string, TakesArgument>(OWN);
  return collect(data, address, { short, long }, 0)
    ? { short, long, longWithOneDash: false, stopsAtFirstArgument: false }
    : undefined;
}

interface Collected {
  readonly short: Map<string, TakesArgument>;
  readonly long: Map<string, TakesArgument>;
}

function collect(data: LinkedData, address: number, into: Collected, depth: number): boolean {
  if (depth > DEEPEST) return false;
  const options = data.pointer(address);
  if (options.kind === 'here' && !collectOptions(data, options.address, into)) return false;
  if (options.kind === 'symbol' || options.kind === 'unknown') return false;
  const children = data.pointer(address + CHILDREN_AT);
  if (children.kind === 'null') return true;
  if (children.kind !== 'here') return false;
  for (let at = children.address, count = 0; count < MOST; at += CHILD_SIZE, count += 1) {
    const child = data.pointer(at);
    if (child.kind === 'null') return true;
    if (child.kind !== 'here' || !collect(data, child.address, into, depth + 1)) return false;
  }
  return false;
}

function collectOptions(data: LinkedData, address: number, { short, long }: Collected): boolean {
  let previous: TakesArgument = 'none';
  for (let at = address, count = 0; count < MOST; at += OPTION_SIZE, count += 1) {
    const [name, argument, doc] = [at, at + 16, at + 32].map((field) => data.pointer(field));
    const [key, flags, group] = [at + 8, at + 24, at + 40].map((field) => data.u32(field));
    if (name === undefined || argument === undefined || doc === undefined) return false;
    if (name.kind === 'null' && doc.kind === 'null' && key === 0 && group === 0) return true;
    // An alias has no argument of its own: that of the option before it counts.
    const isAlias = ((flags ?? 0) & ALIAS) !== 0;
    const own =
      argument.kind === 'null' ? 'none' : ((flags ?? 0) & ARGUMENT_OPTIONAL) !== 0 ? 'optional' : 'required';
    const takes: TakesArgument = isAlias ? previous : own;
    previous = takes;
    if (((flags ?? 0) & ONLY_TEXT) !== 0) continue;
    if (key !== undefined && key > 0x20 && key < 0x7f) short.set(String.fromCodePoint(key), takes);
    if (name.kind === 'null') continue;
    const text = data.text(at, LONGEST);
    if (text === undefined || !/^[\w.+-]+$/.test(text)) return false;
    long.set(text, takes);
  }
  return false;
}
