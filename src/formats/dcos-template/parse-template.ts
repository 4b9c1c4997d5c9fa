import { advance, type Place } from '../../text/place.ts';
import { TracedText } from '../../text/traced-text.ts';
import type { Chunk, Template, TemplateFault } from './template.ts';
import { type Token, TokenFault, tokenize } from './tokens.ts';

const DEEPEST = 50;

/** Parses a template; a fault names the first place that isn't one. */
export function parseTemplate(file: string, source: string): Template | TemplateFault {
  try {
    const parser = new Parser(tokenize(file, source));
    return { kind: 'template', file, chunks: parser.template() };
  } catch (error) {
    if (error instanceof TokenFault) {
      const place = advance({ file, line: 1, column: 1 }, source.slice(0, error.offset));
      return fault(place, error.message, source);
    }
    if (error instanceof UnexpectedToken) return fault(error.token.place, error.message, source);
    throw error;
  }
}

function fault(place: Place, message: string, source: string): TemplateFault {
  const line = source.split('\n')[place.line - 1] ?? '';
  const excerpt = `${line}\n${' '.repeat(place.column - 1)}^`;
  return { kind: 'fault', place, message, excerpt };
}

class UnexpectedToken extends Error {
  readonly token: Token;

  constructor(message: string, token: Token) {
    super(message);
    this.token = token;
  }
}

class Parser {
  readonly #tokens: Generator<Token>;
  #token: Token;

  constructor(tokens: Generator<Token>) {
    this.#tokens = tokens;
    this.#token = this.#next();
  }

  template(): Chunk[] {
    const chunks = this.#chunks(0);
    if (this.#token.kind !== 'end') this.#unexpected(`${this.#token.kind} without a tag that it belongs to`);
    return chunks;
  }

  #chunks(depth: number): Chunk[] {
    if (depth > DEEPEST) this.#unexpected(`nested more than ${DEEPEST} deep`);
    const chunks: Chunk[] = [];
    for (;;) {
      const token = this.#token;
      if (token.kind === 'blob') {
        chunks.push({ kind: 'text', text: blobText(token) });
        this.#advance();
      } else if (token.kind === 'replacement') {
        chunks.push(token);
        this.#advance();
      } else if (token.kind === 'switch') {
        chunks.push(this.#switch(token, depth));
      } else if (token.kind === 'for') {
        this.#advance();
        const body = this.#chunks(depth + 1);
        if (this.#token.kind !== 'endfor') this.#unexpected(`expected endfor, found ${this.#token.kind}`);
        this.#advance();
        chunks.push({ ...token, body });
      } else {
        return chunks;
      }
    }
  }

  #switch(token: Token & { kind: 'switch' }, depth: number): Chunk {
    const cases = new Map<string, readonly Chunk[]>();
    const casePlaces = new Map<string, Place>();
    this.#advance();
    // White space before the first case belongs to none; anything else there is a mistake.
    if (this.#token.kind === 'blob' && /^\s+$/.test(this.#token.value)) this.#advance();
    while (this.#token.kind === 'case') {
      const { value, place } = this.#token;
      this.#advance();
      casePlaces.set(value, place);
      cases.set(value, this.#chunks(depth + 1));
    }
    if (this.#token.kind !== 'endswitch')
      this.#unexpected(`expected case or endswitch, found ${this.#token.kind}`);
    this.#advance();
    return { kind: 'switch', name: token.name, place: token.place, cases, casePlaces };
  }

  #advance(): void {
    this.#token = this.#next();
  }

  #next(): Token {
    const { value, done } = this.#tokens.next();
    return done === true ? this.#token : value;
  }

  #unexpected(message: string): never {
    throw new UnexpectedToken(message, this.#token);
  }
}

function blobText(token: Token & { kind: 'blob' }): TracedText {
  const verbatim = token.text === token.value;
  return TracedText.from(token.value, { kind: 'literal', place: token.place, verbatim });
}
