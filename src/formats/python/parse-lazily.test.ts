import { parse } from 'py-ast';
import { expect, test } from 'vitest';
import { parseLazily } from './parse-lazily.ts';

/** With every body asked for, it must be what the parser makes of the whole. */
function same(text: string): void {
  expect(JSON.parse(JSON.stringify(parseLazily(text)))).toEqual(JSON.parse(JSON.stringify(parse(text).body)));
}

const MODULE = `"""A module: with a colon,
def not_a_function():
    and what looks like one"""
import os  # a comment: with a colon


def one(a, b={'x': 1},  # as early as here:
        c=lambda d: d):
    # what it is for
    if a:
        return """
def inside(): a string
"""

    def nested(e):
        return e + \\
            'é' + "it\\"s: so"
    return nested(b)  # at the end

# between


def on_one_line(a): return a
table = {
    'ä': lambda a: one(a),
    'b': [1,
2],
}


@property
def decorated():
    return 1


class Box:
    size = 1

    def area(self):
        'How large: very.'

        return (self.size *
self.size)

    @staticmethod
    def make():
        return Box()


def last():
    return {
        'a': 1,
}`;

test('lines, columns and ends are as if all were parsed at once', () => {
  same(MODULE);
  same(`${MODULE}\n\n# behind it\n`);
  same('def f(): pass\ndef g():\n  return 1\n\n\n\nx = 1');
});

test('bodies are left alone where functions are not looked for, and where tabs indent', () => {
  same('if True:\n    def f():\n        return 1\nelse:\n    f = None\n');
  same('def f():\n\treturn 1\n');
  same('async def f():\n    return 1\n');
});

test('a body that is not Python raises where it stands, once the function is called', () => {
  const [, broken, , sound] = parseLazily(
    'a = 1\ndef broken():\n    return = 1\nb = 2\ndef sound():\n    return 2\n',
  );
  if (broken?.nodeType !== 'FunctionDef' || sound?.nodeType !== 'FunctionDef')
    throw new Error('no functions');
  expect(broken.body).toMatchObject([{ nodeType: 'Raise', lineno: 2 }]);
  expect(sound.body).toMatchObject([{ nodeType: 'Return', lineno: 6 }]);
  expect(() => parseLazily('def f(:\n    return 1\n')).toThrow();
});
