import { showPlace } from '../../src/text/place.ts';
import type { EvaluatedVerdict } from './evaluation.ts';
import type { ExpectedVerdict } from './expectation.ts';
import type { Comparison } from './comparison.ts';

/**
 * What the generator says of a config: the same names in error and unset, each reason with its own message; a crash as
 * the same crash, at the same line.
 */
export function compareVerdict(config: string, expected: ExpectedVerdict, got: EvaluatedVerdict): Comparison {
  if (agree(expected, got)) return { compared: 1, mismatches: [] };
  const mismatch = {
    subject: 'broken config' as const,
    config,
    name: 'verdict',
    expected: JSON.stringify(expected),
    got: showVerdict(got),
  };
  return { compared: 1, mismatches: [mismatch] };
}

function agree(expected: ExpectedVerdict, got: EvaluatedVerdict): boolean {
  if ('exception' in expected) {
    return (
      got.status === 'crash' &&
      got.exception === expected.exception &&
      got.message === expected.message &&
      (expected.at == null || got.at === undefined || showPlace(got.at).startsWith(`${expected.at}:`))
    );
  }
  if (expected.status !== 'errors') return got.status === 'ok';
  if (got.status !== 'errors') return false;
  const names = Object.keys(expected.errors);
  return (
    sameNames(names, [...got.errors.keys()]) &&
    sameNames(expected.unset, got.unset) &&
    names.every((name) => says(got.errors.get(name) ?? '', expected.errors[name]?.message ?? ''))
  );
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return [...a].sort().join('\n') === [...b].sort().join('\n');
}

/**
 * Whether a reason has the generator's message. A message that shows a mapping of the config may show its keys in
 * another order: the JSON that the delta was written down in doesn't keep the order of config.yaml.
 */
function says(reason: string, message: string): boolean {
  if (reason.includes(message)) return true;
  return /\{.*'.*\}/s.test(message) && charactersOf(reason) === charactersOf(message);
}

function charactersOf(text: string): string {
  return Array.from(text).sort().join('');
}

/** As errors.json writes it. */
export function showVerdict(verdict: EvaluatedVerdict): string {
  if (verdict.status === 'ok') {
    const { status, notExamined } = verdict;
    return JSON.stringify(notExamined.length === 0 ? { status } : { status, notExamined });
  }
  if (verdict.status === 'failed') return verdict.reason;
  if (verdict.status === 'crash') {
    const { exception, message, at } = verdict;
    return JSON.stringify({ exception, message, ...(at === undefined ? {} : { at: showPlace(at) }) });
  }
  const errors = Object.fromEntries([...verdict.errors].map(([name, message]) => [name, { message }]));
  return JSON.stringify({ status: verdict.status, errors, unset: verdict.unset });
}
