import type { ByteSource } from '../byte-source.ts';
import { TAG } from '../dynamic-section.ts';
import type { DynamicSymbols } from '../dynamic-symbols.ts';
import { type Malformed, orMalformed } from '../malformed.ts';
import type { Elf } from '../parse-elf.ts';
import { Budget, ExhaustedError } from './budget.ts';
import { ExceptionHandlers } from './exception-handlers.ts';
import { Follower, giveUp } from './follow.ts';
import { followFunction } from './follow-function.ts';
import { Image, type Range } from './image.ts';
import { LostError, Machine } from './machine.ts';
import { Memory } from './memory.ts';
import { asAddress } from './value.ts';
import { Watch } from './watch.ts';

/** An object's content after start-up. */
export interface StartedObject {
  readonly range: Range;
  /** Why the content is not certain; undefined when it is. */
  readonly doubt: string | undefined;
  /** Whether start-up code wrote to it; if not, it is as the file and its relocations lay it down. */
  readonly isWritten: boolean;
  /** Its words: bits, `undefined` for what is not known or lies in another library. */
  readonly words: readonly (bigint | undefined)[];
}

export interface Started {
  readonly kind: 'started';
  readonly objects: readonly StartedObject[];
  /** The text at an address that nothing can change any more; undefined when it is not such a place. */
  readonly constantText: (address: bigint, limit: number) => string | undefined;
}

export type StartResult = Started | Malformed | { readonly kind: 'not-supported'; readonly reason: string };

const MOST_FUNCTIONS = 4096;
const MOST_WORK = 10_000_000;

/**
 * What the given objects of an x86-64 library hold once it is loaded: as its relocations lay them down, or as its
 * start-up code (DT_INIT_ARRAY) fills them, which is followed on a machine of our own in which anything may be
 * unknown. Nothing of the library is executed, and every step is bounded.
 */
export function runStartUpCode(
  source: ByteSource,
  elf: Elf,
  symbols: DynamicSymbols,
  ranges: readonly Range[],
): StartResult {
  if (elf.machine !== 'x86-64' || elf.bits !== 64 || elf.byteOrder !== 'little') {
    return { kind: 'not-supported', reason: `start-up code for ${elf.machine} is not followed` };
  }
  return orExhausted(() => {
    const image = new Image(source, elf, symbols);
    if (!ranges.every((range) => isInOneSegment(image, range)))
      return { kind: 'malformed', reason: 'an object outside of every segment', offset: 0 };
    const watch = new Watch(image, ranges);
    const follower = new Follower(image, new ExceptionHandlers(image, elf));
    const budget = new Budget(MOST_WORK);
    const start = new Machine(new Memory(image, budget), watch, budget);
    const machine = follow(follower, start, initFunctions(image, elf));
    watch.finish();
    const objects = watch.objects.map(({ range, doubt }): StartedObject => {
      const isFixed = !image.isWritable(range.start) && !image.isWritable(range.end - 1);
      const addresses = Array.from(
        { length: Math.floor((range.end - range.start) / 8) },
        (_, at) => range.start + at * 8,
      );
      const values = addresses.map((address) => machine.memory.load(address, 8));
      return {
        range,
        doubt: isFixed ? undefined : doubt,
        isWritten: machine.memory.wasWritten(range),
        words: values.map((value) => (typeof value === 'bigint' ? value : undefined)),
      };
    });
    return {
      kind: 'started',
      objects,
      constantText: (address, limit) => constantText(image, address, limit),
    };
  });
}

function isInOneSegment(image: Image, { start, end }: Range): boolean {
  const segment = image.segmentAt(start);
  return segment !== undefined && end <= segment.address + segment.memorySize;
}

function orExhausted(run: () => Started | Malformed): StartResult {
  try {
    return orMalformed(run);
  } catch (error) {
    if (!(error instanceof ExhaustedError)) throw error;
    return { kind: 'not-supported', reason: error.message };
  }
}

function follow(follower: Follower, start: Machine, functions: readonly (number | undefined)[]): Machine {
  let machine = start;
  const { watch } = start;
  for (const address of functions) {
    if (address === undefined) {
      watch.doubtAll('a start-up function lies where it cannot be followed');
      break;
    }
    follower.enter(machine, address);
    const { frames } = machine;
    try {
      const followed = followFunction(follower, machine);
      if (followed.kind === 'never') {
        watch.doubtAll('the start-up code ends the program');
        return machine;
      }
      ({ machine } = followed);
    } catch (error) {
      if (!(error instanceof LostError)) throw error;
      giveUp(machine, frames, error.message);
    }
  }
  return machine;
}

/** The addresses in DT_INIT_ARRAY in their order; undefined for what is no code of this file. */
function initFunctions(image: Image, elf: Elf): (number | undefined)[] {
  const start = elf.dynamic?.tags.get(TAG.initArray);
  const size = elf.dynamic?.tags.get(TAG.initArraySize) ?? 0;
  if (start === undefined) return [];
  const count = Math.floor(size / 8);
  if (count > MOST_FUNCTIONS) return [undefined];
  return Array.from({ length: count }, (_, index) => {
    const address = asAddress(image.word(start + index * 8));
    return address !== undefined && image.isExecutable(address) ? address : undefined;
  });
}

function constantText(image: Image, address: bigint, limit: number): string | undefined {
  const at = asAddress(address);
  if (at === undefined || image.isWritable(at)) return undefined;
  const bytes = image.content(at, limit + 1);
  const end = bytes.indexOf(0);
  if (end === -1 || image.isWritable(at + end)) return undefined;
  return Buffer.from(bytes.subarray(0, end)).toString('utf8');
}
