import { decode } from './decode.ts';
import { execute } from './execute.ts';
import type { ExceptionHandlers } from './exception-handlers.ts';
import type { Image } from './image.ts';
import type { Instruction } from './instruction.ts';
import { type Frame, LostError, type Machine, RSP } from './machine.ts';
import { callOutside, neverThrows } from './outside-functions.ts';
import { asAddress, type Value } from './value.ts';

/** What one instruction costs of the budget. */
const STEP = 10;
const DEEPEST_CALL = 64;
const LONGEST_INSTRUCTION = 15;
/** Where the function that was started first returns to. */
const END = 1;

/** How far following came with one step. */
export type Step = StepWithin & {
  /** A call can also end here: at the handler of an exception, with all that it may have done by then. */
  readonly caught?: Machine;
};

type StepWithin =
  | { readonly kind: 'on' }
  | { readonly kind: 'never' }
  | { readonly kind: 'either'; readonly one: number; readonly other: number };

/** Follows code of one image step by step, within bounds. */
export class Follower {
  readonly #image: Image;
  readonly #handlers: ExceptionHandlers;
  readonly #decoded = new Map<number, Instruction>();
  /** Functions that were given up before, by their first instruction. */
  readonly #hopeless = new Map<number, string>();

  constructor(image: Image, handlers: ExceptionHandlers) {
    this.#image = image;
    this.#handlers = handlers;
  }

  /** Puts the machine at the beginning of a function, with no argument known. */
  enter(machine: Machine, address: number): void {
    const stackPointer = machine.stackPointer;
    machine.registers = machine.registers.map(
      (_, number): Value => (number === RSP ? BigInt(stackPointer) : undefined),
    );
    machine.vectors.fill(undefined);
    machine.flags = undefined;
    this.#call(machine, address, END);
  }

  /** One instruction. Throws `LostError` where the machine is not to be trusted any further. */
  step(machine: Machine): Step {
    machine.budget.spend(STEP);
    const instruction = this.#instructionAt(machine.programCounter);
    const effect = execute(machine, instruction);
    switch (effect.kind) {
      case 'on':
        machine.programCounter = instruction.next;
        return effect;
      case 'either':
        return { kind: 'either', one: effect.target, other: instruction.next };
      case 'never':
        return effect;
      case 'to':
        return this.#jump(machine, effect.target);
      case 'call': {
        const caught = this.#caught(machine, effect.target, instruction.next);
        const step = this.#callTo(machine, effect.target, instruction.next);
        return caught === undefined ? step : { ...step, caught };
      }
      case 'return':
        return returnTo(machine, effect.target);
    }
  }

  loseHope(entry: number, reason: string): void {
    this.#hopeless.set(entry, reason);
  }

  checkHope(entry: number): void {
    const reason = this.#hopeless.get(entry);
    if (reason !== undefined) throw new LostError(reason);
  }

  #jump(machine: Machine, target: Value): Step {
    const address = this.#codeAddress(target);
    if (address !== undefined) {
      machine.programCounter = address;
      return { kind: 'on' };
    }
    const name = outsideName(target);
    if (name === undefined) throw new LostError('a jump to a place that is not known');
    if (callOutside(machine, name) === 'never returns') return { kind: 'never' };
    return returnTo(machine, machine.pop());
  }

  /** The machine where an exception from the call that comes next is handled. */
  #caught(machine: Machine, target: Value, next: number): Machine | undefined {
    if (neverThrows(outsideName(target))) return undefined;
    const handler = this.#handlers.handlerFor(next);
    if (handler === undefined) return undefined;
    if (handler === 'unreadable') throw new LostError('a call with an exception handler that cannot be read');
    const caught = machine.copy();
    caught.forgetCall(caught.registers);
    caught.programCounter = handler;
    return caught;
  }

  #callTo(machine: Machine, target: Value, next: number): Step {
    const address = this.#codeAddress(target);
    if (address !== undefined) {
      this.#call(machine, address, next);
      return { kind: 'on' };
    }
    const name = outsideName(target);
    // It may be a function of this very file.
    if (name === undefined) machine.isCalledBack = true;
    if (callOutside(machine, name) === 'never returns') return { kind: 'never' };
    machine.programCounter = next;
    return { kind: 'on' };
  }

  #call(machine: Machine, address: number, returnAddress: number): void {
    if (machine.frames.length >= DEEPEST_CALL) throw new LostError('calls nest too deep');
    const { stackPointer, watch } = machine;
    const registers = [...machine.registers];
    const frame: Frame = {
      returnAddress,
      registers,
      stackPointer,
      watchMark: watch.mark,
    };
    machine.push(BigInt(returnAddress));
    machine.frames = [...machine.frames, frame];
    machine.programCounter = address;
  }

  #codeAddress(target: Value): number | undefined {
    const address = asAddress(target);
    return address !== undefined && this.#image.isExecutable(address) ? address : undefined;
  }

  #instructionAt(address: number): Instruction {
    const known = this.#decoded.get(address);
    if (known !== undefined) return known;
    const instruction = decode(this.#image.content(address, LONGEST_INSTRUCTION), address);
    if ('undecoded' in instruction) throw new LostError(instruction.undecoded);
    this.#decoded.set(address, instruction);
    return instruction;
  }
}

/**
 * Drops the function that was entered with these frames, and everything below it: its caller goes on with what the
 * ABI promises and knows no more.
 */
export function giveUp(machine: Machine, frames: readonly Frame[], reason: string): void {
  const frame = frames.at(-1);
  if (frame === undefined) return;
  machine.watch.doubtSince(frame.watchMark, reason);
  machine.registers = [...frame.registers];
  machine.frames = frames.slice(0, -1);
  machine.forgetCall(frame.registers);
  machine.memory.forgetBelow(frame.stackPointer);
  machine.programCounter = frame.returnAddress;
}

function returnTo(machine: Machine, target: Value): Step {
  const frame = machine.frames.at(-1);
  const isIntact = frame !== undefined && target === BigInt(frame.returnAddress);
  if (!isIntact || machine.stackPointer !== frame.stackPointer)
    throw new LostError('a return to another place');
  machine.frames = machine.frames.slice(0, -1);
  machine.memory.forgetBelow(frame.stackPointer);
  machine.programCounter = frame.returnAddress;
  return { kind: 'on' };
}

function outsideName(target: Value): string | undefined {
  return typeof target === 'object' && 'outside' in target ? target.outside : undefined;
}
