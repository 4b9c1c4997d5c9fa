import type { Hop } from '../../text/hop.ts';
import { TracedText } from '../../text/traced-text.ts';
import { Raised, Undecidable } from './faults.ts';
import type { Interpreter } from './interpreter.ts';
import type { Span } from './python-source.ts';
import type {
  DictEntry,
  PyDict,
  PyIterator,
  PyNone,
  PySequence,
  PyStr,
  PyUnknown,
  PyValue,
} from './value.ts';

/** The most characters a string, and the most items a list of the evaluated program may have. */
const LONGEST_TEXT = 1_000_000;
const LONGEST_LIST = 100_000;
/** Each piece of a text with an origin of its own takes as much as a list's item. */
const MOST_SLICES = 50_000;
/** The most hops that a reference collects: a loop may hand a list from function to function. */
const MOST_HOPS = 40;

export const NONE: PyNone = { kind: 'none' };

export function pyStr(text: TracedText, at: Span): PyStr {
  checkLength(text.length, at);
  if (text.slices.length > MOST_SLICES) undecidable(`a text of more than ${MOST_SLICES} pieces`, at);
  return { kind: 'str', text };
}

export function checkLength(length: number, at: Span): void {
  if (length > LONGEST_TEXT) {
    undecidable(`a text of more than ${LONGEST_TEXT} characters`, at);
  }
}

/** Text that the program computed and nobody wrote. */
export function derivedStr(text: string, at: Span): PyStr {
  return pyStr(TracedText.from(text, { kind: 'derived', rule: at.text, place: at.place }), at);
}

export function pyInt(value: bigint | number): PyValue {
  return { kind: 'int', value: BigInt(value) };
}

export function pyBool(value: boolean): PyValue {
  return { kind: 'bool', value };
}

export function pyList(items: readonly PyValue[], at: Span): PySequence {
  checkCount(items.length, at);
  return { kind: 'list', cell: { items: [...items] }, hops: [] };
}

export function checkCount(items: number, at: Span): void {
  if (items > LONGEST_LIST) undecidable(`a list of more than ${LONGEST_LIST} items`, at);
}

export function pyTuple(items: readonly PyValue[], at: Span): PySequence {
  return { ...pyList(items, at), kind: 'tuple' };
}

export function pyDict(entries: Iterable<[string, DictEntry]> = []): PyDict {
  return { kind: 'dict', cell: { entries: new Map(entries) }, hops: [] };
}

/** An iterator of that type (`map`, `zip`) over values that are made as they are asked for. */
export function pyIterator(type: string, values: Iterable<PyValue>): PyIterator {
  return { kind: 'iterator', type, cell: { rest: values[Symbol.iterator]() } };
}

export function unknown(reason: string, at: Span): PyUnknown {
  return { kind: 'unknown', reason, place: at.place };
}

export function undecidable(reason: string, at: Span): never {
  throw new Undecidable(unknown(reason, at));
}

export function raise(type: string, message: string, at: Span): never {
  throw new Raised({ kind: 'exception', type, args: [derivedStr(message, at)] }, at.place);
}

/** Raises an exception with these arguments, and with the attributes that its class gives it. */
export function raiseWith(
  type: string,
  args: readonly PyValue[],
  at: Span,
  attributes?: ReadonlyMap<string, PyValue>,
): never {
  const exception = { kind: 'exception' as const, type, args };
  throw new Raised(attributes === undefined ? exception : { ...exception, attributes }, at.place);
}

/** `value`, having come by one more hop. */
export function carry(value: PyValue, hop: Hop, interpreter: Interpreter): PyValue {
  switch (value.kind) {
    case 'str':
      interpreter.spend(value.text.slices.length);
      return { ...value, text: value.text.through(hop) };
    case 'list':
    case 'tuple':
    case 'dict':
      return value.hops.length >= MOST_HOPS ? value : { ...value, hops: [...value.hops, hop] };
    default:
      return value;
  }
}

/** `value` as taken out of a container that came by these hops. */
export function carryAll(value: PyValue, hops: readonly Hop[], interpreter: Interpreter): PyValue {
  return hops.reduce((carried, hop) => carry(carried, hop, interpreter), value);
}

/** The items of a list or tuple themselves: for what doesn't ask where they came from, or changes the list. */
export function rawItems({ cell }: PySequence): PyValue[] {
  if (cell.spoiled !== undefined) throw new Undecidable(cell.spoiled);
  return cell.items;
}

/** The items as seen through this reference to the list or tuple. */
export function itemsOf(sequence: PySequence, { interpreter }: Evaluating): PyValue[] {
  const { hops } = sequence;
  return rawItems(sequence).map((item) => carryAll(item, hops, interpreter));
}

/** The entries of a dict themselves, by the texts that their keys are found by. */
export function rawEntries({ cell }: PyDict): Map<string, DictEntry> {
  if (cell.spoiled !== undefined) throw new Undecidable(cell.spoiled);
  return cell.entries;
}

/** The entries as seen through this reference to the dict. */
export function entriesOf(dict: PyDict, { interpreter }: Evaluating): DictEntry[] {
  return Array.from(rawEntries(dict).values(), (entry) => ({
    ...entry,
    value: carryAll(entry.value, dict.hops, interpreter),
  }));
}

interface Evaluating {
  readonly interpreter: Interpreter;
}
