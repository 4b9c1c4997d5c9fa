import { expect, test } from 'vitest';
import { hopsOf } from '../../text/hop.ts';
import { showPlace } from '../../text/place.ts';
import { TracedText } from '../../text/traced-text.ts';
import { parseTemplate } from './parse-template.ts';
import { type Rendered, renderTemplate } from './render-template.ts';

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

test('what a switch leads to knows the tag of its case, and why it was taken, when that is asked for', () => {
  const template = parseTemplate('t', 'a{% switch s %}\n{% case "1" %}b{{ x }}{% endswitch %}');
  if (template.kind === 'fault') throw new Error(template.message);
  const rendered = renderTemplate(template.chunks, {
    text: () => TracedText.from('c', { kind: 'input', name: 'x' }),
    choice: () => '1',
    why: (chunk, choice) => `${chunk.name} is ${choice}`,
  });
  if (rendered.kind === 'fault') throw new Error(rendered.message);
  const hops = rendered.text.slices.map(({ text, via }) => [
    text,
    ...hopsOf(via).map(
      (hop) => `${hop.place.line}:${hop.place.column} ${hop.text} ${hop.name} ${hop.why ?? ''}`,
    ),
  ]);
  expect(hops).toEqual([
    ['a'],
    ['b', '2:1 {% case "1" %} s s is 1'],
    ['c', '2:1 {% case "1" %} s s is 1', '2:16 {{ x }} x '],
  ]);
});
