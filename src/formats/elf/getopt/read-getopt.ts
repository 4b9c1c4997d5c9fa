import { type GetoptOptions, parseOptionString } from '../../command-line/getopt-options.ts';
import type { ByteSource } from '../byte-source.ts';
import type { DynamicSymbols } from '../dynamic-symbols.ts';
import { LinkedData } from '../linked-data.ts';
import { orMalformed } from '../malformed.ts';
import { MappedFile } from '../mapped-file.ts';
import type { Elf } from '../parse-elf.ts';
import { relocations } from '../relocations.ts';
import { type GetoptCall, getoptCalls } from './getopt-calls.ts';
import type { LoadedAddress } from './loaded-address.ts';
import { readArgp } from './read-argp.ts';
import { readLongOptions } from './read-long-options.ts';

/** The options that a program has getopt(3), or argp(3) of glibc, look for, or why they can not be told. */
export type ReadGetopt =
  | { readonly kind: 'options'; readonly options: GetoptOptions }
  | { readonly kind: 'unknown'; readonly reason: string };

const FUNCTIONS = ['getopt', 'getopt_long', 'getopt_long_only', 'argp_parse'] as const;
const LONGEST = 512;

/**
 * The options of all calls of getopt(3), getopt_long(3) and argp_parse(3) in a program, read from the constants that its code passes
 * to them. Only code for x86-64 is read; `unknown` whenever one call can not be. Never throws on content.
 */
export function readGetopt(source: ByteSource, elf: Elf, symbols: DynamicSymbols): ReadGetopt {
  if (elf.machine !== 'x86-64') return unknown(`code for ${elf.machine} is not read`);
  const result = orMalformed((): ReadGetopt => {
    const file = new MappedFile(source, elf);
    const slots = slotsOf(file, elf, symbols);
    const own = ownFunctions(symbols);
    if (slots.size === 0 && own.size === 0) return unknown('it does not call getopt(3) of the C library');
    const calls = getoptCalls(source, elf, slots, own);
    if (typeof calls === 'string') return unknown(calls);
    const data = new LinkedData(source, elf, symbols);
    return union(calls, (call) => optionsOf(call, data));
  });
  return result.kind === 'malformed' ? unknown(result.reason) : result;
}

function unknown(reason: string): ReadGetopt {
  return { kind: 'unknown', reason };
}

/** Where the loader writes the addresses of the functions. */
function slotsOf(file: MappedFile, elf: Elf, { needed }: DynamicSymbols): ReadonlyMap<number, string> {
  const names = new Map(
    needed
      .filter(({ name }) => FUNCTIONS.some((one) => one === name))
      .map(({ index, name }) => [index, name]),
  );
  const slots = new Map<number, string>();
  if (names.size === 0) return slots;
  for (const { symbolIndex, address } of relocations(file, elf)) {
    const name = names.get(symbolIndex);
    if (name !== undefined) slots.set(address, name);
  }
  return slots;
}

/** Programs with the portability library of GNU bring these functions along. */
function ownFunctions({ defined }: DynamicSymbols): ReadonlyMap<number, string> {
  const found = defined.filter(
    ({ name, type }) => type === 'function' && FUNCTIONS.some((one) => one === name),
  );
  return new Map(found.map(({ value, name }) => [value, name]));
}

function optionsOf(
  { name, argp, optionString, longOptions }: GetoptCall,
  data: LinkedData,
): GetoptOptions | undefined {
  if (name === 'argp_parse') return argp?.how === 'constant' ? readArgp(data, argp.address) : undefined;
  const text = textAt(data, optionString);
  const short = text === undefined ? undefined : parseOptionString(text);
  if (short === undefined || name === 'getopt') return short;
  return { ...short, long: longAt(data, longOptions), longWithOneDash: name === 'getopt_long_only' };
}

function textAt(data: LinkedData, loaded: LoadedAddress | undefined): string | undefined {
  if (loaded === undefined || data.file.locate(loaded.address) === undefined) return undefined;
  if (loaded.how === 'variable') return data.text(loaded.address, LONGEST);
  return data.file.text(loaded.address, LONGEST, 'an option string');
}

/** Undefined for a table that is none, such as one that the program makes when it runs. */
function longAt(data: LinkedData, loaded: LoadedAddress | undefined): GetoptOptions['long'] {
  if (loaded?.how !== 'constant') return undefined;
  const read = orMalformed(() => ({ kind: 'read' as const, options: readLongOptions(data, loaded.address) }));
  return read.kind === 'read' ? read.options : undefined;
}

/** What one call of several takes, the program takes. */
function union(
  calls: readonly GetoptCall[],
  read: (call: GetoptCall) => GetoptOptions | undefined,
): ReadGetopt {
  // argp calls getopt(3) itself, with what it has put together.
  const argp = calls.filter(({ name }) => name === 'argp_parse');
  const all = (argp.length === 0 ? calls : argp).map(read);
  const known = all.filter((options) => options !== undefined);
  const [first] = known;
  if (first === undefined || known.length < all.length) {
    return unknown('what its code passes to getopt(3) could not be read');
  }
  const long = known.every((options) => options.long !== undefined)
    ? new Map(known.flatMap((options) => [...(options.long ?? [])]))
    : undefined;
  return {
    kind: 'options',
    options: {
      short: new Map(known.flatMap(({ short }) => [...short])),
      long,
      longWithOneDash: known.some(({ longWithOneDash }) => longWithOneDash),
      stopsAtFirstArgument: known.some(({ stopsAtFirstArgument }) => stopsAtFirstArgument),
    },
  };
}
