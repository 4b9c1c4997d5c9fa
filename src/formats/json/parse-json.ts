import type { Place } from '../../text/place.ts';

/** A JSON value with the place it stands at; a text's place is that of its first character, after the quote. */
export type JsonNode = JsonObject | JsonArray | JsonText | JsonScalar;

export interface JsonObject {
  readonly kind: 'object';
  readonly place: Place;
  readonly members: readonly JsonMember[];
}

export interface JsonArray {
  readonly kind: 'array';
  readonly place: Place;
  readonly items: readonly JsonNode[];
}

export interface JsonText {
  readonly kind: 'string';
  readonly place: Place;
  readonly value: string;
}

export interface JsonScalar {
  readonly kind: 'number' | 'boolean' | 'null';
  readonly place: Place;
  readonly value: number | boolean | null;
}

interface JsonMember {
  readonly key: JsonText;
  readonly value: JsonNode;
}

export interface MalformedJson {
  readonly kind: 'malformed';
  readonly place: Place;
  readonly reason: string;
}

/**
 * Reads JSON by RFC 8259 and nothing wider, each value with its place (`placesIn` for the text of a file). Never
 * throws on content.
 */
export function parseJson(text: string, placeAt: (offset: number) => Place): JsonNode | MalformedJson {
  try {
    return new Parser(text, placeAt).document();
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return { kind: 'malformed', place: placeAt(error.offset), reason: error.message };
  }
}

/** The member of that name; of two with one name the later, as every reader known here does. */
export function memberOf(node: JsonNode | undefined, name: string): JsonNode | undefined {
  if (node?.kind !== 'object') return undefined;
  return node.members.findLast(({ key }) => key.value === name)?.value;
}

class JsonError extends Error {
  readonly offset: number;

  constructor(reason: string, offset: number) {
    super(reason);
    this.offset = offset;
  }
}

const MOST_NESTED = 200;

class Parser {
  readonly #text: string;
  readonly #place: (offset: number) => Place;
  #at = 0;

  constructor(text: string, placeAt: (offset: number) => Place) {
    this.#text = text;
    this.#place = placeAt;
  }

  document(): JsonNode {
    const value = this.#value(0);
    this.#skipBlanks();
    if (this.#at < this.#text.length) throw this.#unexpected('the end of the file');
    return value;
  }

  #value(depth: number): JsonNode {
    this.#skipBlanks();
    if (depth > MOST_NESTED)
      throw new JsonError(`more than ${MOST_NESTED} values inside one another`, this.#at);
    const first = this.#text[this.#at];
    if (first === '{') return this.#object(depth);
    if (first === '[') return this.#array(depth);
    if (first === '"') return this.#string();
    return this.#scalar();
  }

  #object(depth: number): JsonObject {
    const place = this.#place(this.#at);
    const members: JsonMember[] = [];
    this.#at += 1;
    while (this.#goesOn('}', members.length)) {
      this.#skipBlanks();
      if (this.#text[this.#at] !== '"') throw this.#unexpected('a name in double quotes');
      const key = this.#string();
      this.#skipBlanks();
      if (this.#text[this.#at] !== ':') throw this.#unexpected("':'");
      this.#at += 1;
      members.push({ key, value: this.#value(depth + 1) });
    }
    return { kind: 'object', place, members };
  }

  #array(depth: number): JsonArray {
    const place = this.#place(this.#at);
    const items: JsonNode[] = [];
    this.#at += 1;
    while (this.#goesOn(']', items.length)) items.push(this.#value(depth + 1));
    return { kind: 'array', place, items };
  }

  /** Past the comma before the next element; false past the end of the list. */
  #goesOn(end: string, count: number): boolean {
    this.#skipBlanks();
    const character = this.#text[this.#at];
    if (character === end) {
      this.#at += 1;
      return false;
    }
    if (count === 0) return true;
    if (character !== ',') throw this.#unexpected(`',' or '${end}'`);
    this.#at += 1;
    return true;
  }

  #string(): JsonText {
    const pattern = /"((?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)"/y;
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null)
      throw new JsonError('a text that does not end, or holds what JSON does not allow', this.#at);
    const place = this.#place(this.#at + 1);
    this.#at += match[0].length;
    return { kind: 'string', place, value: String(JSON.parse(match[0])) };
  }

  #scalar(): JsonScalar {
    const pattern = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
    pattern.lastIndex = this.#at;
    const word = pattern.exec(this.#text)?.[0];
    if (word === undefined) throw this.#unexpected('a value');
    const place = this.#place(this.#at);
    this.#at += word.length;
    if (word === 'null') return { kind: 'null', place, value: null };
    if (word === 'true' || word === 'false') return { kind: 'boolean', place, value: word === 'true' };
    return { kind: 'number', place, value: Number(word) };
  }

  #skipBlanks(): void {
    const pattern = /[ \t\n\r]*/y;
    pattern.lastIndex = this.#at;
    this.#at += pattern.exec(this.#text)?.[0].length ?? 0;
  }

  #unexpected(wanted: string): JsonError {
    const found = this.#text[this.#at];
    return new JsonError(
      `${wanted} should stand here, not ${found === undefined ? 'the end' : `'${found}'`}`,
      this.#at,
    );
  }
}
