export type ByteOrder = 'little' | 'big';

/**
 * Fixed-width fields in the byte order of a file. An address or size of 64 bits comes as a number: above 2^53
 * it is not exact, and no such address lies in a file that a loader maps.
 */
export class StructView {
  readonly length: number;
  readonly #view: DataView;
  readonly #little: boolean;

  constructor(bytes: Uint8Array, order: ByteOrder) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#little = order === 'little';
    this.length = bytes.length;
  }

  u8(at: number): number {
    return this.#view.getUint8(at);
  }

  u16(at: number): number {
    return this.#view.getUint16(at, this.#little);
  }

  u32(at: number): number {
    return this.#view.getUint32(at, this.#little);
  }

  i32(at: number): number {
    return this.#view.getInt32(at, this.#little);
  }

  u64(at: number): number {
    const first = this.u32(at);
    const second = this.u32(at + 4);
    return this.#little ? second * 2 ** 32 + first : first * 2 ** 32 + second;
  }

  i64(at: number): number {
    return this.#little
      ? this.i32(at + 4) * 2 ** 32 + this.u32(at)
      : this.i32(at) * 2 ** 32 + this.u32(at + 4);
  }

  /** An unsigned word of the file's class. */
  word(at: number, bits: 32 | 64): number {
    return bits === 64 ? this.u64(at) : this.u32(at);
  }
}
