import { type Arbitrary, array, constantFrom, oneof, record, sample, tuple } from 'fast-check';
import { DIRECTIVE_VALUES } from './directive-values.ts';

/** A unit with its drop-ins, as texts. */
export interface UnitCase {
  readonly fragment: string;
  /** In the order of their names. */
  readonly dropIns: readonly string[];
}

/** Random units with drop-ins of all directives whose values are known here. */
export function unitCases(seed: number, count: number): UnitCase[] {
  return sample(unit(), { seed, numRuns: count });
}

function unit(): Arbitrary<UnitCase> {
  const lines = array(line(), { maxLength: 8 });
  return record({
    body: lines,
    type: constantFrom('', '', 'Type=oneshot\n', 'Type=notify\n'),
    dropIns: array(lines, { maxLength: 3 }),
  }).map(({ body, type, dropIns }) => ({
    fragment: `[Service]\nExecStart=/bin/sleep 1000\n${type}${body.join('')}`,
    dropIns: dropIns.map((dropIn) => dropIn.join('')),
  }));
}

const DIRECTIVES = Object.entries(DIRECTIVE_VALUES).flatMap(([section, directives]) =>
  Object.entries(directives).map(([name, values]) => ({ section, name, values })),
);

function line(): Arbitrary<string> {
  return constantFrom(...DIRECTIVES).chain(({ section, name, values }) =>
    tuple(
      constantFrom(`[${section}]\n`),
      oneof(
        { weight: 5, arbitrary: constantFrom(...values) },
        { weight: 1, arbitrary: constantFrom('', 'nonsense') },
      ),
      layout(),
    ).map(
      ([header, value, [before, around, after]]) =>
        `${header}${before}${name}${around}=${around}${value}${after}\n`,
    ),
  );
}

/** Blanks, comments and continuations that systemd reads over. */
function layout(): Arbitrary<[string, string, string]> {
  return tuple(
    constantFrom('', '', '', ' ', '# a comment\n', '; another\n', '\n', 'NoSuchKey=1\n'),
    constantFrom('', '', '', ' ', '\t', '  '),
    constantFrom('', '', '', ' ', '\t ', ' \\\n', '\\\n# within\n', '\r'),
  );
}
