import type { MemoryOperand, Operand } from './instruction.ts';

export class UndecodedError extends Error {}

/** The bytes of one instruction, read from its prefixes on (Intel SDM volume 2, chapter 2). */
export class InstructionBytes {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  operandSize16 = false;
  /** 0xf2 or 0xf3: repeats, or selects another instruction. */
  repeat = 0;
  threadLocal = false;
  rex = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (;;) {
      const byte = this.#peek();
      if (byte === 0x66) this.operandSize16 = true;
      else if (byte === 0xf2 || byte === 0xf3) this.repeat = byte;
      else if (byte === 0x64) this.threadLocal = true;
      else if (byte !== 0x2e && byte !== 0x3e && byte !== 0xf0) break;
      this.#at += 1;
    }
    if ((this.#peek() & 0xf0) === 0x40) this.rex = this.u8();
  }

  get length(): number {
    return this.#at;
  }

  get wide(): boolean {
    return (this.rex & 8) !== 0;
  }

  /** The size of an operand of an instruction that has no 8-bit form. */
  get size(): number {
    return this.wide ? 8 : this.operandSize16 ? 2 : 4;
  }

  u8(): number {
    const byte = this.#peek();
    this.#at += 1;
    return byte;
  }

  i8(): number {
    return (this.u8() << 24) >> 24;
  }

  i32(): number {
    this.#need(4);
    this.#at += 4;
    return this.#view.getInt32(this.#at - 4, true);
  }

  u64(): bigint {
    this.#need(8);
    this.#at += 8;
    return this.#view.getBigUint64(this.#at - 8, true);
  }

  /** An immediate of an operand of `size`: at most four bytes, sign-extended. */
  immediate(size: number): Operand {
    if (size === 1) return constant(this.i8());
    if (size !== 2) return constant(this.i32());
    const low = this.u8();
    return constant(low | (this.i8() << 8));
  }

  /** The number in the opcode's low bits. */
  register(low: number): Operand {
    return { kind: 'register', number: low | ((this.rex & 1) << 3) };
  }

  /** The ModRM byte: the number of one register, and the other operand. */
  modrm(): { readonly field: number; readonly number: number; readonly other: Operand } {
    const byte = this.u8();
    const field = (byte >> 3) & 7;
    const number = field | ((this.rex & 4) << 1);
    const other = byte >= 0xc0 ? this.register(byte & 7) : this.#memory(byte >> 6, byte & 7);
    return { field, number, other };
  }

  #memory(mode: number, low: number): MemoryOperand {
    let base: MemoryOperand['base'] = low | ((this.rex & 1) << 3);
    let index: number | undefined;
    let scale: MemoryOperand['scale'] = 1;
    let displacement = 0;
    if (low === 4) {
      const sib = this.u8();
      const indexNumber = ((sib >> 3) & 7) | ((this.rex & 2) << 2);
      index = indexNumber === 4 ? undefined : indexNumber;
      scale = SCALES[sib >> 6] ?? 1;
      base = (sib & 7) | ((this.rex & 1) << 3);
      if ((sib & 7) === 5 && mode === 0) {
        base = undefined;
        displacement = this.i32();
      }
    } else if (low === 5 && mode === 0) {
      base = 'next instruction';
      displacement = this.i32();
    }
    if (mode === 1) displacement = this.i8();
    if (mode === 2) displacement = this.i32();
    return { kind: 'memory', base, index, scale, displacement, threadLocal: this.threadLocal };
  }

  #peek(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new UndecodedError('code that ends inside an instruction');
    return byte;
  }

  #need(count: number): void {
    if (this.#at + count > this.#bytes.length)
      throw new UndecodedError('code that ends inside an instruction');
  }
}

export function constant(value: number): Operand {
  return { kind: 'constant', value: BigInt(value) };
}

const SCALES = [1, 2, 4, 8] as const;
