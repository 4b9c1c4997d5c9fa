import { describeChecks } from '../../src/check/explain-check.ts';
import { GENERIC_CHECKS } from '../../src/check/generic-checks.ts';
import { allKnowledge } from '../../src/knowledge/all-knowledge.ts';
import type { CheckDescription } from '../../src/knowledge/knowledge.ts';

/** docs/checks.md: every check there is, as `cutover check --explain ID` describes it. */
export function checksPage(): string {
  const groups = [
    { title: 'Of any service', checks: GENERIC_CHECKS as readonly CheckDescription[] },
    ...allKnowledge.map(({ id, checks }) => ({ title: `Known of ${id}`, checks: checks ?? [] })),
  ].filter(({ checks }) => checks.length > 0);
  return [
    '# The checks',
    '',
    'Generated from the checks themselves (`npm run checks`). `cutover check --explain ID` prints one of them; a finding',
    'is silenced with a reason under `silence:` in the [spec](format/spec.md).',
    '',
    `${describeChecks(allKnowledge).length} checks.`,
    ...groups.flatMap(({ title, checks }) => ['', `## ${title}`, '', ...table(checks)]),
    '',
  ].join('\n');
}

function table(checks: readonly CheckDescription[]): string[] {
  return [
    '| check | holds when | why, and what makes it silent |',
    '| --- | --- | --- |',
    ...checks.map(({ id, title, explains }) => `| \`${id}\` | ${cell(title)} | ${cell(explains)} |`),
  ];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
