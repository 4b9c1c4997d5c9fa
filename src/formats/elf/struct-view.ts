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
    const [high, low] = this.#little ? [at + 4, at] : [at, at + 4];
    return this.u32(high) * 2 ** 32 + this.u32(low);
  }

  i64(at: number): number {
    const [high, low] = this.#little ? [at + 4, at] : [at, at + 4];
    return this.i32(high) * 2 ** 32 + this.u32(low);
  }

  /** An unsigned word of the file's class. */
  word(at: number, bits: 32 | 64): number {
    return bits === 64 ? this.u64(at) : this.u32(at);
  }
}
