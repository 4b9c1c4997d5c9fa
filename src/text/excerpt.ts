import type { Place } from './place.ts';

const LONGEST_LINE = 200;

/** The line of `text` that a place of it is on, and a caret under its column; long lines are cut. */
export function excerptOf(text: string, { line, column }: Place): string {
  const whole = (text.split('\n')[line - 1] ?? '').replace(/\r$/, '').replaceAll('\t', ' ');
  const from = column > LONGEST_LINE ? column - 1 - LONGEST_LINE / 2 : 0;
  return `${whole.slice(from, from + LONGEST_LINE)}\n${' '.repeat(column - 1 - from)}^`;
}
