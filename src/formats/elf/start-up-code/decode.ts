import { decodeTwoByte } from './decode-two-byte.ts';
import type { Arithmetic, Instruction, Operand, Operation } from './instruction.ts';
import { namedAddresses } from './named-addresses.ts';
import { constant, InstructionBytes, UndecodedError } from './instruction-bytes.ts';

/** The instruction at `address`, or why it is not one of those this machine knows. */
export function decode(bytes: Uint8Array, address: number): Instruction | { readonly undecoded: string } {
  try {
    const code = new InstructionBytes(bytes);
    const operation = decodeOneByte(code, address);
    const next = address + code.length;
    return { address, next, operation, namedAddresses: namedAddresses(operation, next) };
  } catch (error) {
    if (!(error instanceof UndecodedError)) throw error;
    return { undecoded: `${error.message} at 0x${address.toString(16)}` };
  }
}

function decodeOneByte(code: InstructionBytes, address: number): Operation {
  const opcode = code.u8();
  if (opcode === 0x0f) return decodeTwoByte(code, address);
  if (opcode < 0x40 && (opcode & 7) < 6) return arithmetic(code, opcode);
  // An even opcode of a pair works on bytes.
  const size = (opcode & 1) === 0 ? 1 : code.size;
  if (opcode >= 0x50 && opcode <= 0x57) return { kind: 'push', from: code.register(opcode & 7) };
  if (opcode >= 0x58 && opcode <= 0x5f) return { kind: 'pop', to: code.register(opcode & 7) };
  if (opcode >= 0x70 && opcode <= 0x7f) {
    const distance = code.i8();
    return { kind: 'branch', condition: opcode & 15, target: address + code.length + distance };
  }
  if (opcode >= 0xb0 && opcode <= 0xbf) return loadConstant(code, opcode);
  switch (opcode) {
    case 0x63: {
      const { number, other } = code.modrm();
      const to: Operand = { kind: 'register', number };
      return { kind: 'extend', move: { to, from: other, size: code.size }, fromSize: 4, signed: true };
    }
    case 0x68:
      return { kind: 'push', from: code.immediate(4) };
    case 0x6a:
      return { kind: 'push', from: code.immediate(1) };
    case 0x69:
    case 0x6b: {
      const { number, other } = code.modrm();
      const by = code.immediate(opcode === 0x6b ? 1 : code.size);
      return {
        kind: 'multiply',
        move: { to: { kind: 'register', number }, from: other, size: code.size },
        by,
      };
    }
    case 0x80:
    case 0x81:
    case 0x83: {
      const { field, other } = operands(code, size);
      const from = code.immediate(opcode === 0x81 ? size : 1);
      return { kind: 'arithmetic', name: ARITHMETIC[field] ?? 'add', move: { to: other, from, size } };
    }
    case 0x84:
    case 0x85: {
      const { register, other } = operands(code, size);
      return { kind: 'arithmetic', name: 'test', move: { to: other, from: register, size } };
    }
    case 0x86:
    case 0x87: {
      const { register, other } = operands(code, size);
      return { kind: 'exchange', move: { to: other, from: register, size }, add: false };
    }
    case 0x88:
    case 0x89: {
      const { register, other } = operands(code, size);
      return { kind: 'moves', moves: [{ to: other, from: register, size }] };
    }
    case 0x8a:
    case 0x8b: {
      const { register, other } = operands(code, size);
      return { kind: 'moves', moves: [{ to: register, from: other, size }] };
    }
    case 0x8d: {
      const { number, other } = code.modrm();
      if (other.kind !== 'memory') break;
      return { kind: 'address', to: { kind: 'register', number }, of: other, size: code.size };
    }
    case 0x90:
      return { kind: 'nothing' };
    case 0x98:
      return { kind: 'widen', size: code.size };
    case 0x99:
      return { kind: 'sign', size: code.size };
    case 0xa4:
    case 0xa5:
    case 0xaa:
    case 0xab:
      if (code.repeat !== 0xf3) break;
      return { kind: 'repeat', name: opcode < 0xa8 ? 'copy' : 'fill', size };
    case 0xa8:
    case 0xa9: {
      const to: Operand = { kind: 'register', number: 0 };
      return { kind: 'arithmetic', name: 'test', move: { to, from: code.immediate(size), size } };
    }
    case 0xc0:
    case 0xc1:
    case 0xd0:
    case 0xd1:
    case 0xd2:
    case 0xd3:
      return shift(code, opcode, size);
    case 0xc2: {
      const low = code.u8();
      return { kind: 'return', drop: low | (code.u8() << 8) };
    }
    case 0xc3:
      return { kind: 'return', drop: 0 };
    case 0xc6:
    case 0xc7: {
      const { field, other } = operands(code, size);
      if (field !== 0) break;
      return { kind: 'moves', moves: [{ to: other, from: code.immediate(size), size }] };
    }
    case 0xc9:
      return { kind: 'leave' };
    case 0xcc:
    case 0xf4:
      return { kind: 'trap' };
    case 0xe8:
    case 0xe9: {
      const distance = code.i32();
      const to = constant(address + code.length + distance);
      return { kind: opcode === 0xe8 ? 'call' : 'jump', to };
    }
    case 0xeb: {
      const distance = code.i8();
      return { kind: 'jump', to: constant(address + code.length + distance) };
    }
    case 0xf6:
    case 0xf7:
      return group3(code, size);
    case 0xfe:
    case 0xff:
      return group5(code, opcode, size);
    default:
  }
  throw new UndecodedError(`instruction ${opcode.toString(16)}`);
}

/** Register and other operand; the old high-byte registers are left out. */
function operands(code: InstructionBytes, size: number) {
  const { field, number, other } = code.modrm();
  const register: Operand = { kind: 'register', number };
  return { field, register: lowByte(code, register, size), other: lowByte(code, other, size) };
}

/** Register 4 to 7 of an 8-bit instruction without REX is ah, ch, dh or bh; used so rarely that it is refused late. */
function lowByte(code: InstructionBytes, operand: Operand, size: number): Operand {
  const isHigh = operand.kind === 'register' && size === 1 && code.rex === 0 && operand.number >= 4;
  return isHigh ? HIGH_BYTE : operand;
}

/** Reads as unknown and refuses to be written. */
const HIGH_BYTE: Operand = { kind: 'register', number: -1 };

function arithmetic(code: InstructionBytes, opcode: number): Operation {
  const name = ARITHMETIC[opcode >> 3] ?? 'add';
  const size = (opcode & 1) === 0 ? 1 : code.size;
  if ((opcode & 4) !== 0) {
    const to: Operand = { kind: 'register', number: 0 };
    return { kind: 'arithmetic', name, move: { to, from: code.immediate(size), size } };
  }
  const { register, other } = operands(code, size);
  const [to, from] = (opcode & 2) === 0 ? [other, register] : [register, other];
  return { kind: 'arithmetic', name, move: { to, from, size } };
}

function loadConstant(code: InstructionBytes, opcode: number): Operation {
  const size = opcode < 0xb8 ? 1 : code.size;
  const to = lowByte(code, code.register(opcode & 7), size);
  const from: Operand = size === 8 ? { kind: 'constant', value: code.u64() } : code.immediate(size);
  return { kind: 'moves', moves: [{ to, from, size }] };
}

function shift(code: InstructionBytes, opcode: number, size: number): Operation {
  const { field, other } = operands(code, size);
  const from: Operand =
    opcode < 0xd0 ? code.immediate(1) : opcode < 0xd2 ? constant(1) : { kind: 'register', number: 1 };
  const name = SHIFTS[field];
  const move = { to: other, from, size };
  return name === undefined
    ? { kind: 'forget', targets: [move], flags: true }
    : { kind: 'shift', name, move };
}

/** test, not, neg, and the multiplications and divisions of rdx:rax. */
function group3(code: InstructionBytes, size: number): Operation {
  const { field, other } = operands(code, size);
  if (field < 2)
    return { kind: 'arithmetic', name: 'test', move: { to: other, from: code.immediate(size), size } };
  if (field < 4) return { kind: 'unary', name: field === 2 ? 'not' : 'neg', on: other, size };
  const targets = [0, 2].map((number) => ({
    to: { kind: 'register', number } as const,
    from: other,
    size: 8,
  }));
  return { kind: 'forget', targets, flags: true };
}

function group5(code: InstructionBytes, opcode: number, size: number): Operation {
  const { field, other } = operands(code, size);
  if (field < 2) return { kind: 'unary', name: field === 0 ? 'inc' : 'dec', on: other, size };
  if (opcode === 0xff && field === 2) return { kind: 'call', to: other };
  if (opcode === 0xff && field === 4) return { kind: 'jump', to: other };
  if (opcode === 0xff && field === 6) return { kind: 'push', from: other };
  throw new UndecodedError(`instruction ${opcode.toString(16)} /${field}`);
}

const ARITHMETIC: readonly Arithmetic[] = ['add', 'or', 'adc', 'sbb', 'and', 'sub', 'xor', 'cmp'];
const SHIFTS: Record<number, 'shl' | 'shr' | 'sar'> = { 4: 'shl', 5: 'shr', 6: 'shl', 7: 'sar' };
