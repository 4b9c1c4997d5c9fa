/** What follows a backslash: the character it stands for, or one byte of UTF-8. */
export interface Escape {
  /** UTF-16 units after the backslash. */
  readonly length: number;
  readonly stands:
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'byte'; readonly byte: number };
}

const PLAIN: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
  s: ' ',
};

const NUMERIC = /x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})/y;

/**
 * The escape at `at`, the offset after a backslash; undefined for one that systemd does not know, for NUL and
 * for what is no character. Source: cunescape_one() in src/basic/escape.c of systemd 252.
 */
export function readEscape(text: string, at: number): Escape | undefined {
  const plain = PLAIN[text.charAt(at)];
  if (plain !== undefined) return { length: 1, stands: { kind: 'text', text: plain } };
  NUMERIC.lastIndex = at;
  const match = NUMERIC.exec(text);
  if (match === null) return undefined;
  const [all, hex, short, long, octal] = match;
  const number = Number.parseInt(hex ?? short ?? long ?? octal ?? '', octal === undefined ? 16 : 8);
  if (number === 0) return undefined;
  if (hex !== undefined || octal !== undefined) {
    return number > 0xff ? undefined : { length: all.length, stands: { kind: 'byte', byte: number } };
  }
  const isCharacter = number <= 0x10ffff && (number < 0xd800 || number > 0xdfff);
  return isCharacter
    ? { length: all.length, stands: { kind: 'text', text: String.fromCodePoint(number) } }
    : undefined;
}
