import { paragraph } from './rows.ts';
import { type Screen, safe } from './screen.ts';

/**
 * A text of a host for people, wrapped and indented. Where it quotes a line with a caret under it (`…\nline\n   ^`),
 * both stand on lines of their own, never wrapped: cut around the caret where the screen is too narrow.
 */
export function sentenceLines(screen: Screen, text: string, indent: number): string[] {
  const lines: string[] = [];
  let rest = text;
  for (let found = EXCERPT.exec(rest); found !== null; found = EXCERPT.exec(rest)) {
    const [whole, before = '', line = '', blanks = ''] = found;
    if (before !== '') lines.push(...paragraph(screen, safe(before), indent));
    lines.push(...excerptLines(screen, line, blanks.length, indent + 2));
    rest = rest.slice(whole.length).replace(/^\n/, '');
  }
  return rest === '' ? lines : [...lines, ...paragraph(screen, safe(rest), indent)];
}

/** Of a text with excerpts the part that says what is wrong. */
export function withoutExcerpt(text: string): string {
  const found = EXCERPT.exec(text);
  return found === null ? text : (found[1] ?? '');
}

const EXCERPT = /^([^]*?)\n([^\n]*)\n( *)\^(?=\n|$)/;

function excerptLines(screen: Screen, line: string, caret: number, indent: number): string[] {
  const room = screen.width === undefined ? Number.POSITIVE_INFINITY : Math.max(20, screen.width - indent);
  const more = screen.ascii === true ? '...' : '…';
  const before = Array.from(safe(line.slice(0, caret)));
  const behind = Array.from(safe(line.slice(caret)));
  const [start, end] = cutAround(before, behind, room, more.length);
  const shown = `${start.isCut ? more : ''}${start.text}`;
  const blank = ' '.repeat(indent);
  return [`${blank}${shown}${end.text}${end.isCut ? more : ''}`, `${blank}${' '.repeat(widthOf(shown))}^`];
}

interface Part {
  readonly text: string;
  readonly isCut: boolean;
}

/** What fits of a line: at least a third of the room behind the caret, if there is so much. */
function cutAround(
  before: readonly string[],
  behind: readonly string[],
  room: number,
  mark: number,
): [Part, Part] {
  if (widthOf(before.join('')) + widthOf(behind.join('')) <= room) {
    return [
      { text: before.join(''), isCut: false },
      { text: behind.join(''), isCut: false },
    ];
  }
  const wanted = Math.min(widthOf(behind.join('')), Math.floor(room / 3));
  const start = fitting(before.toReversed(), room - wanted, mark);
  const left = room - widthOf(start.text) - (start.isCut ? mark : 0);
  return [{ ...start, text: Array.from(start.text).toReversed().join('') }, fitting(behind, left, mark)];
}

/** The first characters that fit, with room for a mark where not all do. */
function fitting(characters: readonly string[], room: number, mark: number): Part {
  if (widthOf(characters.join('')) <= room) return { text: characters.join(''), isCut: false };
  let width = 0;
  let count = 0;
  for (const character of characters) {
    width += widthOf(character);
    if (width > room - mark) break;
    count += 1;
  }
  return { text: characters.slice(0, count).join(''), isCut: true };
}

/** In columns of a terminal: marks take none, East Asian characters and emoji two. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += NO_WIDTH.test(character) ? 0 : TWO_COLUMNS.test(character) ? 2 : 1;
  return width;
}

const NO_WIDTH = /^\p{M}$/u;
const TWO_COLUMNS =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff01-\uff60]$/u;
