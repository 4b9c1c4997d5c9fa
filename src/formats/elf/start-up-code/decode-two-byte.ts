import { decodeVector } from './decode-vector.ts';
import type { Operand, Operation } from './instruction.ts';
import { type InstructionBytes, UndecodedError } from './instruction-bytes.ts';

/** What follows the byte 0f: conditions, extensions, and the vector instructions. */
export function decodeTwoByte(code: InstructionBytes, address: number): Operation {
  const opcode = code.u8();
  const condition = opcode & 15;
  switch (opcode & 0xf0) {
    case 0x40: {
      const { number, other } = code.modrm();
      const move = { to: { kind: 'register', number } as const, from: other, size: code.size };
      return { kind: 'conditional-move', condition, move };
    }
    case 0x80: {
      const distance = code.i32();
      return { kind: 'branch', condition, target: address + code.length + distance };
    }
    case 0x90: {
      const { other } = code.modrm();
      if (other.kind === 'register' && other.number >= 4 && code.rex === 0) break;
      return { kind: 'set', condition, to: other };
    }
    default:
  }
  switch (opcode) {
    case 0x0b:
      return { kind: 'trap' };
    // Hints and, with f3, endbr64.
    case 0x18:
    case 0x1e:
    case 0x1f:
      code.modrm();
      return { kind: 'nothing' };
    case 0xaf: {
      const { number, other } = code.modrm();
      const register: Operand = { kind: 'register', number };
      return { kind: 'multiply', move: { to: register, from: register, size: code.size }, by: other };
    }
    case 0xb6:
    case 0xb7:
    case 0xbe:
    case 0xbf: {
      const { number, other } = code.modrm();
      const fromSize = (opcode & 1) === 0 ? 1 : 2;
      if (other.kind === 'register' && fromSize === 1 && other.number >= 4 && code.rex === 0) break;
      const move = { to: { kind: 'register', number } as const, from: other, size: code.size };
      return { kind: 'extend', move, fromSize, signed: opcode >= 0xbe };
    }
    case 0xc1: {
      const { number, other } = code.modrm();
      return {
        kind: 'exchange',
        move: { to: other, from: { kind: 'register', number }, size: code.size },
        add: true,
      };
    }
    // Bit scans and counts of bits.
    case 0xb8:
    case 0xbc:
    case 0xbd: {
      const { number, other } = code.modrm();
      const move = { to: { kind: 'register', number } as const, from: other, size: code.size };
      return { kind: 'forget', targets: [move], flags: true };
    }
    default:
  }
  const vector = decodeVector(code, opcode);
  if (vector === undefined)
    throw new UndecodedError(`instruction 0f ${opcode.toString(16).padStart(2, '0')}`);
  return vector;
}
