import type { ParameterExpansionPart, Word, WordPart } from 'unbash';
import { evaluateSubstitution } from './evaluate-substitution.ts';
import { matchesPattern } from '../../text/matches-pattern.ts';
import type { ShellState } from './shell-state.ts';

/** In UTF-16 units: as much as execve(2) takes for one string. Anything longer is not evaluated. */
const LONGEST_VALUE = 128 * 1024;

/** The word as an assignment takes it, unsplit; undefined where it depends on running something. */
export function expandWord(state: ShellState, word: Word): string | undefined {
  if (word.text.startsWith('~')) return undefined;
  return word.parts === undefined ? word.value : expandParts(state, word.parts);
}

/** The words that a word of a command becomes: none, one or several; undefined where only running tells. */
export function expandFields(state: ShellState, word: Word): readonly string[] | undefined {
  if (/^(?:"\$@"|"\$\{@\}"|\$\{1\+"\$@"\})$/.test(word.text)) return state.arguments;
  const value = expandWord(state, word);
  if (value === undefined || !word.parts?.some(isUnquotedExpansion))
    return value === undefined ? value : [value];
  if (word.parts.length > 1 && /[ \t\n]/.test(value)) return undefined;
  return value.split(/[ \t\n]+/).filter((field) => field !== '');
}

/** The pattern that a word stands for, as `matchesPattern` takes it; what is quoted in it means itself. */
export function expandPattern(state: ShellState, { text, value, parts }: Word): string | undefined {
  if (text.startsWith('~')) return undefined;
  let pattern = '';
  for (const part of parts ?? []) {
    const piece = part.type === 'Glob' ? part.value : expandPart(state, part);
    if (piece === undefined || pattern.length + piece.length > LONGEST_VALUE) return undefined;
    const isQuoted = /^(?:SingleQuoted|DoubleQuoted|AnsiCQuoted)$/.test(part.type);
    pattern += isQuoted ? piece.replace(/[*?[\\]/g, '\\$&') : piece;
  }
  return parts === undefined ? value : pattern;
}

function isUnquotedExpansion({ type }: WordPart): boolean {
  return type === 'SimpleExpansion' || type === 'ParameterExpansion' || type === 'CommandExpansion';
}

function expandParts(state: ShellState, parts: readonly WordPart[]): string | undefined {
  let text = '';
  for (const part of parts) {
    const piece = expandPart(state, part);
    if (piece === undefined || text.length + piece.length > LONGEST_VALUE) return undefined;
    text += piece;
  }
  return text;
}

function expandPart(state: ShellState, part: WordPart): string | undefined {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return part.value;
    case 'DoubleQuoted':
      return expandParts(state, part.parts);
    case 'SimpleExpansion':
      return plainValue(state, part.text.slice(1));
    case 'ParameterExpansion':
      return expandParameter(state, part);
    case 'CommandExpansion':
      return part.script && evaluateSubstitution(state, part.script, expandFields);
    default:
      return undefined;
  }
}

function plainValue(state: ShellState, name: string): string | undefined {
  if (name === '@' || name === '*') return state.arguments?.join(' ');
  const variable = state.variable(name);
  if (variable === 'unset') return '';
  return variable === 'unknown' ? undefined : variable.value;
}

/** POSIX.1-2017, Shell Command Language, 2.6.2. */
function expandParameter(state: ShellState, part: ParameterExpansionPart): string | undefined {
  const { parameter, operation, prefix, index } = part;
  if (prefix !== undefined || index !== undefined) return undefined;
  if (operation === undefined) return plainValue(state, parameter);
  if (operation.type === 'Remove') {
    const value = plainValue(state, parameter);
    const pattern = expandPattern(state, operation.operand);
    if (value === undefined || pattern === undefined) return undefined;
    return withoutMatch(value, operation.operator, pattern);
  }
  if (operation.type !== 'Default') return undefined;
  const variable = state.variable(parameter);
  if (variable === 'unknown') return undefined;
  const value = variable === 'unset' ? undefined : variable.value;
  const { operator, operand } = operation;
  const isGiven = value !== undefined && !(operator.startsWith(':') && value === '');
  if (operator.endsWith('+')) return isGiven ? expandWord(state, operand) : '';
  if (isGiven) return value;
  if (operator.endsWith('?')) return undefined;
  const fallback = expandWord(state, operand);
  if (operator.endsWith('=')) state.set(parameter, fallback);
  return fallback;
}

/** In UTF-16 units: a pattern is not tried on a longer value. */
const LONGEST_MATCHED = 4096;
/** Of one `${A#b}`: every length of the value is tried, each in time with both lengths. */
const MOST_STEPS = 256 * 1024 * 1024;

/** The value without the shortest (`#`, `%`) or the longest (`##`, `%%`) part at its start or end that matches. */
function withoutMatch(value: string, operator: '#' | '##' | '%' | '%%', pattern: string): string | undefined {
  const steps = value.length ** 2 * (pattern.length + 1);
  if (value.length > LONGEST_MATCHED || steps > MOST_STEPS) return undefined;
  const isPrefix = operator.startsWith('#');
  for (let step = 0; step <= value.length; step += 1) {
    const length = operator.length === 1 ? step : value.length - step;
    const at = isPrefix ? length : value.length - length;
    const [matched, rest] = isPrefix
      ? [value.slice(0, at), value.slice(at)]
      : [value.slice(at), value.slice(0, at)];
    if (matchesPattern(pattern, matched)) return rest;
  }
  return value;
}
