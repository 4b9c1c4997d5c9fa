import { styleText } from 'node:util';

/** What a printer may use: whether to colour, and how wide a line may get (undefined: no limit). */
export interface Screen {
  readonly colour: boolean;
  readonly width: number | undefined;
  /** The locale has no signs beyond ASCII. */
  readonly ascii?: boolean;
}

type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan';

export function paint(screen: Screen, style: Style, text: string): string {
  return screen.colour ? styleText(style, text, { validateStream: false }) : text;
}

/**
 * Text from a host, made safe to show: control characters, invisible direction marks and escape sequences
 * become visible `\x1b`-like codes, so that a file's content can't drive the terminal.
 */
export function safe(text: string): string {
  return text.replaceAll(UNSAFE, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\t') return '\\t';
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
