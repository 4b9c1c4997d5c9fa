import type { Screen } from './screen.ts';

/**
 * Lines of two columns: the left one as wide as its widest cell, at most `leftLimit`; a wider left cell gets
 * a line of its own. The right column is wrapped at blanks where the screen has a width.
 */
export function rows(
  screen: Screen,
  cells: readonly (readonly [string, string])[],
  indent: number,
  leftLimit = 48,
): string[] {
  const fitting = cells.map(([left]) => visibleLength(left)).filter((length) => length <= leftLimit);
  const width = Math.max(0, ...fitting);
  const blank = ' '.repeat(indent);
  return cells.flatMap(([left, right]) => {
    if (right === '') return [`${blank}${left}`];
    const lines = wrap(right, screen.width === undefined ? undefined : screen.width - indent - width - 2);
    const hang = ' '.repeat(indent + width + 2);
    const rest = lines.slice(1).map((line) => `${hang}${line}`);
    if (visibleLength(left) > leftLimit) return [`${blank}${left}`, `${hang}${lines[0] ?? ''}`, ...rest];
    return [`${blank}${left}${' '.repeat(width - visibleLength(left) + 2)}${lines[0] ?? ''}`, ...rest];
  });
}

/** Breaks at blanks so that no line is longer than `width`, where there is a blank to break at. */
export function wrap(text: string, width: number | undefined): string[] {
  if (width === undefined || width < 20 || visibleLength(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && visibleLength(line) + 1 + visibleLength(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** A paragraph, wrapped and indented. */
export function paragraph(screen: Screen, text: string, indent: number): string[] {
  const width = screen.width === undefined ? undefined : screen.width - indent;
  return wrap(text, width).map((line) => `${' '.repeat(indent)}${line}`);
}

function visibleLength(text: string): number {
  return text.replaceAll(/\u001b\[[0-9;]*m/g, '').length;
}
