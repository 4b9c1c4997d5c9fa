/** One function or variable whose symbol is gone or whose type is another. */
export interface AbiChange {
  readonly kind: 'gone' | 'changed';
  /** As abidiff writes it: `function int use(opts*)`, `int limit`. */
  readonly declaration: string;
  /** Its qualified name without parameters and template arguments: `use`, `lib::S::go`. */
  readonly name: string;
  /** What is said of it, a line each: `type size changed from 128 to 192 (in bits)`. */
  readonly details: readonly string[];
}

/** `could-not-run` is for an error of the tool or of how it was called. */
export type AbidiffVerdict = 'same' | 'changed' | 'incompatible' | 'could-not-run';

/** What the bits of abidiff's exit code say. Source: the manual of libabigail, abidiff, "Return values". */
export function abidiffVerdict(bits: number): AbidiffVerdict {
  if (bits === 0) return 'same';
  if ((bits & (ERROR | USAGE_ERROR)) !== 0 || (bits & CHANGE) === 0) return 'could-not-run';
  return (bits & INCOMPATIBLE_CHANGE) === 0 ? 'changed' : 'incompatible';
}

const ERROR = 1;
const USAGE_ERROR = 2;
const CHANGE = 4;
const INCOMPATIBLE_CHANGE = 8;

/**
 * The functions and variables in the default report of abidiff(1), at most `most` of them with at most `MOST_DETAILS`
 * lines each. What was added and what it says of the libraries as a whole is left out.
 */
export function parseAbidiff(text: string, most: number): AbiChange[] {
  const changes: { change: AbiChange; details: string[] }[] = [];
  let details: string[] | undefined;
  for (const line of text.split('\n')) {
    const entry = /^ {2}\[([ACD])\] (?:'(.+?)'(?=$|[:\s])|([^'\s]\S*))/.exec(line);
    if (entry !== null) {
      if (changes.length >= most) break;
      details = [];
      const declaration = entry[2] ?? entry[3] ?? '';
      const kind = entry[1] === 'D' ? 'gone' : 'changed';
      if (entry[1] !== 'A')
        changes.push({ change: { kind, declaration, name: nameIn(declaration), details }, details });
      const also = / (was changed to '.*')(?=$|[:\s])/.exec(line)?.[1];
      if (also !== undefined) details.push(also);
    } else if (!line.startsWith('    ')) details = undefined;
    else if (details !== undefined && details.length < MOST_DETAILS) details.push(line.trim());
  }
  return changes.map(({ change }) => change);
}

const MOST_DETAILS = 40;

function nameIn(declaration: string): string {
  const plain = withoutTemplateArguments(declaration);
  const operator = /(\S*\boperator\W+?)\(/.exec(plain)?.[1];
  if (operator !== undefined) return operator;
  const [before = ''] = plain.split('(');
  return (
    before
      .replace(/\[.*$/, '')
      .trimEnd()
      .split(/[\s*&]+/)
      .at(-1) ?? ''
  );
}

function withoutTemplateArguments(text: string): string {
  let depth = 0;
  let kept = '';
  for (const character of text) {
    if (character === '<') depth += 1;
    if (depth === 0) kept += character;
    if (character === '>' && depth > 0) depth -= 1;
  }
  return kept;
}
