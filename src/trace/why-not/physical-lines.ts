/** A line of a unit file as it stands there. */
export interface PhysicalLine {
  /** Counts from 1. */
  readonly number: number;
  readonly text: string;
  /** The line in which the setting begins that this line is a part of: its own number unless it continues one. */
  readonly begin: number;
  readonly kind: 'empty' | 'comment' | 'text';
}

/**
 * The lines of a unit file. A backslash at the end of a line continues it in the next that is no comment.
 * Source: systemd.syntax(7); config_parse() in src/shared/conf-parser.c of systemd 252.
 */
export function physicalLines(content: string): PhysicalLine[] {
  const texts = content.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  if (texts.at(-1) === '') texts.pop();
  let pending: number | undefined;
  return texts.map((text, index): PhysicalLine => {
    const number = index + 1;
    const lead = text.trimStart();
    if (lead.startsWith('#') || lead.startsWith(';'))
      return { number, text, begin: pending ?? number, kind: 'comment' };
    const begin = pending ?? number;
    pending = /(?:^|[^\\])(?:\\\\)*\\$/.test(text) ? begin : undefined;
    return { number, text, begin, kind: lead === '' ? 'empty' : 'text' };
  });
}
