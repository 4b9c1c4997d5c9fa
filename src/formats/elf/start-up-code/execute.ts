import { compared, type Flags, holds, logicalResult, plainResult } from './flags.ts';
import type { Arithmetic, Instruction, Move, Operand, Operation } from './instruction.ts';
import { LostError, type Machine, RAX, RBP, RCX, RDI, RDX, RSI, RSP } from './machine.ts';
import { copyWords } from './copy-words.ts';
import { asAddress, sameValue, signed, truncated, type Value } from './value.ts';

/** What an instruction does to the order of execution. */
export type Effect =
  | { readonly kind: 'on' }
  | { readonly kind: 'to'; readonly target: Value }
  | { readonly kind: 'call'; readonly target: Value }
  | { readonly kind: 'return'; readonly target: Value }
  /** It depends on something that is not known. */
  | { readonly kind: 'either'; readonly target: number }
  | { readonly kind: 'never' };

const ON: Effect = { kind: 'on' };
const LARGEST_REPEAT = 65_536;

/** Carries out one instruction. Throws `LostError` where what follows would be a guess. */
export function execute(machine: Machine, instruction: Instruction): Effect {
  const { address, operation, next } = instruction;
  for (const named of instruction.namedAddresses) machine.watch.follow(named, address, next);
  const read = (operand: Operand, size: number) => machine.read(operand, size, next);
  const write = (operand: Operand, size: number, value: Value) => machine.write(operand, size, value, next);
  switch (operation.kind) {
    case 'nothing':
      return ON;
    case 'trap':
      return { kind: 'never' };
    case 'moves': {
      const values = operation.moves.map(({ from, size }) => read(from, size));
      for (const [index, { to, size }] of operation.moves.entries()) write(to, size, values[index]);
      return ON;
    }
    case 'extend': {
      const { move, fromSize } = operation;
      const value = read(move.from, fromSize);
      const extended = operation.signed && typeof value === 'bigint' ? signed(value, fromSize) : value;
      write(move.to, move.size, extended);
      return ON;
    }
    case 'address':
      write(operation.to, operation.size, machine.effectiveAddress(operation.of, next));
      return ON;
    case 'arithmetic':
      arithmetic(machine, operation.name, operation.move, next);
      return ON;
    case 'unary':
      unary(machine, operation, next);
      return ON;
    case 'shift':
      shift(machine, operation, next);
      return ON;
    case 'multiply': {
      const { to, from, size } = operation.move;
      const [left, right] = [read(from, size), read(operation.by, size)];
      write(
        to,
        size,
        typeof left === 'bigint' && typeof right === 'bigint' ? left * right : machine.stray(left, right),
      );
      machine.flags = undefined;
      return ON;
    }
    case 'push':
      machine.push(read(operation.from, 8));
      return ON;
    case 'pop':
      write(operation.to, 8, machine.pop());
      return ON;
    case 'leave':
      machine.registers[RSP] = machine.registers[RBP];
      machine.registers[RBP] = machine.pop();
      return ON;
    case 'widen': {
      const half = truncated(machine.registers[RAX], operation.size / 2);
      const value = typeof half === 'bigint' ? signed(half, operation.size / 2) : undefined;
      write({ kind: 'register', number: RAX }, operation.size, value);
      return ON;
    }
    case 'sign': {
      const value = truncated(machine.registers[RAX], operation.size);
      const sign = typeof value === 'bigint' ? (signed(value, operation.size) < 0n ? -1n : 0n) : undefined;
      write({ kind: 'register', number: RDX }, operation.size, sign);
      return ON;
    }
    case 'exchange': {
      const { to, from, size } = operation.move;
      const [left, right] = [read(to, size), read(from, size)];
      const isKnown = typeof left === 'bigint' && typeof right === 'bigint';
      const sum = isKnown ? left + right : machine.stray(left, right);
      if (operation.add) machine.flags = plainResult(truncated(sum, size), size);
      write(from, size, left);
      write(to, size, operation.add ? sum : right);
      return ON;
    }
    case 'set': {
      const condition = holds(machine.flags, operation.condition);
      write(operation.to, 1, condition === undefined ? undefined : condition ? 1n : 0n);
      return ON;
    }
    case 'conditional-move':
      conditionalMove(machine, operation.condition, operation.move, next);
      return ON;
    case 'branch': {
      const condition = holds(machine.flags, operation.condition);
      if (condition === undefined) return { kind: 'either', target: operation.target };
      return condition ? { kind: 'to', target: BigInt(operation.target) } : ON;
    }
    case 'jump':
      return { kind: 'to', target: read(operation.to, 8) };
    case 'call':
      return { kind: 'call', target: read(operation.to, 8) };
    case 'return': {
      const target = machine.pop();
      machine.registers[RSP] = BigInt(machine.stackPointer + operation.drop);
      return { kind: 'return', target };
    }
    case 'repeat':
      repeat(machine, operation.name, operation.size);
      return ON;
    case 'forget':
      for (const { to, size } of operation.targets) write(to, size, undefined);
      if (operation.flags) machine.flags = undefined;
      return ON;
  }
}

function arithmetic(machine: Machine, name: Arithmetic, { to, from, size }: Move, next: number): void {
  const left = machine.read(to, size, next);
  const right = machine.read(from, size, next);
  if (name === 'cmp') {
    machine.flags = compared(left, right, size);
    return;
  }
  if (name === 'test') {
    const value = typeof left === 'bigint' && typeof right === 'bigint' ? left & right : undefined;
    machine.flags = logicalResult(value, size);
    return;
  }
  const isSame =
    to.kind === 'register' && from.kind === 'register' && to.number === from.number && to.number >= 0;
  const known = isSame && (name === 'xor' || name === 'sub') ? 0n : combined(name, left, right, size);
  const result = known ?? machine.stray(left, right);
  machine.flags = flagsOf(name, isSame ? result : left, isSame ? 0n : right, result, size);
  machine.write(to, size, result, next);
}

function combined(name: Arithmetic, left: Value, right: Value, size: number): Value {
  if (name === 'and' && (left === 0n || right === 0n)) return 0n;
  if (typeof left !== 'bigint' || typeof right !== 'bigint') return undefined;
  switch (name) {
    case 'add':
      return truncated(left + right, size);
    case 'sub':
      return truncated(left - right, size);
    case 'and':
      return left & right;
    case 'or':
      return left | right;
    case 'xor':
      return left ^ right;
    default:
      return undefined; // adc and sbb need a carry that is not kept
  }
}

function flagsOf(name: Arithmetic, left: Value, right: Value, result: Value, size: number): Flags {
  if (name === 'sub') return compared(left, right, size);
  if (name === 'add') return plainResult(result, size);
  return name === 'adc' || name === 'sbb' ? undefined : logicalResult(result, size);
}

function unary(
  machine: Machine,
  { name, on, size }: Extract<Operation, { kind: 'unary' }>,
  next: number,
): void {
  const value = machine.read(on, size, next);
  const known = typeof value === 'bigint' ? value : undefined;
  if (known === undefined) {
    machine.write(on, size, machine.stray(value), next);
    if (name !== 'not') machine.flags = undefined;
    return;
  }
  const result = truncated({ not: ~known, neg: -known, inc: known + 1n, dec: known - 1n }[name], size);
  machine.write(on, size, result, next);
  if (name === 'neg') machine.flags = compared(0n, known, size);
  if (name === 'inc' || name === 'dec') machine.flags = plainResult(result, size);
}

function shift(machine: Machine, operation: Extract<Operation, { kind: 'shift' }>, next: number): void {
  const { to, from, size } = operation.move;
  const value = machine.read(to, size, next);
  const count = machine.read(from, 1, next);
  if (typeof value !== 'bigint' || typeof count !== 'bigint') {
    machine.write(to, size, machine.stray(value), next);
    machine.flags = undefined;
    return;
  }
  const by = count & (size === 8 ? 63n : 31n);
  if (by === 0n) {
    machine.write(to, size, value, next);
    return;
  }
  const shifted = { shl: value << by, shr: value >> by, sar: signed(value, size) >> by }[operation.name];
  machine.write(to, size, shifted, next);
  machine.flags = plainResult(truncated(shifted, size), size);
}

/** The source is read in any case, and four bytes clear the rest of the register in any case. */
function conditionalMove(machine: Machine, condition: number, { to, from, size }: Move, next: number): void {
  const holding = holds(machine.flags, condition);
  const [kept, moved] = [machine.read(to, size, next), machine.read(from, size, next)];
  const either = sameValue(kept, moved) ? kept : machine.stray(kept, moved);
  machine.write(to, size, holding === undefined ? either : holding ? moved : kept, next);
}

function repeat(machine: Machine, name: 'fill' | 'copy', size: number): void {
  const [count, to, from] = [RCX, RDI, RSI].map((number) => asAddress(machine.registers[number]));
  if (count === undefined || to === undefined || count * size > LARGEST_REPEAT) {
    throw new LostError('a repeated store of unknown extent');
  }
  if (name === 'copy') {
    if (from === undefined || size !== 8) throw new LostError('a copy of bytes');
    copyWords(machine, to, from, count);
    machine.registers[RSI] = BigInt(from + count * size);
  } else {
    machine.budget.spend(count);
    for (let at = 0; at < count * size; at += size) machine.store(to + at, size, machine.registers[RAX]);
  }
  machine.registers[RCX] = 0n;
  machine.registers[RDI] = BigInt(to + count * size);
}
