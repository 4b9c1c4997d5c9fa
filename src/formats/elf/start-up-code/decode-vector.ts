import type { Move, Operand, Operation } from './instruction.ts';
import { constant, type InstructionBytes } from './instruction-bytes.ts';

/**
 * SSE and SSE2 instructions that move words about, which is how an optimising compiler fills an object; those that
 * compute leave their target unknown. Undefined for anything else.
 */
export function decodeVector(code: InstructionBytes, opcode: number): Operation | undefined {
  const prefix = code.repeat !== 0 ? code.repeat : code.operandSize16 ? 0x66 : 0;
  const isMove = MOVES.has(opcode) && !(prefix === 0 && MMX.has(opcode));
  if (isMove) return moves(decodeMoves(code, opcode, prefix));
  if (opcode === 0x2e || opcode === 0x2f) {
    code.modrm();
    return { kind: 'forget', targets: [], flags: true };
  }
  if (opcode === 0x2c || opcode === 0x2d) {
    const { number, other } = code.modrm();
    return forget({ to: { kind: 'register', number }, from: other, size: 8 });
  }
  const computes =
    opcode === 0x2a || (opcode >= 0x51 && opcode <= 0x5f) || (prefix === 0x66 && isPacked(opcode));
  if (!computes && opcode !== 0x70 && opcode !== 0xc6) return undefined;
  const { number, other } = code.modrm();
  if (opcode === 0x70 || opcode === 0xc6) code.u8();
  if (prefix === 0 && opcode === 0x70) return undefined;
  const isZero = (opcode === 0x57 || opcode === 0xef) && other.kind === 'register' && other.number === number;
  if (isZero) return moves(both(number, constant(0), constant(0)));
  return forget(...both(number, constant(0), constant(0)));
}

const MOVES = new Set([
  0x10, 0x11, 0x12, 0x13, 0x14, 0x16, 0x17, 0x28, 0x29, 0x6c, 0x6d, 0x6e, 0x6f, 0x7e, 0x7f, 0xd6,
]);
/** Without a prefix these work on the registers of MMX. */
const MMX = new Set([0x6c, 0x6d, 0x6e, 0x6f, 0x7e, 0x7f, 0xd6]);

/** The arithmetic on packed integers, all with a vector as their target. */
function isPacked(opcode: number): boolean {
  const stores = opcode === 0xe7 || opcode === 0xf7;
  return (
    (opcode >= 0x60 && opcode <= 0x6b) || (opcode >= 0x74 && opcode <= 0x76) || (opcode >= 0xd8 && !stores)
  );
}

function decodeMoves(code: InstructionBytes, opcode: number, prefix: number): Move[] | undefined {
  const { number, other } = code.modrm();
  const low = half(number, 0);
  const high = half(number, 1);
  const [otherLow, otherHigh] = halves(other);
  const isRegister = other.kind === 'register';
  switch (opcode) {
    case 0x10:
      if (prefix === 0xf3) return isRegister ? undefined : both(number, other, constant(0), 4);
      if (prefix === 0xf2) return isRegister ? [move(low, otherLow)] : both(number, other, constant(0));
      return both(number, otherLow, otherHigh);
    case 0x11:
      if (prefix === 0xf3) return isRegister ? undefined : [{ to: other, from: low, size: 4 }];
      if (prefix === 0xf2) return [move(otherLow, low)];
      return [move(otherLow, low), move(otherHigh, high)];
    case 0x28:
      return both(number, otherLow, otherHigh);
    case 0x29:
      return [move(otherLow, low), move(otherHigh, high)];
    case 0x6f:
      return prefix === 0xf2 ? undefined : both(number, otherLow, otherHigh);
    case 0x7f:
      return prefix === 0xf2 ? undefined : [move(otherLow, low), move(otherHigh, high)];
    case 0x12: // movlps; between registers movhlps
      if (prefix === 0xf2 || prefix === 0xf3) return undefined;
      return [move(low, isRegister ? otherHigh : other)];
    case 0x16: // movhps; between registers movlhps
      if (prefix === 0xf2 || prefix === 0xf3) return undefined;
      return [move(high, otherLow)];
    case 0x13:
      return [move(other, low)];
    case 0x17:
      return [move(other, high)];
    case 0x14: // unpcklpd; unpcklps mixes within the halves
      return prefix === 0x66 ? [move(high, otherLow)] : undefined;
    case 0x6c:
      return prefix === 0x66 ? [move(high, otherLow)] : undefined;
    case 0x6d:
      return prefix === 0x66 ? [move(low, high), move(high, otherHigh)] : undefined;
    case 0x6e:
      return prefix === 0x66 ? both(number, other, constant(0), code.wide ? 8 : 4) : undefined;
    case 0x7e:
      if (prefix === 0xf3) return both(number, otherLow, constant(0));
      return prefix === 0x66 ? [{ to: other, from: low, size: code.wide ? 8 : 4 }] : undefined;
    case 0xd6:
      if (prefix !== 0x66) return undefined;
      return other.kind === 'register' ? both(other.number, low, constant(0)) : [move(other, low)];
    default:
      return undefined;
  }
}

function moves(list: Move[] | undefined): Operation | undefined {
  return list && { kind: 'moves', moves: list };
}

function forget(...targets: Move[]): Operation {
  return { kind: 'forget', targets, flags: false };
}

function move(to: Operand, from: Operand): Move {
  return { to, from, size: 8 };
}

function both(vector: number, low: Operand, high: Operand, lowSize = 8): Move[] {
  return [
    { to: half(vector, 0), from: low, size: lowSize },
    { to: half(vector, 1), from: high, size: 8 },
  ];
}

function half(vector: number, which: 0 | 1): Operand {
  return { kind: 'half', vector, half: which };
}

/** The two halves of sixteen bytes in memory or of a vector register. */
function halves(operand: Operand): [Operand, Operand] {
  if (operand.kind === 'register') return [half(operand.number, 0), half(operand.number, 1)];
  if (operand.kind !== 'memory') return [operand, operand];
  return [operand, { ...operand, displacement: operand.displacement + 8 }];
}
