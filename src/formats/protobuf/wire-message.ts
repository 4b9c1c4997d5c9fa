/** The bytes are no protobuf message, or lack what their schema requires. `offset` counts from the start of its innermost message. */
export interface MalformedMessage {
  readonly kind: 'malformed';
  readonly reason: string;
  readonly offset: number;
}

/**
 * Reads one protobuf message without a schema file: `read` takes from the message what it knows by field number;
 * unknown fields are skipped, as protobuf does. Returns what was wrong instead of throwing.
 * Source: protobuf's `Encoding` document (wire types 0, 1, 2 and 5; groups are refused).
 */
export function decodeMessage<T>(bytes: Uint8Array, read: (message: WireMessage) => T): T | MalformedMessage {
  try {
    return read(new WireMessage(bytes));
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return { kind: 'malformed', reason: error.message, offset: error.offset };
  }
}

/** The fields of one message. Of a field that is there more than once the last counts, unless all are asked for. */
export class WireMessage {
  readonly #fields: readonly Field[];
  readonly #length: number;

  constructor(bytes: Uint8Array) {
    this.#fields = readFields(bytes);
    this.#length = bytes.length;
  }

  integer(number: number): bigint | undefined {
    const field = this.#last(number, 'integer');
    return typeof field?.value === 'bigint' ? field.value : undefined;
  }

  /** Whether the field is there at all, whatever its wire type. */
  has(number: number): boolean {
    return this.#fields.some((field) => field.number === number);
  }

  integers(number: number): bigint[] {
    return this.#fields.flatMap(({ number: of, value }) =>
      of === number && typeof value === 'bigint' ? [value] : [],
    );
  }

  double(number: number): number | undefined {
    const bytes = this.#bytes(this.#last(number, 'eight bytes'));
    return bytes && new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true);
  }

  text(number: number): string | undefined {
    const bytes = this.#bytes(this.#last(number, 'bytes'));
    return bytes && new TextDecoder().decode(bytes);
  }

  texts(number: number): string[] {
    return this.#all(number).map((bytes) => new TextDecoder().decode(bytes));
  }

  /** Parts of one embedded message that stand apart count as one, as in protobuf. */
  message(number: number): WireMessage | undefined {
    const parts = this.#all(number);
    return parts.length === 0 ? undefined : new WireMessage(Buffer.concat(parts));
  }

  messages(number: number): WireMessage[] {
    return this.#all(number).map((bytes) => new WireMessage(bytes));
  }

  /** `value`, unless it is not there; protobuf's `required`. */
  required<T>(value: T | undefined, name: string): T {
    if (value === undefined) throw new WireError(`the required field ${name} is missing`, this.#length);
    return value;
  }

  #last(number: number, wire: Field['wire']): Field | undefined {
    return this.#fields.findLast((field) => field.number === number && field.wire === wire);
  }

  #all(number: number): Uint8Array[] {
    return this.#fields
      .filter((field) => field.number === number && field.wire === 'bytes')
      .flatMap((field) => this.#bytes(field) ?? []);
  }

  #bytes(field: Field | undefined): Uint8Array | undefined {
    return field === undefined || typeof field.value === 'bigint' ? undefined : field.value;
  }
}

class WireError extends Error {
  readonly offset: number;

  constructor(reason: string, offset: number) {
    super(reason);
    this.offset = offset;
  }
}

interface Field {
  readonly number: number;
  readonly wire: 'integer' | 'bytes' | 'eight bytes' | 'four bytes';
  readonly value: bigint | Uint8Array;
}

const MOST_FIELDS = 1_000_000;

function readFields(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const integer = (): bigint => {
    const start = at;
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at];
      if (byte === undefined) throw new WireError('the message ends inside an integer', start);
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new WireError('an integer of more than ten bytes', start);
  };
  const take = (length: number, start: number): Uint8Array => {
    if (length > bytes.length - at) throw new WireError('the message ends inside a field', start);
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const start = at;
    const tag = integer();
    const number = Number(tag >> 3n);
    if (number === 0 || fields.length === MOST_FIELDS) throw new WireError('no protobuf message', start);
    switch (tag & 7n) {
      case 0n:
        fields.push({ number, wire: 'integer', value: integer() });
        break;
      case 1n:
        fields.push({ number, wire: 'eight bytes', value: take(8, start) });
        break;
      case 2n:
        fields.push({ number, wire: 'bytes', value: take(Number(integer()), start) });
        break;
      case 5n:
        fields.push({ number, wire: 'four bytes', value: take(4, start) });
        break;
      default:
        throw new WireError(`a field of the unknown wire type ${tag & 7n}`, start);
    }
  }
  return fields;
}
