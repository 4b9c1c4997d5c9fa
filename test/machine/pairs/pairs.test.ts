// Real services of Debian, each replaced by a real program: what Cutover says beforehand is what systemd says then.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { fetchedLayer, PairMachine, type Verdict } from './pair-machine.ts';
import { PAIRS } from './pairs.ts';

/** `npm run test:pairs` tries every pair, or those that CUTOVER_PAIRS matches; the tests try those that are marked. */
const ALL = process.env['CUTOVER_PAIRS'] !== undefined;
const ONLY = process.env['CUTOVER_PAIRS'] ?? 'all';
const layers = [fetchedLayer('today'), ALL ? fetchedLayer('others') : undefined].filter(
  (layer) => layer !== undefined,
);
const print = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
const isFetched = layers.length === (ALL ? 2 : 1);
if (!isFetched) print('NOT TRIED: replacements of Debian packages, which the set-up could not fetch');

describeOnMachine('services of Debian, replaced', () => {
  let pairs: PairMachine;
  const rows: string[] = [];
  beforeAll(async () => {
    pairs = await PairMachine.boot(layers);
  });
  afterAll(async () => {
    print(
      `\n${rows.join('\n')}\n${rows.filter((row) => row.startsWith('agree')).length} of ${rows.length} agree\n`,
    );
    await pairs?.machine.throwAway();
  });

  const asked = PAIRS.filter(({ title, inShort }) =>
    ALL ? ONLY === 'all' || new RegExp(ONLY).test(title) : inShort === true,
  );
  test.runIf(isFetched).each(asked)('$title', { timeout: 600_000 }, async (pair) => {
    const verdict = await pairs.try(pair);
    rows.push(rowOf(pair.title, verdict));
    if (ALL) print(rowOf(pair.title, verdict));
    const { report, outcome } = verdict;
    expect(truthOf(outcome.state), rowOf(pair.title, verdict)).toBe(report.verdict);
  });
});

/** What it would have to say, had it known. */
function truthOf(state: string): string {
  return state === 'committed' ? 'ready' : 'blocked';
}

function rowOf(title: string, { report, outcome }: Verdict): string {
  const said = report.findings
    .filter(({ severity }) => severity === 'blocker')
    .map(({ id, subject }) => `${id} ${subject}`);
  const seen = outcome.gate?.conditions.find(({ holds }) => !holds);
  const truth = truthOf(outcome.state);
  return [
    `${truth === report.verdict ? 'agree   ' : 'DISAGREE'}  ${title}`,
    `          check: ${report.verdict}${said.length === 0 ? '' : `: ${said.join(', ')}`}`,
    `          truth: ${outcome.state}, ${outcome.reason}${seen === undefined ? '' : `: ${seen.title}: ${seen.detail}`}`,
    ...(outcome.gate?.log ?? []).slice(-2).map((line) => `                 ${line}`),
  ].join('\n');
}
