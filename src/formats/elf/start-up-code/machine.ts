import type { Budget } from './budget.ts';
import { type Flags, sameFlags } from './flags.ts';
import type { MemoryOperand, Operand } from './instruction.ts';
import { type Memory, STACK_TOP } from './memory.ts';
import { ANYWHERE, asAddress, isStrayed, sameValue, SOMEWHERE, truncated, type Value } from './value.ts';
import type { Watch } from './watch.ts';

export const RSP = 4;
export const RBP = 5;
export const RAX = 0;
export const RCX = 1;
export const RDX = 2;
export const RSI = 6;
export const RDI = 7;
/** In the order of the System V ABI. */
export const ARGUMENTS: readonly number[] = [RDI, RSI, RDX, RCX, 8, 9];
const SAVED_BY_CALLEE = new Set([3, RSP, RBP, 12, 13, 14, 15]);

/** What __stack_chk_fail guards with; any value serves, for it is only compared with itself. */
const STACK_GUARD = 0x5afe_c0de_5afe_c000n;
const STACK_GUARD_PLACE = 0x28;

const HANDED_OVER = 'its address is handed to code that is not followed';

/** Code that this machine cannot follow: the function it is in is given up. */
export class LostError extends Error {}

/** A call that was followed into. */
export interface Frame {
  readonly returnAddress: number;
  /** Registers when it was entered, before the return address was pushed. */
  readonly registers: readonly Value[];
  readonly stackPointer: number;
  readonly watchMark: number;
}

/** The state of a thread that runs start-up code, in which anything may be unknown. */
export class Machine {
  readonly memory: Memory;
  readonly watch: Watch;
  readonly budget: Budget;
  registers: Value[];
  /** The low and high half of each vector register. */
  vectors: Value[];
  flags: Flags = undefined;
  frames: readonly Frame[] = [];
  programCounter = 0;
  /** The address of code here was handed to outside code, which may call it at any time. */
  isCalledBack = false;

  constructor(memory: Memory, watch: Watch, budget: Budget) {
    this.budget = budget;
    this.memory = memory;
    this.watch = watch;
    this.registers = Array.from({ length: 16 }, (): Value => undefined);
    this.vectors = Array.from({ length: 32 }, (): Value => undefined);
    this.registers[RSP] = BigInt(STACK_TOP);
  }

  copy(): Machine {
    const copy = new Machine(this.memory.copy(), this.watch, this.budget);
    copy.registers = [...this.registers];
    copy.vectors = [...this.vectors];
    copy.flags = this.flags;
    copy.frames = this.frames;
    copy.programCounter = this.programCounter;
    copy.isCalledBack = this.isCalledBack;
    return copy;
  }

  get stackPointer(): number {
    const address = asAddress(this.registers[RSP]);
    if (address === undefined) throw new LostError('the stack pointer is not known');
    return address;
  }

  read(operand: Operand, size: number, next: number): Value {
    switch (operand.kind) {
      case 'constant':
        return truncated(BigInt.asUintN(64, operand.value), size);
      case 'register':
        return truncated(this.registers[operand.number], size);
      case 'half':
        return truncated(this.vectors[operand.vector * 2 + operand.half], size);
      case 'memory': {
        if (operand.threadLocal) return this.#threadLocal(operand, size);
        const place = this.effectiveAddress(operand, next);
        const address = asAddress(place);
        if (address !== undefined) return this.memory.load(address, size);
        return isStrayed(place) && size === 8 ? ANYWHERE : undefined;
      }
    }
  }

  write(operand: Operand, size: number, value: Value, next: number): void {
    switch (operand.kind) {
      case 'constant':
        throw new LostError('a constant as target');
      case 'register':
        this.#writeRegister(operand.number, size, value);
        return;
      case 'half':
        this.vectors[operand.vector * 2 + operand.half] = truncated(value, size);
        return;
      case 'memory': {
        const target = operand.threadLocal ? undefined : this.effectiveAddress(operand, next);
        const address = asAddress(target);
        if (address === undefined) this.#writeAnywhere(target, value);
        else this.store(address, size, value);
      }
    }
  }

  /** What is stored in memory that outside code was handed, it was handed as well. */
  store(address: number, size: number, value: Value): void {
    const isCutUp = isStrayed(value) && (size !== 8 || address % 8 !== 0);
    if (isCutUp || this.memory.isExposed(address, size)) this.handOver([value]);
    this.memory.store(address, size, value);
  }

  effectiveAddress(operand: MemoryOperand, next: number): Value {
    const displacement = BigInt(operand.displacement);
    if (operand.base === 'next instruction') return BigInt.asUintN(64, BigInt(next) + displacement);
    const base = operand.base === undefined ? 0n : this.registers[operand.base];
    const index = operand.index === undefined ? 0n : this.registers[operand.index];
    if (typeof base === 'bigint' && typeof index === 'bigint') {
      return BigInt.asUintN(64, base + index * BigInt(operand.scale) + displacement);
    }
    const isBaseItself = operand.index === undefined && operand.displacement === 0;
    return isBaseItself ? base : this.stray(base, index);
  }

  push(value: Value): void {
    const at = this.stackPointer - 8;
    if (at < STACK_TOP - 0x80_0000) throw new LostError('the stack is full');
    this.registers[RSP] = BigInt(at);
    this.memory.push(at, value);
  }

  pop(): Value {
    const at = this.stackPointer;
    this.registers[RSP] = BigInt(at + 8);
    return this.memory.load(at, 8);
  }

  /** What a function may change although it keeps to the ABI. */
  forgetCallerSaved(): void {
    this.registers = this.registers.map((value, number) => (SAVED_BY_CALLEE.has(number) ? value : undefined));
    this.vectors.fill(undefined);
    this.flags = undefined;
  }

  /** A function of this file was called with these registers, and what it did is not known. */
  forgetCall(registers: readonly Value[]): void {
    this.isCalledBack = true;
    this.handOver(ARGUMENTS.map((number) => registers[number]));
    this.memory.forgetVariables(this.watch.ranges);
    this.forgetCallerSaved();
  }

  /** Where the frame of the stack ends that an address is in: at the return address it will leave through. */
  frameEnd(address: number): number {
    const ends = this.frames.map(({ stackPointer }) => stackPointer - 8).filter((end) => end > address);
    return Math.min(STACK_TOP, ...ends);
  }

  /**
   * Leaves only what holds whichever of two ways was taken to here. Returns whether that is less than before.
   * Both must be at the same place, in the same frames.
   */
  merge(other: Machine): boolean {
    const either = (mine: Value, theirs: Value) => this.stray(mine, theirs);
    let changed = this.memory.merge(other.memory, either);
    for (const [mine, theirs] of [
      [this.registers, other.registers],
      [this.vectors, other.vectors],
    ] as const) {
      for (const [number, value] of mine.entries()) {
        if (sameValue(value, theirs[number])) continue;
        mine[number] = either(value, theirs[number]);
        changed ||= !sameValue(value, mine[number]);
      }
    }
    if (this.flags !== undefined && !sameFlags(this.flags, other.flags)) {
      this.flags = undefined;
      changed = true;
    }
    this.isCalledBack ||= other.isCalledBack;
    return changed;
  }

  /** Eight and four bytes fill a register, two and one leave the rest of it. */
  #writeRegister(number: number, size: number, value: Value): void {
    if (number < 0) throw new LostError('a high-byte register');
    const kept = truncated(value, size);
    const before = this.registers[number];
    if (size >= 4) this.registers[number] = kept;
    else if (typeof kept !== 'bigint' || typeof before !== 'bigint') this.registers[number] = undefined;
    else this.registers[number] = ((before >> BigInt(size * 8)) << BigInt(size * 8)) | kept;
  }

  #threadLocal(operand: MemoryOperand, size: number): Value {
    const isGuard =
      operand.base === undefined && operand.index === undefined && operand.displacement === STACK_GUARD_PLACE;
    return isGuard ? truncated(STACK_GUARD, size) : undefined;
  }

  /** To a place that is not known: memory of outside code, which may use it, or some of this one. */
  #writeAnywhere(target: Value, value: Value): void {
    this.#straying(target);
    this.handOver([value]);
  }

  /** Outside code receives these values and may change what they point to, or call it. */
  handOver(values: readonly Value[]): void {
    for (const value of values) {
      this.watch.doubt(value, HANDED_OVER);
      if (!isStrayed(value)) continue;
      this.#straying(ANYWHERE);
      this.isCalledBack = true;
    }
    const reached = this.memory.expose(values, (address) => this.frameEnd(address));
    for (const address of reached) {
      this.watch.doubt(BigInt(address), HANDED_OVER);
      if (this.memory.leadsToCode(address)) this.isCalledBack = true;
    }
  }

  /** What a result is that cannot be known from these values. */
  stray(...values: readonly Value[]): Value {
    const watched = this.watch.stray(values);
    if (watched !== undefined) return watched;
    if (values.includes(ANYWHERE)) return ANYWHERE;
    const isAddress = (value: Value) => {
      const address = asAddress(value);
      return address !== undefined && this.memory.isChangeable(address);
    };
    return values.includes(SOMEWHERE) || values.some(isAddress) ? SOMEWHERE : undefined;
  }

  /** Something is written where a strayed address points. */
  #straying(target: Value): void {
    if (!isStrayed(target)) return;
    this.watch.doubt(target, 'something may be written through its address');
    for (const object of this.watch.objects) {
      if (target !== ANYWHERE || object.doubt !== undefined) continue;
      const isInMemory = object.isKept || this.memory.holdsPointerInto(object.range);
      if (isInMemory) object.doubt = 'something may be written through its address, which is kept in memory';
    }
    this.memory.forgetAll(this.watch.ranges);
  }
}
