/** Tables for exceptions that are written in a way which is not read here. */
export class UnreadableTableError extends Error {}

/** Reads the number formats of DWARF exception tables (LSB Core, `DWARF Extensions`), little-endian. */
export class UnwindCursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #address: number;
  #at = 0;

  /** `bytes` stand at `address`. */
  constructor(bytes: Uint8Array, address: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#address = address;
  }

  get address(): number {
    return this.#address + this.#at;
  }

  skip(count: number): void {
    this.#at += count;
  }

  u8(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new UnreadableTableError();
    this.#at += 1;
    return byte;
  }

  u32(): number {
    this.#need(4);
    return this.#view.getUint32(this.#at - 4, true);
  }

  i32(): number {
    this.#need(4);
    return this.#view.getInt32(this.#at - 4, true);
  }

  /** An unsigned LEB128 number of at most five bytes. */
  uleb(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.u8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new UnreadableTableError();
  }

  text(): string {
    let text = '';
    for (let byte = this.u8(); byte !== 0; byte = this.u8()) text += String.fromCharCode(byte);
    return text;
  }

  /** A number in the format of an encoding's low half: four bytes or LEB128. */
  number(encoding: number): number {
    switch (encoding & 15) {
      case 1:
        return this.uleb();
      case 3:
        return this.u32();
      case 11:
        return this.i32();
      default:
        throw new UnreadableTableError();
    }
  }

  /** An address relative to itself, as position-independent code has them; undefined for none. */
  pointer(encoding: number): number | undefined {
    if (encoding === 0xff) return undefined;
    const from = this.address;
    const distance = this.number(encoding);
    if (distance === 0) return undefined;
    if ((encoding & 0xf0) !== 0x10) throw new UnreadableTableError();
    return from + distance;
  }

  /** Passes over an address in any format. */
  skipPointer(encoding: number): void {
    const size = SIZES[encoding & 15];
    if (size === undefined) this.uleb();
    else this.skip(size);
  }

  #need(count: number): void {
    if (this.#at + count > this.#bytes.length) throw new UnreadableTableError();
    this.#at += count;
  }
}

const SIZES: Record<number, number> = { 0: 8, 2: 2, 3: 4, 4: 8, 10: 2, 11: 4, 12: 8 };
