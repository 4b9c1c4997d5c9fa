import { array, assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { TracedText } from '../../text/traced-text.ts';
import { parseYaml, type YamlNode } from './parse-yaml.ts';

function parsed(source: string): YamlNode {
  const document = parseYaml(TracedText.literal(source, { file: 'package.yaml', line: 1, column: 1 }));
  if (document.kind === 'fault') throw new Error(document.message);
  return document.root;
}

function scalars(node: YamlNode): TracedText[] {
  if (node.kind === 'scalar') return [node.text];
  if (node.kind === 'list') return node.items.flatMap(scalars);
  return node.kind === 'map' ? [...node.entries.values()].flatMap(scalars) : [];
}

/** Each slice as `text line:column`, `~` before one that is spelled otherwise. */
function placesIn(source: string): string[] {
  return scalars(parsed(source)).flatMap((text) =>
    text.slices.map(({ text: characters, origin }) => {
      if (origin.kind !== 'literal') return `${characters} ${origin.kind}`;
      return `${origin.verbatim ? '' : '~'}${characters} ${origin.place.line}:${origin.place.column}`;
    }),
  );
}

test('a block scalar loses its indentation and keeps its places', () => {
  const source =
    'package:\n  - path: /etc/exhibitor\n    content: |\n      A=1\n        B=2\n\n      C=3\n\n  - path: x\n';
  expect(placesIn(source)).toEqual([
    '/etc/exhibitor 2:11',
    'A=1\n 4:7',
    '  B=2\n 5:7',
    '\n 6:1',
    'C=3\n 7:7',
    'x 9:11',
  ]);
});

test('quoted scalars over several lines are folded', () => {
  expect(placesIn("a: 'it''s\n    one\n\n    text'")).toEqual([
    'it 1:5',
    "~' 1:7",
    's 1:9',
    '~  1:10',
    'one 2:5',
    '\n 3:1',
    'text 4:5',
  ]);
  expect(placesIn('a: "x\\ty\\\n    \\  z\\u00e9"')).toEqual([
    'x 1:5',
    '~\t 1:6',
    'y 1:8',
    '~  2:5',
    ' z 2:7',
    '~é 2:9',
  ]);
});

test('what the origins of a folded block are is not known, and said so', () => {
  expect(placesIn('a: >\n  b\n  c\n')).toEqual(['b c\n unknown']);
});

test('of equal keys the last counts, and aliases are nothing', () => {
  expect(scalars(parsed('a: 1\na: 2\nb: &x 3\nc: *x\n')).map(String)).toEqual(['2', '3']);
});

test('faults and depth', () => {
  const document = parseYaml(TracedText.literal("a: 'b", { file: 'p', line: 1, column: 1 }));
  expect(document).toEqual({
    kind: 'fault',
    offset: 5,
    message: "Missing closing 'quote",
  });
  expect(parseYaml(TracedText.literal('['.repeat(10_000), { file: 'p', line: 1, column: 1 })).kind).toBe(
    'fault',
  );
});

test('every scalar has the value that the YAML library gives it, whatever its style', () => {
  const text = string({
    unit: constantFrom('a', ' ', '\n', "'", '"', '\\', '#', ':', '-', '\t', 'é'),
    maxLength: 30,
  });
  const style = constantFrom('BLOCK_LITERAL', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'PLAIN');
  assert(
    property(array(text, { maxLength: 3 }), style, (values, defaultStringType) => {
      const source = stringify(
        values.map((content) => ({ content })),
        { defaultStringType, lineWidth: 20 },
      );
      const expected: { content: string }[] = parse(source);
      expect(scalars(parsed(source)).map(String)).toEqual(expected.map(({ content }) => content));
    }),
  );
});
