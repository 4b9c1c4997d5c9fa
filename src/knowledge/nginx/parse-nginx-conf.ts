import type { Place } from '../../text/place.ts';
import { placesIn } from '../../text/places-in.ts';
import type { ConfigurationWord } from '../configured-program/configuration.ts';

/** A directive of nginx.conf with the directives in its block. */
export interface NginxDirective {
  readonly name: string;
  readonly words: readonly ConfigurationWord[];
  readonly place: Place;
  readonly block: readonly NginxDirective[];
}

export interface NginxConf {
  readonly directives: readonly NginxDirective[];
  /** Where nginx would stop reading, and why; what comes after it is left out. */
  readonly fault: { readonly place: Place; readonly reason: string } | undefined;
}

const DEEPEST = 64;

/** Reads nginx.conf as ngx_conf_read_token() of nginx does (src/core/ngx_conf_file.c). `file` is named in places. */
export function parseNginxConf(file: string, text: string): NginxConf {
  const parser = new Parser(text, placesIn(file, text));
  const directives = parser.block(0);
  return { directives, fault: parser.fault };
}

class Parser {
  fault: NginxConf['fault'];
  readonly #text: string;
  readonly #placeAt: (offset: number) => Place;
  #at = 0;

  constructor(text: string, placeAt: (offset: number) => Place) {
    this.#text = text;
    this.#placeAt = placeAt;
  }

  /** Directives up to the `}` that closes this block, or the end of the file at depth 0. */
  block(depth: number): NginxDirective[] {
    const directives: NginxDirective[] = [];
    for (;;) {
      this.#skipBlanks();
      if (this.#at >= this.#text.length) {
        if (depth > 0) this.#stop('unexpected end of file, expecting "}"');
        return directives;
      }
      if (this.#text[this.#at] === '}') {
        if (depth === 0) this.#stop('unexpected "}"');
        else this.#at += 1;
        return directives;
      }
      const directive = this.#directive(depth);
      if (directive === undefined) return directives;
      directives.push(directive);
      if (this.fault !== undefined) return directives;
    }
  }

  #directive(depth: number): NginxDirective | undefined {
    const words: ConfigurationWord[] = [];
    for (;;) {
      this.#skipBlanks();
      const end = this.#text[this.#at];
      if (end === undefined || end === '}')
        return this.#stop(`unexpected ${end === '}' ? '"}"' : 'end of file, expecting ";" or "}"'}`);
      if (end === ';' || end === '{') {
        const [name, ...rest] = words;
        if (name === undefined) return this.#stop(`unexpected "${end}"`);
        this.#at += 1;
        const isCode = end === '{' && name.text.endsWith('_by_lua_block');
        if (isCode) this.#skipCode();
        if (depth >= DEEPEST) return this.#stop('blocks are nested deeper than is read');
        const block = end === '{' && !isCode ? this.block(depth + 1) : [];
        return { name: name.text, words: rest, place: name.place, block };
      }
      const place = this.#placeAt(this.#at);
      const text = end === '"' || end === "'" ? this.#quoted(end) : this.#bare();
      if (text === undefined) return this.#stop('unexpected end of file, expecting a closing quote');
      words.push({ text, place });
    }
  }

  #quoted(quote: string): string | undefined {
    let text = '';
    for (this.#at += 1; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text[this.#at] ?? '';
      if (character === quote) {
        this.#at += 1;
        return text;
      }
      text += character === '\\' ? this.#escaped() : character;
    }
    return undefined;
  }

  #bare(): string {
    let text = '';
    for (; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text[this.#at] ?? '';
      if (character === '$' && this.#text[this.#at + 1] === '{') {
        text += '${';
        this.#at += 1;
      } else if (/[\s;{]/.test(character)) break;
      else text += character === '\\' ? this.#escaped() : character;
    }
    return text;
  }

  /** `\"`, `\'`, `\\` and `\t`, `\r`, `\n` mean one character; any other backslash stays. */
  #escaped(): string {
    this.#at += 1;
    const next = this.#text[this.#at] ?? '';
    const known = ESCAPES[next];
    return known ?? `\\${next}`;
  }

  #skipBlanks(): void {
    const blanks = /(?:\s+|#[^\n]*)*/y;
    blanks.lastIndex = this.#at;
    this.#at += blanks.exec(this.#text)?.[0].length ?? 0;
  }

  /** Lua up to the brace that closes it: strings and comments of Lua may hold braces. */
  #skipCode(): void {
    const token = /--\[\[[^]*?\]\]|--[^\n]*|\[\[[^]*?\]\]|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'|[{}]/g;
    token.lastIndex = this.#at;
    for (let depth = 1, match = token.exec(this.#text); match !== null; match = token.exec(this.#text)) {
      if (match[0] === '{') depth += 1;
      if (match[0] === '}') depth -= 1;
      if (depth > 0) continue;
      this.#at = token.lastIndex;
      return;
    }
    this.#at = this.#text.length;
    this.#stop('the block of Lua code does not end');
  }

  #stop(reason: string): undefined {
    this.fault ??= { place: this.#placeAt(Math.min(this.#at, this.#text.length)), reason };
    return undefined;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  t: '\t',
  r: '\r',
  n: '\n',
};
