import { advance, type Place } from '../../text/place.ts';

export type Token = { readonly place: Place; readonly text: string } & (
  | { readonly kind: 'blob'; readonly value: string }
  | { readonly kind: 'replacement'; readonly name: string; readonly filter: string | undefined }
  | { readonly kind: 'switch'; readonly name: string }
  | { readonly kind: 'case'; readonly value: string }
  | { readonly kind: 'for'; readonly variable: string; readonly list: string }
  | { readonly kind: 'endswitch' | 'endfor' | 'end' }
);

/** Where the tokens of a template end because the rest isn't one. */
export class TokenFault extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Cuts a template into tokens, the longest match first. Throws `TokenFault`. */
export function* tokenize(file: string, source: string): Generator<Token> {
  let at = 0;
  let place: Place = { file, line: 1, column: 1 };
  while (at < source.length) {
    const { token, end } = readToken(source, at);
    const text = source.slice(at, end);
    yield { ...token, place, text };
    place = advance(place, text);
    at = end;
  }
  yield { kind: 'end', place, text: '' };
}

type Unplaced<T> = T extends Token ? Omit<T, 'place' | 'text'> : never;

interface Read {
  readonly token: Unplaced<Token>;
  readonly end: number;
}

function readToken(source: string, at: number): Read {
  if (source.startsWith('{{{{', at)) return { token: { kind: 'blob', value: '{{' }, end: at + 4 };
  if (source.startsWith('{{{', at)) {
    throw new TokenFault('three braces: "{{ name }}" replaces, and "{{{{" stands for two braces', at);
  }
  if (source.startsWith('{{', at)) return replacement(new TagReader(source, at + 2));
  if (source.startsWith('{%', at)) return control(new TagReader(source, at + 2));
  const end = endOfText(source, at);
  return { token: { kind: 'blob', value: source.slice(at, end) }, end };
}

/** Text ends before two braces or a brace and a percent sign; a brace alone is text. */
function endOfText(source: string, at: number): number {
  let brace = source.indexOf('{', at);
  while (brace !== -1 && !/[{%]/.test(source.charAt(brace + 1))) brace = source.indexOf('{', brace + 1);
  return brace === -1 ? source.length : brace;
}

function replacement(tag: TagReader): Read {
  tag.blank();
  const name = tag.identifier();
  tag.blank();
  let filter: string | undefined;
  if (tag.take('|')) {
    tag.blank();
    filter = tag.identifier();
    tag.blank();
  }
  tag.expect('}}');
  return { token: { kind: 'replacement', name, filter }, end: tag.at };
}

function control(tag: TagReader): Read {
  tag.blank();
  const token = directive(tag);
  tag.blank();
  tag.expect('%}');
  return { token, end: tag.at };
}

function directive(tag: TagReader): Unplaced<Token> {
  if (tag.take('endswitch')) return { kind: 'endswitch' };
  if (tag.take('endfor')) return { kind: 'endfor' };
  if (tag.take('switch')) {
    tag.blank();
    return { kind: 'switch', name: tag.identifier() };
  }
  if (tag.take('case')) {
    tag.blank();
    return { kind: 'case', value: tag.quoted() };
  }
  if (tag.take('for')) {
    tag.blank();
    const variable = tag.identifier();
    tag.blank();
    tag.expect('in');
    tag.blank();
    return { kind: 'for', variable, list: tag.identifier() };
  }
  return tag.fail('expected switch, case, endswitch, for or endfor');
}

/** Reads inside a tag, where a blank is exactly one blank. */
class TagReader {
  readonly #source: string;
  at: number;

  constructor(source: string, at: number) {
    this.#source = source;
    this.at = at;
  }

  blank(): void {
    if (!this.take(' ') || /^\s/.test(this.#source.slice(this.at, this.at + 1))) {
      this.fail('expected exactly one blank');
    }
  }

  identifier(): string {
    const pattern = /[a-z0-9_]+/y;
    pattern.lastIndex = this.at;
    const name = pattern.exec(this.#source)?.[0];
    if (name === undefined) return this.fail('expected a name of lower case letters, digits and _');
    this.at += name.length;
    return name;
  }

  quoted(): string {
    this.expect('"');
    const pattern = /((?:[^"\\\r\n]|\\["\\])*)"/y;
    pattern.lastIndex = this.at;
    const inside = pattern.exec(this.#source)?.[1];
    if (inside === undefined) return this.fail('expected a string that ends with " on the same line');
    this.at += inside.length + 1;
    return inside.replace(/\\(["\\])/g, '$1');
  }

  take(text: string): boolean {
    if (!this.#source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  expect(text: string): void {
    if (!this.take(text)) this.fail(`expected ${text}`);
  }

  fail(message: string): never {
    throw new TokenFault(message, this.at);
  }
}
