import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type JsonNode, memberOf, parseJson } from './parse-json.ts';
import { placesIn } from '../../text/places-in.ts';

const FILE = '/etc/lamp/modules.json';
const parse = (text: string) => parseJson(text, placesIn(FILE, text));
const at = (line: number, column: number) => ({ file: FILE, line, column });

function plain(node: JsonNode): unknown {
  if (node.kind === 'array') return node.items.map(plain);
  if (node.kind !== 'object') return node.value;
  // As JSON.parse does it: __proto__ is a name like any other.
  return Object.fromEntries(node.members.map(({ key, value }) => [key.value, plain(value)]));
}

test('each value has its place, a text that of its first character', () => {
  const node = parse('{\n  "libraries": [\n    {"file": "/opt/lamp.so"}, 17\n  ]\n}\n');
  expect(node).toMatchObject({ kind: 'object', place: at(1, 1) });
  const libraries = node.kind === 'malformed' ? undefined : memberOf(node, 'libraries');
  expect(libraries).toMatchObject({ kind: 'array', place: at(2, 16) });
  const items = libraries?.kind === 'array' ? libraries.items : [];
  expect(items[0]).toMatchObject({ kind: 'object', place: at(3, 5) });
  expect(memberOf(items[0], 'file')).toEqual({ kind: 'string', place: at(3, 15), value: '/opt/lamp.so' });
  expect(items[1]).toEqual({ kind: 'number', place: at(3, 31), value: 17 });
});

test('of two members with one name the later counts', () => {
  const node = parse('{"name": "old", "name": "new"}');
  expect(node.kind === 'malformed' ? node : memberOf(node, 'name')).toMatchObject({ value: 'new' });
});

test.each([
  ['{"libraries": [}', 1, 16, "a value should stand here, not '}'"],
  ['{\n  "a": 1,\n}', 3, 1, "a name in double quotes should stand here, not '}'"],
  ['{"a" 1}', 1, 6, "':' should stand here, not '1'"],
  ['[1 2]', 1, 4, "',' or ']' should stand here, not '2'"],
  ['[1, 2', 1, 6, "',' or ']' should stand here, not the end"],
  ["{'a': 1}", 1, 2, "a name in double quotes should stand here, not '''"],
  ['{"a": "b', 1, 7, 'a text that does not end, or holds what JSON does not allow'],
  ['{} {}', 1, 4, "the end of the file should stand here, not '{'"],
  ['[01]', 1, 2, "a value should stand here, not '0'"],
  ['', 1, 1, 'a value should stand here, not the end'],
])('%j is refused where it goes wrong', (text, line, column, reason) => {
  expect(parse(text)).toEqual({ kind: 'malformed', place: at(line, column), reason });
});

test('a depth that no file needs is refused, not followed', () => {
  expect(parse('['.repeat(100_000))).toMatchObject({
    kind: 'malformed',
    reason: 'more than 200 values inside one another',
  });
});

test('what JSON.parse reads is read to the same value, whatever blanks are in it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(4), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      const node = parse(text);
      expect(node.kind === 'malformed' ? node : plain(node)).toEqual(JSON.parse(text));
    }),
  );
});

test('a text with some character changed is taken if and only if JSON.parse takes it', () => {
  const text = '{"a": [1, -2.5e3, "x\\n", {"b": null}], "c": true}';
  fc.assert(
    fc.property(
      fc.nat(text.length - 1),
      fc.constantFrom(...Array.from('{}[],:"\\ 0e.-nt\n')),
      (index, character) => {
        const changed = text.slice(0, index) + character + text.slice(index + 1);
        expect(parse(changed).kind !== 'malformed').toBe(isJson(changed));
      },
    ),
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
