import { isSecret } from '../text/secrets.ts';

/** A part of a line, `to` excluded. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * The parts of a line of any file that are secrets: values by the name that stands before them (`NAME=value`,
 * `"name": "value"`, `name: value`), passwords in URLs, and the lines of a private key.
 */
export function secretRanges(lines: readonly string[], line: number): Range[] {
  const text = lines[line - 1] ?? '';
  if (isInPrivateKey(lines, line)) return [{ from: 0, to: text.length }];
  return merged([...assignments(text), ...words(text), ...urlPasswords(text)]);
}

function merged(ranges: readonly Range[]): Range[] {
  const found: Range[] = [];
  for (const range of ranges.toSorted((one, other) => one.from - other.from)) {
    const last = found.at(-1);
    if (last === undefined || range.from > last.to) found.push(range);
    else found.splice(-1, 1, { from: last.from, to: Math.max(last.to, range.to) });
  }
  return found;
}

/** In a line that begins with `NAME=` the rest is the value, blanks included. */
function assignments(text: string): Range[] {
  const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*)$/.exec(text);
  const [, name = '', value = ''] = match ?? [];
  return isSecretValue(name, value) ? [{ from: text.length - value.length, to: text.length }] : [];
}

const WORD = /([A-Za-z_][\w-]*)["']?\s*[=:]\s*("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"',}\]]+)/g;

function words(text: string): Range[] {
  return [...text.matchAll(WORD)].flatMap((match) => {
    const [whole, name = '', value = ''] = match;
    const to = match.index + whole.length;
    return isSecretValue(name.replaceAll('-', '_'), value) ? [{ from: to - value.length, to }] : [];
  });
}

function isSecretValue(name: string, value: string): boolean {
  const bare = value.replaceAll(/^["']|["']$/g, '');
  return isSecret(name, bare.replaceAll(URL_PASSWORD, '://@'));
}

const URL_PASSWORD = /:\/\/[^\s/:@]*:([^\s/@]+)@/g;

function urlPasswords(text: string): Range[] {
  return [...text.matchAll(URL_PASSWORD)].map((match) => {
    const to = match.index + match[0].length - 1;
    return { from: to - (match[1] ?? '').length, to };
  });
}

function isInPrivateKey(lines: readonly string[], line: number): boolean {
  for (let at = line - 1; at >= 0; at -= 1) {
    const text = lines[at] ?? '';
    if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return true;
    if (text.includes('-----END ') && at < line - 1) return false;
  }
  return false;
}
