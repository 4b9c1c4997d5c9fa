import { isSecret, isSecretName } from './secret-names.ts';

/** A part of a line, `to` excluded. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The secrets of one line, and what it says of those that follow. */
export interface SecretsInLine {
  readonly ranges: readonly Range[];
  /** A quote that a secret opens and that is not closed on the line. */
  readonly open?: string;
  /** The line is the name of a secret option in a list: the next member is its value. */
  readonly next?: true;
}

const LONGEST_LINE = 1024 * 1024;

/**
 * The secrets of a line of any file: values by the name that stands before them (`NAME=value`, `--name value`,
 * `"name": "value"`, `name: value`), passwords in URLs and of users, what follows `Bearer`. Each name is looked at
 * once and each value once, so the work grows with the line and no faster; a longer line is a secret as a whole.
 */
export function secretsInLine(text: string): SecretsInLine {
  if (text.length > LONGEST_LINE) return { ranges: [{ from: 0, to: text.length }] };
  const named = namedValues(text);
  return { ...named, ranges: [...named.ranges, ...known(text)] };
}

/** Names begin where no other name goes on; dashes make one an option. */
const NAME = /(?<![\w-])(-*)([A-Za-z_][\w.-]*)/g;
const SEPARATOR = /(\\*["'])?\s*(=>|:=|=|:)\s*/y;
/** Between an option and its value, also as members of a list. */
const AFTER_OPTION = /(\\*["'])?[\s,]+(?=[^-\s,])/y;
/** One that is a member of a list, with a line of its own. */
const OPTION_ALONE = /^\s*(?:- +["']?|["'])-{1,2}[\w.-]+["']?,?\s*$/;

function namedValues(text: string): SecretsInLine {
  const ranges: Range[] = [];
  const brace = text.indexOf('{');
  NAME.lastIndex = 0;
  let open: string | undefined;
  for (let match = NAME.exec(text); match !== null; match = NAME.exec(text)) {
    const [, dashes = '', whole = ''] = match;
    const name = text[match.index - 1] === '\\' ? whole.replace(/^[nrt]/, '') : whole;
    if (!isSecretName(name)) continue;
    const end = match.index + dashes.length + whole.length;
    const separated = at(SEPARATOR, text, end) ?? (dashes === '' ? undefined : at(AFTER_OPTION, text, end));
    if (separated === undefined) {
      if (OPTION_ALONE.test(text)) return { ranges, next: true };
      continue;
    }
    const from = end + separated[0].length;
    const value = valueAt(text, from, {
      start: match.index,
      inFlow: brace !== -1 && brace < match.index,
      quote: separated[1],
      separator: separated[2] ?? (separated[0].includes(',') ? ',' : ' '),
    });
    NAME.lastIndex = value.to;
    if (!isSecretValue(name, text.slice(from, value.to))) continue;
    ranges.push({ from, to: value.to });
    open = value.open ?? open;
  }
  return { ranges, ...(open === undefined ? {} : { open }) };
}

interface Before {
  /** Where the name begins, its dashes included. */
  readonly start: number;
  /** Whether a brace stands before it: its value may end at a comma. */
  readonly inFlow: boolean;
  /** The quote right after the name. */
  readonly quote: string | undefined;
  readonly separator: string;
}

interface ValueEnd {
  readonly to: number;
  readonly open?: string;
}

const DOUBLE_QUOTED = /"(?:[^"\\]|\\.)*"/y;
const SINGLE_QUOTED = /'[^']*'/y;
/** As a shell takes a word: quoted parts and others together; a quote before a blank ends what began before. */
const WORD = /(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\]|["'](?![\s,;)}\]]|$))*/y;
const FLOW_VALUE = /[^,}\]]*/y;
const BEGINS_LINE = /^\s*(?:[+-] )?(?:- +)*(?:export\s+)?["']?$/;

function valueAt(text: string, from: number, { start, inFlow, quote, separator }: Before): ValueEnd {
  const all = text.length;
  const opening = at(/\\*["']/y, text, from)?.[0];
  if (opening !== undefined) return quotedEnd(text, from, opening, separator);
  const enclosing =
    quote === undefined ? /\\*["']$/.exec(text.slice(Math.max(0, start - 8), start))?.[0] : undefined;
  if (enclosing !== undefined) {
    const to = text.indexOf(enclosing, from);
    return to === -1 ? { to: all, open: enclosing } : { to };
  }
  const isEscaped = quote?.startsWith('\\') === true;
  const beginsLine = separator !== ' ' && start < 256 && BEGINS_LINE.test(text.slice(0, start));
  if (isEscaped || beginsLine || (separator !== ' ' && /[{[]/.test(text[from] ?? ''))) return { to: all };
  const value = at(inFlow && separator === ':' ? FLOW_VALUE : WORD, text, from)?.[0] ?? '';
  return { to: from + value.length };
}

function quotedEnd(text: string, from: number, opening: string, separator: string): ValueEnd {
  if (opening.length > 1) {
    const to = text.indexOf(opening, from + opening.length);
    return to === -1 ? { to: text.length, open: opening } : { to: to + opening.length };
  }
  const value = at(opening === '"' ? DOUBLE_QUOTED : SINGLE_QUOTED, text, from)?.[0];
  if (value === undefined) return { to: text.length, open: opening };
  const more = separator === ':' || separator === ',' ? '' : (at(WORD, text, from + value.length)?.[0] ?? '');
  return { to: from + value.length + more.length };
}

function isSecretValue(name: string, value: string): boolean {
  const bare = value.replace(/[,;]$/, '').replaceAll(/^\\*["']|\\*["']$/g, '');
  return isSecret(name, bare.replaceAll(URL_PASSWORD, '://@'));
}

const URL_PASSWORD = /:\/\/[^\s/:@]*:([^\s/]+)@/dg;
/** A user with a password, as `-u name:password`; not a user with a group, `-u 1000:1000`. */
const USER_PASSWORD = /(?<![\w-])(?:-u|--(?:proxy-)?user)(?:\s+|=)?["']?[^\s:"']+:(?!\d+(?!\S))([^\s"']+)/dg;
const USER_OPTION = /(?<![\w-])(?:-u|--user(?:name)?)(?![\w-])/;
/** `-p` is as often a port or a process: only beside the name of a user, and not for a number, an address or a path. */
const PASSWORD_OPTION = /(?<![\w-])-p\s*(?![\s\d./-])(\S+)/dg;
const AUTHORIZATION = /(?<!\w)(?:Bearer|Basic)\s+([\w+/=.~-]{8,})/dgi;
const DOCKER_AUTH = /"auth\\*"\s*:\s*\\*"([\w+/=-]{8,})/dg;

function known(text: string): Range[] {
  const patterns = [URL_PASSWORD, USER_PASSWORD, AUTHORIZATION, DOCKER_AUTH];
  if (USER_OPTION.test(text)) patterns.push(PASSWORD_OPTION);
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(({ indices }) => {
      const [from, to] = indices?.[1] ?? [0, 0];
      return from < to ? [{ from, to }] : [];
    }),
  );
}

function at(pattern: RegExp, text: string, index: number): RegExpExecArray | undefined {
  pattern.lastIndex = index;
  return pattern.exec(text) ?? undefined;
}
