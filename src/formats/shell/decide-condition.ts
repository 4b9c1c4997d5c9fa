import type { AndOr, Command, CompoundList, PipelineNode, TestExpression } from 'unbash';
import { matchesPattern } from '../../text/matches-pattern.ts';
import { expandFields, expandPattern, expandWord } from './expand-word.ts';
import type { ShellState } from './shell-state.ts';

/**
 * Whether a condition holds, where that can be told without running anything: `[ … ]` and `test` with texts, numbers and
 * files, the plain forms of `[[ … ]]`, `true`, `false`, `!`, `&&` and `||`. Undefined for everything else. A file is there
 * or not as it is now. Source: POSIX.1-2017, test(1).
 */
export function decideCondition(
  state: ShellState,
  node: PipelineNode | AndOr | CompoundList,
): boolean | undefined {
  switch (node.type) {
    case 'CompoundList': {
      const [only, ...others] = node.commands;
      if (only === undefined || others.length > 0 || only.background === true) return undefined;
      return decideCondition(state, only.command);
    }
    case 'AndOr':
      return decideSequence(
        node.commands.map((command) => () => decideCondition(state, command)),
        node.operators,
      );
    case 'Pipeline': {
      const [only, ...others] = node.commands;
      const negations = node.prefixes.filter(({ type }) => type === 'Negation').length;
      if (only === undefined || others.length > 0 || negations < node.prefixes.length) return undefined;
      const result = decideCondition(state, only);
      return negations % 2 === 0 || result === undefined ? result : !result;
    }
    case 'TestCommand':
      return decideExpression(state, node.expression);
    case 'Command':
      return decideCommand(state, node);
    default:
      return undefined;
  }
}

function decideSequence(
  parts: readonly (() => boolean | undefined)[],
  operators: readonly string[],
): boolean | undefined {
  let result = parts[0]?.();
  for (const [index, operator] of operators.entries()) {
    if (result === undefined) return undefined;
    if ((operator === '&&') === result) result = parts[index + 1]?.();
  }
  return result;
}

function decideCommand(state: ShellState, { name, args, prefix }: Command): boolean | undefined {
  if (name === undefined || prefix.length > 0) return undefined;
  const command = name.value;
  if (command === 'true' || command === ':') return true;
  if (command === 'false') return false;
  if (command !== '[' && command !== 'test') return undefined;
  const words: string[] = [];
  for (const argument of args) {
    const fields = argument.type === 'Word' ? expandFields(state, argument) : undefined;
    if (fields === undefined) return undefined;
    words.push(...fields);
  }
  if (command === '[' && words.pop() !== ']') return undefined;
  return decideWords(state, words);
}

/** By the number of words, as POSIX has it; `-a` and `-o` between two such tests. */
function decideWords(state: ShellState, words: readonly string[]): boolean | undefined {
  const [first, second, third, fourth] = words;
  const joint = words.findIndex((word, index) => index > 0 && (word === '-a' || word === '-o'));
  if (joint > 0 && words.length > 4) {
    const left = decideWords(state, words.slice(0, joint));
    const right = decideWords(state, words.slice(joint + 1));
    if (left === undefined || right === undefined) return undefined;
    return words[joint] === '-a' ? left && right : left || right;
  }
  if (first === '!' && words.length > 1 && words.length < 5) {
    const result = decideWords(state, words.slice(1));
    return result === undefined ? undefined : !result;
  }
  if (fourth !== undefined || first === undefined) return first === undefined ? false : undefined;
  if (second === undefined) return first !== '';
  if (third === undefined) return decideUnary(state, first, second);
  return decideBinary(first, second, third);
}

function decideUnary(state: ShellState, operator: string, operand: string): boolean | undefined {
  if (operator === '-z') return operand === '';
  if (operator === '-n') return operand !== '';
  const path = operand === '' ? undefined : state.absolute(operand);
  if (!FILE_TESTS.has(operator) || state.files.kind === undefined) return undefined;
  if (operand === '') return false;
  if (path === undefined) return undefined;
  const kind = state.files.kind(path);
  if (operator === '-f') return kind === 'file' || kind === 'program';
  if (operator === '-d') return kind === 'directory';
  if (operator === '-x') return kind === 'program' || kind === 'directory';
  return kind !== undefined;
}

/** Root may read everything, so `-r` is `-e`. */
const FILE_TESTS = new Set(['-f', '-d', '-e', '-r', '-x']);

function decideBinary(left: string, operator: string, right: string): boolean | undefined {
  if (operator === '=' || operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  const compare = NUMBERS[operator];
  if (compare === undefined || !/^-?\d{1,15}$/.test(left) || !/^-?\d{1,15}$/.test(right)) return undefined;
  return compare(Number(left), Number(right));
}

const NUMBERS: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '-eq': (left, right) => left === right,
  '-ne': (left, right) => left !== right,
  '-lt': (left, right) => left < right,
  '-le': (left, right) => left <= right,
  '-gt': (left, right) => left > right,
  '-ge': (left, right) => left >= right,
};

/** Inside `[[ … ]]` words are not split, and the right side of `=` is a pattern unless it is quoted. */
function decideExpression(state: ShellState, expression: TestExpression): boolean | undefined {
  switch (expression.type) {
    case 'TestGroup':
      return decideExpression(state, expression.expression);
    case 'TestNot': {
      const result = decideExpression(state, expression.operand);
      return result === undefined || expression.negations.length % 2 === 0 ? result : !result;
    }
    case 'TestLogical':
      return decideSequence(
        expression.operands.map((operand) => () => decideExpression(state, operand)),
        expression.operands.slice(1).map(() => expression.operator),
      );
    case 'TestUnary': {
      const operand = expandWord(state, expression.operand);
      return operand === undefined ? undefined : decideUnary(state, expression.operator, operand);
    }
    case 'TestBinary': {
      const left = expandWord(state, expression.left);
      if (/^(?:==?|!=)$/.test(expression.operator)) {
        const pattern = expandPattern(state, expression.right);
        if (left === undefined || pattern === undefined) return undefined;
        return matchesPattern(pattern, left) === (expression.operator !== '!=');
      }
      const right = expandWord(state, expression.right);
      return left === undefined || right === undefined
        ? undefined
        : decideBinary(left, expression.operator, right);
    }
    default:
      return undefined;
  }
}
