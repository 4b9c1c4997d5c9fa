import { type Arbitrary, array, constantFrom, oneof, sample, string, tuple } from 'fast-check';

/** Contents of environment files, as bytes in latin1: what people write, and what nobody should. */
export function environmentFileCases(seed: number, count: number): string[] {
  return sample(file(), { seed, numRuns: count });
}

function file(): Arbitrary<string> {
  return oneof(
    { weight: 6, arbitrary: array(line(), { minLength: 1, maxLength: 8 }).map((lines) => lines.join('')) },
    {
      weight: 2,
      arbitrary: array(piece(), { minLength: 1, maxLength: 30 }).map((pieces) => pieces.join('')),
    },
    { weight: 1, arbitrary: string({ unit: anyByte(), maxLength: 40 }) },
  );
}

function line(): Arbitrary<string> {
  return tuple(blanks(), name(), blanks(), constantFrom('=', '=', '=', '=', '', '=='), value(), end()).map(
    (parts) => parts.join(''),
  );
}

function name(): Arbitrary<string> {
  return oneof(
    { weight: 6, arbitrary: constantFrom('A', 'B', 'LAMP', '_x', 'a1', 'HOME') },
    {
      weight: 1,
      arbitrary: constantFrom('', '1A', 'A-B', 'export A', '#A', ';A', '\\A', '"A"', 'Ä', 'A.B', '[X]'),
    },
  );
}

function value(): Arbitrary<string> {
  return array(piece(), { maxLength: 8 }).map((pieces) => pieces.join(''));
}

/** What the state machine of the reader tells apart, and a few words between. */
function piece(): Arbitrary<string> {
  return oneof(
    {
      weight: 4,
      arbitrary: constantFrom('a', 'bc', '1', 'x=y', '$A', '${B}', '%n', '{"k": 1}', '\u00c3\u00a9'),
    },
    {
      weight: 4,
      arbitrary: constantFrom('"', "'", '\\', '\\"', "\\'", '\\\\', '\\n', '\\$', '\\`', '$(', '`'),
    },
    { weight: 3, arbitrary: constantFrom(' ', '  ', '\t', '\n', '\r', '\r\n', '\\\n', '\\\r\n', '\f', '\v') },
    { weight: 2, arbitrary: constantFrom('#', ';', ' #', '=', '\n#', '\n;', '\n A=', '\nB=') },
    { weight: 1, arbitrary: constantFrom('\f', '\v', '\x1b', '\x7f', '\u00c2\u00a0', '\u00e2\u0082\u00ac') },
  );
}

function blanks(): Arbitrary<string> {
  return constantFrom('', '', '', ' ', '\t', '  ', '\r', '\n');
}

function end(): Arbitrary<string> {
  return constantFrom('\n', '\n', '\n', '\r\n', '\n\n', ' \n', '', '\\\n');
}

/** Any byte but NUL, which is a file of its own in the fixtures: it would make most files refused. */
function anyByte(): Arbitrary<string> {
  return constantFrom(...Array.from({ length: 255 }, (_, index) => String.fromCharCode(index + 1)));
}
