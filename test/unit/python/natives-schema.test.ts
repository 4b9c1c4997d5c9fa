import { expect, test } from 'vitest';
import { ourOutcomes, ourText } from './natives-against-cpython.ts';

/** A schema like those of the generator's checks, in other words. */
const SOURCE = `
import schema, string
from schema import And, Optional, Or, Regex, Schema, SchemaError, Use

class Named(And):
    def __repr__(self):
        return self._error

lamp = Named(str, lambda name: len(name) > 0, lambda name: not any(c in name for c in string.whitespace),
             error='A lamp has a name without blanks')
period = Regex(r'^\\d+(\\.\\d+)?(s|m)$', error='A period is a number and a unit')
lamps = Schema({
    Optional('note'): str,
    'lamps': {lamp: {'period': period, Optional('colours'): Schema(['red', 'white'], error='red, white or both')}},
    Optional('order'): [lamp],
})

def says(what, data):
    try:
        return what.validate(data)
    except SchemaError as error:
        return [type(error).__name__, str(error), error.code == str(error)]
`;

const good = `{'lamps': {'north': {'period': '1.5s', 'colours': ['red']}}, 'order': ['north']}`;

test.each([
  [`says(lamps, ${good}) == ${good}`, 'True'],
  [
    `says(lamps, {'lamps': {}})`,
    `['SchemaError', "Key 'lamps' error:\\nMissing key: A lamp has a name without blanks", True]`,
  ],
  [
    `says(lamps, {'lamps': {'no th': {'period': '1s'}}})`,
    `['SchemaError', "Key 'lamps' error:\\nMissing key: A lamp has a name without blanks", True]`,
  ],
  [
    `says(lamps, {'lamps': {'n': {'period': '1s'}, 'no th': {'period': '1s'}}})`,
    "['SchemaError', 'A lamp has a name without blanks', True]",
  ],
  [
    `says(lamps, {'lamps': {'n': {'period': '1h'}}})`,
    `['SchemaError', "Key 'lamps' error:\\nKey 'n' error:\\nKey 'period' error:\\nA period is a number and a unit", True]`,
  ],
  [
    `says(lamps, {'lamps': {'n': {'period': 5}}})`,
    `['SchemaError', "Key 'lamps' error:\\nKey 'n' error:\\nKey 'period' error:\\nA period is a number and a unit", True]`,
  ],
  [
    `says(lamps, {'lamps': {'n': {'period': '1s', 'colours': ['red', 'blue']}}})`,
    "['SchemaError', 'red, white or both', True]",
  ],
  [
    `says(lamps, {'lamps': {'n': {}}})`,
    `['SchemaError', "Key 'lamps' error:\\nKey 'n' error:\\nMissing key: 'period'", True]`,
  ],
  [
    `says(lamps, {'lamps': {'n': {'period': '1s', 'x': 1, 'y': 2}}})`,
    `['SchemaError', "Key 'lamps' error:\\nKey 'n' error:\\nWrong keys 'x', 'y' in {'period': '1s', 'x': 1, 'y': 2}", True]`,
  ],
  [
    `says(lamps, {'lamps': [], 'order': 1})`,
    `['SchemaError', "Key 'lamps' error:\\n[] should be instance of 'dict'", True]`,
  ],
  [
    `says(lamps, {'note': 1, 'lamps': {}})`,
    `['SchemaError', "Key 'note' error:\\n1 should be instance of 'str'", True]`,
  ],
  [`says(lamps, [])`, `['SchemaUnexpectedTypeError', "[] should be instance of 'dict'", True]`],
  [`says(Schema(int), True)`, `['SchemaUnexpectedTypeError', "True should be instance of 'int'", True]`],
  [`says(Schema(5), 6)`, `['SchemaError', '5 does not match 6', True]`],
  [
    `says(Schema(Or(int, None)), 'a')`,
    `['SchemaError', "Or(<class 'int'>, None) did not validate 'a'\\n'a' should be instance of 'int'\\nNone does not match 'a'", True]`,
  ],
  [`says(Schema(Use(int)), '5')`, '5'],
  [
    `says(Schema(Use(int)), 'a')`,
    `['SchemaError', 'int(\\'a\\') raised ValueError("invalid literal for int() with base 10: \\'a\\'")', True]`,
  ],
  [`says(Schema(Use(int, error='{} is no number')), 'a')`, "['SchemaError', 'a is no number', True]"],
  [`says(Schema(lambda n: n > 3), 2)`, "['SchemaError', '<lambda>(2) should evaluate to True', True]"],
  [
    `says(Schema(lambda n: n < 3), 'a')`,
    `['SchemaError', '<lambda>(\\'a\\') raised TypeError("\\'<\\' not supported between instances of \\'str\\' and \\'int\\'")', True]`,
  ],
  [`says(Schema({Optional('a', default=5): int}), {})`, "{'a': 5}"],
  [`says(Schema({str: int}, ignore_extra_keys=True), {'a': 1, 2: 3})`, "{'a': 1}"],
  [
    `says(Schema([And(str, len)]), ['a', ''])`,
    `['SchemaError', "Or(And(<class 'str'>, <built-in function len>)) did not validate ''\\nlen('') should evaluate to True", True]`,
  ],
  [`says(Schema([And(str, lambda s: s)]), ['a', ''])`, `unknown`],
  [
    `says(Schema([And(str, lambda s: s)], error='all of them'), ['a', ''])`,
    `['SchemaError', 'all of them', True]`,
  ],
  [`says(Schema((int, str)), (1, 'a'))`, "(1, 'a')"],
  [
    `says(Schema({'a': int}, name='Beacon'), {'a': 'x'})`,
    `['SchemaError', "'Beacon' Key 'a' error:\\n'x' should be instance of 'int'", True]`,
  ],
  [`says(Regex('^a'), 'b')`, `['SchemaError', "'b' does not match '^a'", True]`],
  [
    `[Schema(int).is_valid(1), Schema(int).is_valid('1'), repr(Schema({'a': int})), repr(Regex('x'))]`,
    `[True, False, "Schema({'a': <class 'int'>})", "Regex('x')"]`,
  ],
])('%s', (expression, expected) => {
  const [outcome] = ourOutcomes(SOURCE, [expression]);
  if (expected === 'unknown') expect(outcome?.[0]).toBe('unknown');
  else expect(outcome).toEqual(['value', expected]);
});

test('what is validated keeps its place', () => {
  const source = `${SOURCE}\nDATA = ${good}`;
  const slices = ourText(source, "lamps.validate(DATA)['lamps']['north']['period']").slices;
  expect(slices.map(({ text, origin }) => [text, origin.kind])).toEqual([['1.5s', 'literal']]);
});
