import { array, assert, constantFrom, integer, oneof, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { parseTemplate } from '../../../../formats/dcos-template/parse-template.ts';
import type { Template } from '../../../../formats/dcos-template/template.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import { renderedFiles } from '../files/rendered-files.ts';
import { saidPaths } from './said-paths.ts';
import { templatePart } from './template-part.ts';

function parsed(source: string): Template {
  const template = parseTemplate('dcos-config.yaml', source);
  if (template.kind === 'fault') throw new Error(template.message);
  return template;
}

/** The files of a path, each as its text and the places of its characters; every switch takes that case. */
function files(template: Template, path: string, takes: (name: string) => string): unknown {
  const rendered = renderedFiles(template, {
    text: (name) => TracedText.from(`<${name}>`, { kind: 'input', name }),
    choice: ({ name }) => takes(name),
  });
  if (rendered.kind === 'fault') throw new Error(rendered.reason);
  return rendered.files
    .filter((file) => file.path.toString() === path)
    .map(({ content, permissions }) => ({ content: content.slices, permissions }));
}

const LAMPS = `package:
  - path: /etc/lamp
    content: |
      LAMP={{ lamp }}
{% switch is_bright %}
{% case "true" %}
      LIGHT=bright
{% case "false" %}
{% endswitch %}
{% switch colour %}
{% case "red" %}
  - path: /etc/colour
    content: |
      red {{ tone }}
  - path: /etc/red
    content: |
      - path: /etc/lamp
{% case "blue" %}
  - path: /etc/colour
    permissions: "0600"
    content: blue
{% endswitch %}
# the last
  - permissions: "0755"
    path: "/bin/lamp"
    content: {{ script }}
`;

test('of all files only the one that is asked for is left, with the switches around and in it', () => {
  const template = parsed(LAMPS);
  const names = (path: string) => {
    const part = templatePart(template.chunks, path);
    return JSON.stringify(part, (_, value: unknown) => (value instanceof Map ? [...value] : value)).match(
      /"name":"\w+"/g,
    );
  };
  expect(names('/etc/lamp')).toEqual(['"name":"lamp"', '"name":"is_bright"']);
  expect(names('/etc/colour')).toEqual(['"name":"colour"', '"name":"tone"']);
  expect(names('/etc/red')).toEqual(['"name":"colour"']);
  expect(names('/bin/lamp')).toEqual(['"name":"script"']);
});

test('a path that no item has leaves nothing', () => {
  expect(templatePart(parsed(LAMPS).chunks, '/etc/wick')).toEqual([]);
});

test('units are items by their name', () => {
  const template = parsed(
    '- name: lamp.service\n  content: |\n    [Unit]\n- name: wick.service\n  command: start\n',
  );
  const part = templatePart(template.chunks, '/etc/systemd/system/lamp.service');
  expect(part.map((chunk) => (chunk.kind === 'text' ? chunk.text.toString() : chunk.kind))).toEqual([
    '- name: lamp.service\n  content: |\n    [Unit]\n',
  ]);
});

test('an item whose path is replaced is kept, for it may be the one', () => {
  const { chunks } = parsed(
    'package:\n  - path: /etc/{{ role }}\n    content: x\n  - path: /etc/wick\n    content: y\n',
  );
  const part = templatePart(chunks, '/etc/lamp');
  expect(part.map((chunk) => (chunk.kind === 'text' ? chunk.text.toString() : chunk.kind)).join('')).toBe(
    'package:\n  - path: /etc/replacement\n    content: x\n',
  );
});

test('text behind a switch whose cases end in different items can not be told apart: all is left', () => {
  const source =
    'package:\n{% switch a %}{% case "1" %}\n  - path: /x\n    content: |\n      x{% case "2" %}{% endswitch %}\n      y\n';
  const { chunks } = parsed(source);
  expect(templatePart(chunks, '/x')).toBe(chunks);
});

test('nor an item that begins behind a tag', () => {
  const { chunks } = parsed(
    'package:\n{% switch a %}{% case "1" %}  - path: /x\n    content: x\n{% endswitch %}',
  );
  expect(templatePart(chunks, '/x')).toBe(chunks);
});

test('the part renders to the same file as the whole, whatever the switches', () => {
  const item = record({
    path: constantFrom('/a', '/b', '/c'),
    content: constantFrom(
      'plain',
      '|\n      X={{ x }}\n',
      '|\n      a\n{% switch s %}{% case "1" %}      b\n{% case "2" %}{% endswitch %}\n',
    ),
  });
  const items = array(item, { maxLength: 4 }).map((list) =>
    list.map(({ path, content }) => `  - path: ${path}\n    content: ${content}\n`).join(''),
  );
  const switched = record({ name: constantFrom('s', 't'), one: items, two: items }).map(
    ({ name, one, two }) =>
      `{% switch ${name} %}\n{% case "1" %}\n${one}{% case "2" %}\n${two}{% endswitch %}\n`,
  );
  const source = array(oneof(items, switched), { minLength: 1, maxLength: 3 }).map(
    (parts) => `package:\n  - path: /first\n    content: x\n${parts.join('')}`,
  );
  assert(
    property(source, integer({ min: 1, max: 2 }), integer({ min: 1, max: 2 }), (text, s, t) => {
      const template = parsed(text);
      const takes = (name: string) => String(name === 's' ? s : t);
      for (const path of saidPaths(template.chunks)) {
        const chunks = templatePart(template.chunks, path);
        if (chunks === template.chunks) throw new Error(`${path} can't be told in ${text}`);
        expect(files({ ...template, chunks }, path, takes)).toEqual(files(template, path, takes));
      }
    }),
    { numRuns: 50 },
  );
});
