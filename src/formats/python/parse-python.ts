import type { StmtNode } from 'py-ast';
import type { Place } from '../../text/place.ts';
import { parseLazily } from './parse-lazily.ts';
import { PythonSource, type Span } from './python-source.ts';
import { errorMessage } from '../../text/error-message.ts';

/** Three times the largest file of DC/OS's generator. */
const LONGEST_SOURCE = 200_000;
const LONGEST_LINE = 20_000;

export type ParsedPython =
  | { readonly kind: 'module'; readonly source: PythonSource; readonly body: readonly StmtNode[] }
  | { readonly kind: 'fault'; readonly place: Place; readonly message: string };

/** The syntax tree of a Python 3 file of at most 200 000 characters; a fault where it isn't one. */
export function parsePython(file: string, text: string, standIn?: () => Span): ParsedPython {
  const start = { file, line: 1, column: 1 };
  if (text.length > LONGEST_SOURCE) return { kind: 'fault', place: start, message: 'too large to be parsed' };
  const source = new PythonSource(file, text, standIn);
  if (source.longestLine > LONGEST_LINE) {
    return { kind: 'fault', place: start, message: `has lines of more than ${LONGEST_LINE} characters` };
  }
  try {
    return { kind: 'module', source, body: parseLazily(source.text) };
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'fault', place: start, message: 'nested too deeply' };
    return {
      kind: 'fault',
      place: placeOf(error, source) ?? start,
      message: withoutPosition(errorMessage(error)),
    };
  }
}

function placeOf(error: unknown, source: PythonSource): Place | undefined {
  const position = typeof error === 'object' && error !== null ? error : {};
  if (!('lineno' in position) || typeof position.lineno !== 'number') {
    const [whole, line, column = '0'] = POSITION.exec(errorMessage(error)) ?? [];
    if (whole === undefined) return undefined;
    return source.place({ lineno: Number(line), col_offset: Number(column) });
  }
  const column =
    'col_offset' in position && typeof position.col_offset === 'number' ? position.col_offset : 0;
  return source.place({ lineno: position.lineno, col_offset: column });
}

/** Without the position that the parser writes behind its messages: the place says it. */
function withoutPosition(message: string): string {
  return message.replace(POSITION, '');
}

/** The column counts bytes, from 0. */
const POSITION = / at line (\d+)(?:, column (\d+))?$/;
