/** A value of a JSON document and where in the text it stands. */
export type JsonSpan = Stretch &
  (
    | { readonly kind: 'scalar' }
    | { readonly kind: 'array'; readonly items: readonly JsonSpan[] }
    | { readonly kind: 'object'; readonly members: ReadonlyMap<string, JsonMember> }
  );

/** Offsets in the text, quotes and brackets included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The stretch is that of the key. */
type JsonMember = Stretch & { readonly value: JsonSpan };

const DEEPEST = 100;
const TOKEN = /[ \t\r\n]*(?:([[\]{},:])|("(?:[^"\\]|\\.)*"|[^\s"[\]{},:]+))/y;

/**
 * The layout of a JSON document. Scalars without quotes may be anything, so that what stands for a value not known
 * is one. Undefined for what isn't laid out as JSON, says a key twice or nests too deeply.
 */
export function jsonSpans(text: string): JsonSpan | undefined {
  const reader = new Reader(text);
  const value = reader.value(0);
  return value !== undefined && reader.isAtEnd() ? value : undefined;
}

interface Token {
  readonly text: string;
  readonly isScalar: boolean;
  readonly from: number;
  readonly to: number;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    return this.#text.slice(this.#at).trim() === '';
  }

  value(depth: number): JsonSpan | undefined {
    const token = this.#next();
    if (token === undefined || depth > DEEPEST) return undefined;
    if (token.isScalar) return { kind: 'scalar', from: token.from, to: token.to };
    if (token.text === '{') return this.#object(token.from, depth);
    return token.text === '[' ? this.#array(token.from, depth) : undefined;
  }

  #object(from: number, depth: number): JsonSpan | undefined {
    const members = new Map<string, JsonMember>();
    if (this.#takes('}')) return { kind: 'object', members, from, to: this.#at };
    do {
      const key = this.#next();
      if (key?.isScalar !== true || members.has(key.text) || !this.#takes(':')) return undefined;
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      members.set(key.text, { from: key.from, to: key.to, value });
    } while (this.#takes(','));
    return this.#takes('}') ? { kind: 'object', members, from, to: this.#at } : undefined;
  }

  #array(from: number, depth: number): JsonSpan | undefined {
    const items: JsonSpan[] = [];
    if (this.#takes(']')) return { kind: 'array', items, from, to: this.#at };
    do {
      const item = this.value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
    } while (this.#takes(','));
    return this.#takes(']') ? { kind: 'array', items, from, to: this.#at } : undefined;
  }

  #takes(punctuation: string): boolean {
    const before = this.#at;
    const token = this.#next();
    if (token?.isScalar === false && token.text === punctuation) return true;
    this.#at = before;
    return false;
  }

  #next(): Token | undefined {
    TOKEN.lastIndex = this.#at;
    const match = TOKEN.exec(this.#text);
    if (match === null) return undefined;
    const [, punctuation, scalar] = match;
    const text = punctuation ?? scalar ?? '';
    this.#at = TOKEN.lastIndex;
    return { text, isScalar: scalar !== undefined, from: this.#at - text.length, to: this.#at };
  }
}
