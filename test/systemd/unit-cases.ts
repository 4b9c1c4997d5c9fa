import {
  type Arbitrary,
  array,
  constantFrom,
  integer,
  oneof,
  option,
  record,
  sample,
  string,
  tuple,
} from 'fast-check';

/** A unit with its drop-ins, as texts. */
export interface UnitCase {
  readonly fragment: string;
  /** In the order of their names. */
  readonly dropIns: readonly string[];
}

/** Values that a directive may be given, each set with some that systemd refuses. */
export type ValuesOf = Readonly<Record<string, readonly string[]>>;

/** Random units of the given directives, by section. */
export function unitCases(
  seed: number,
  count: number,
  of: Readonly<Record<'Unit' | 'Service', ValuesOf>>,
): UnitCase[] {
  return sample(unit(of), { seed, numRuns: count });
}

function unit(of: Readonly<Record<'Unit' | 'Service', ValuesOf>>): Arbitrary<UnitCase> {
  const lines = array(line(of), { maxLength: 8 });
  return record({
    body: lines,
    type: constantFrom('', '', 'Type=oneshot\n', 'Type=notify\n'),
    dropIns: array(lines, { maxLength: 3 }),
  }).map(({ body, type, dropIns }) => ({
    fragment: `[Service]\nExecStart=/bin/sleep 1000\n${type}${body.join('')}`,
    dropIns: dropIns.map((dropIn) => dropIn.join('')),
  }));
}

function line(of: Readonly<Record<'Unit' | 'Service', ValuesOf>>): Arbitrary<string> {
  const sections = (['Unit', 'Service'] as const).flatMap((section) =>
    Object.entries(of[section]).map(([name, values]) => ({ section, name, values })),
  );
  return constantFrom(...sections).chain(({ section, name, values }) =>
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

export function numbers(smallest: number, largest: number): Arbitrary<string> {
  return option(integer({ min: smallest, max: largest }), { nil: undefined }).map((value) =>
    String(value ?? ''),
  );
}

export const anyText = string({ unit: 'binary-ascii', maxLength: 12 });
