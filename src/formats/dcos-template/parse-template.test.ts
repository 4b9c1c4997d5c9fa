import { assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { showPlace } from '../../text/place.ts';
import { parseTemplate } from './parse-template.ts';
import type { Chunk } from './template.ts';

/** The structure of a template, one line a chunk. */
function outline(source: string): string[] {
  const parsed = parseTemplate('dcos-config.yaml', source);
  return parsed.kind === 'fault'
    ? [`${parsed.place.line}:${parsed.place.column} ${parsed.message}`]
    : lines(parsed.chunks);
}

function lines(chunks: readonly Chunk[]): string[] {
  return chunks.flatMap((chunk) => {
    switch (chunk.kind) {
      case 'text':
        return [JSON.stringify(chunk.text.toString())];
      case 'replacement':
        return [`{{ ${chunk.name}${chunk.filter === undefined ? '' : ` | ${chunk.filter}`} }}`];
      case 'switch':
        return [
          `switch ${chunk.name}`,
          ...[...chunk.cases].flatMap(([value, body]) => [`case ${value}`, ...lines(body)]),
        ];
      case 'for':
        return [`for ${chunk.variable} in ${chunk.list}`, ...lines(chunk.body)];
    }
  });
}

describe('the language', () => {
  test('braces: one is itself, four are two, and closing ones are text', () => {
    expect(outline('a{b}} {{{{c{# {{ curly_pound }}')).toEqual([
      '"a{b}} "',
      '"{{"',
      '"c{# "',
      '{{ curly_pound }}',
    ]);
    expect(outline('{{{{{ x')).toEqual(['"{{"', '"{ x"']);
  });

  test('switches nest; the line feeds behind the tags stay; the last of two equal cases counts', () => {
    const source = [
      '{% switch oauth_available %}',
      '{% case "true" %}',
      '{% switch a_1 %}{% case "say \\"\\\\\\"" %}x{% endswitch %}',
      '{% case "false" %}y{% case "false" %}z{% endswitch %}',
    ].join('\n');
    expect(outline(source)).toEqual([
      'switch oauth_available',
      'case true',
      '"\\n"',
      'switch a_1',
      'case say "\\"',
      '"x"',
      '"\\n"',
      'case false',
      '"z"',
    ]);
  });

  test('loops and filters are read, though nothing gives them values', () => {
    expect(outline('{% for m in masters %}{{ m | quoted }}{% endfor %}')).toEqual([
      'for m in masters',
      '{{ m | quoted }}',
    ]);
  });

  test('the characters are literals of the file, at their places', () => {
    const parsed = parseTemplate('dcos-config.yaml', 'A={{ a }}\n{{{{B');
    if (parsed.kind === 'fault') throw new Error(parsed.message);
    const places = parsed.chunks.flatMap((chunk) => {
      if (chunk.kind === 'replacement') return [`${chunk.text} ${showPlace(chunk.place)}`];
      return chunk.kind !== 'text'
        ? []
        : chunk.text.slices.map(({ text, origin }) =>
            origin.kind === 'literal' ? `${text} ${showPlace(origin.place)} ${origin.verbatim}` : '',
          );
    });
    expect(places).toEqual([
      'A= dcos-config.yaml:1:1 true',
      '{{ a }} dcos-config.yaml:1:3',
      '\n dcos-config.yaml:1:10 true',
      '{{ dcos-config.yaml:2:1 false',
      'B dcos-config.yaml:2:5 true',
    ]);
  });
});

describe('what is wrong, and where', () => {
  const faults: Record<string, string> = {
    '{{{ x }}}': '1:1 three braces: "{{ name }}" replaces, and "{{{{" stands for two braces',
    '{{x }}': '1:3 expected exactly one blank',
    'a\n  {{  x }}': '2:6 expected exactly one blank',
    '{{ X }}': '1:4 expected a name of lower case letters, digits and _',
    '{{ x }': '1:6 expected }}',
    '{% if x %}': '1:4 expected switch, case, endswitch, for or endfor',
    '{% switch x %}text{% endswitch %}': '1:15 expected case or endswitch, found blob',
    '{% switch x %}{% case "a %}': '1:24 expected a string that ends with " on the same line',
    '{% switch x %}{% case "a" %}b': '1:30 expected case or endswitch, found end',
    'x{% endswitch %}': '1:2 endswitch without a tag that it belongs to',
    '{% for a in b %}{% case "c" %}': '1:17 expected endfor, found case',
    ['{% switch a %}{% case "b" %}'.repeat(60)]: '1:1429 nested more than 50 deep',
  };
  for (const [source, fault] of Object.entries(faults))
    test(fault, () => expect(outline(source)).toEqual([fault]));

  test('the line, and a caret under the column', () => {
    const parsed = parseTemplate('dcos-config.yaml', 'package:\n  content: {{ gc_delay}}\n');
    expect(parsed.kind === 'fault' && parsed.excerpt).toBe(
      '  content: {{ gc_delay}}\n                      ^',
    );
  });

  test('every text is a template or has a fault inside it', () => {
    const token = constantFrom(
      '{',
      '{{',
      '{%',
      '}}',
      '%}',
      ' ',
      '\n',
      'x',
      '"',
      'switch',
      'case',
      'endswitch',
      'for',
      'in',
      'endfor',
      '\\',
    );
    assert(
      property(string({ unit: token, maxLength: 30 }), (source) => {
        const parsed = parseTemplate('t', source);
        const count = source.split('\n').length;
        expect(parsed.kind === 'template' || (parsed.place.line >= 1 && parsed.place.line <= count)).toBe(
          true,
        );
      }),
    );
  });
});
