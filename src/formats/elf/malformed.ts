/** The file claims to be ELF and contradicts itself, or ends too early. `offset` counts bytes from its start. */
export interface Malformed {
  readonly kind: 'malformed';
  readonly reason: string;
  readonly offset: number;
}

/** Leaves a reader of this folder at the first contradiction; `orMalformed` turns it into a result. */
export class MalformedError extends Error {
  readonly offset: number;

  constructor(reason: string, offset: number) {
    super(reason);
    this.offset = offset;
  }
}

export function orMalformed<T>(read: () => T): T | Malformed {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    return { kind: 'malformed', reason: error.message, offset: error.offset };
  }
}
