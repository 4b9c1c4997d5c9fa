import { expect, test } from 'vitest';
import { hopsOf } from '../../text/hop.ts';
import { showPlace } from '../../text/place.ts';
import { TracedText } from '../../text/traced-text.ts';
import { parseTemplate } from './parse-template.ts';
import { type Rendered, renderTemplate } from './render-template.ts';
import { scopeOfTemplate } from './template-scope.ts';

function render(source: string, given: Readonly<Record<string, string>>): Rendered {
  const template = parseTemplate('dcos-config.yaml', source);
  if (template.kind === 'fault') throw new Error(template.message);
  const text = (name: string) => {
    const value = given[name];
    return value === undefined ? undefined : TracedText.from(value, { kind: 'input', name });
  };
  return renderTemplate(template.chunks, { text, choice: ({ name }) => given[name] });
}

function outcome(source: string, given: Readonly<Record<string, string>>): string {
  const rendered = render(source, given);
  return rendered.kind === 'rendered'
    ? rendered.text.toString()
    : `${showPlace(rendered.place)} ${rendered.message}`;
}

test('what replaces a tag keeps its origin and gains the tag as a hop', () => {
  const rendered = render('MESOS_GC_DELAY={{ gc_delay }}\n', { gc_delay: '2days' });
  if (rendered.kind === 'fault') throw new Error(rendered.message);
  expect(rendered.text.toString()).toBe('MESOS_GC_DELAY=2days\n');
  const slice = rendered.text.at(15);
  expect(slice?.origin).toEqual({ kind: 'input', name: 'gc_delay' });
  expect(hopsOf(slice?.via)).toEqual([
    {
      kind: 'template',
      name: 'gc_delay',
      text: '{{ gc_delay }}',
      place: { file: 'dcos-config.yaml', line: 1, column: 16 },
    },
  ]);
});

test('a switch renders the case of its argument', () => {
  const source = 'a{% switch backend %}\n{% case "static" %}b{{ x }}{% case "zookeeper" %}c{% endswitch %}d';
  expect(outcome(source, { backend: 'static', x: '1' })).toBe('ab1d');
  expect(outcome(source, { backend: 'zookeeper' })).toBe('acd');
  expect(outcome(source, { backend: 'aws_s3' })).toBe(
    'dcos-config.yaml:1:2 the argument backend is "aws_s3", but the cases are "static", "zookeeper"',
  );
  expect(outcome(source, {})).toBe('dcos-config.yaml:1:2 the argument backend is not set');
  expect(outcome(source, { backend: 'static' })).toBe('dcos-config.yaml:2:21 the argument x is not set');
});

test('loops and filters have nothing to work with', () => {
  expect(outcome('{% for m in masters %}{% endfor %}', {})).toBe(
    'dcos-config.yaml:1:1 no list masters is given for the loop',
  );
  expect(outcome('{{ m | quoted }}', { m: '' })).toBe('dcos-config.yaml:1:1 no filter quoted is defined');
});

test('the arguments that a template needs, by switch and case', () => {
  const source =
    '{{ a }}{% switch s %}{% case "1" %}{{ b }}{% case "2" %}{% endswitch %}{% switch s %}{% case "1" %}{{ c }}{% endswitch %}{% for m in d %}{{ m }}{{ e }}{% endfor %}';
  const template = parseTemplate('t', source);
  if (template.kind === 'fault') throw new Error(template.message);
  const { variables, switches } = scopeOfTemplate(template.chunks);
  expect([...variables]).toEqual(['a', 'e']);
  expect([...(switches.get('s') ?? [])].map(([value, scope]) => [value, [...scope.variables]])).toEqual([
    ['1', ['b', 'c']],
    ['2', []],
  ]);
});
