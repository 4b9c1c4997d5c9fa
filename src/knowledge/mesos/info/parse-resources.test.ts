import { expect, test } from 'vitest';
import { showValue } from './agent-info.ts';
import { parseAttributes, parseResources } from './parse-resources.ts';

function shown(text: string): string[] {
  const resources = parseResources(text, 'lamp');
  if ('kind' in resources) return [resources.reason];
  return resources.map(({ name, role, value, more }) =>
    `${name}(${role}):${showValue(value)} ${more}`.trim(),
  );
}

test.each([
  ['cpus:4', ['cpus(lamp):4']],
  [' cpus ( * ) : 0.5 ; mem:1024\n', ['cpus(*):0.5', 'mem(lamp):1024']],
  ['ports:[31000-31009, 31010-31019,40000-40000]', ['ports(lamp):[31000-31019,40000-40000]']],
  ['lamps:{red, white,red}', ['lamps(lamp):{red,white}']],
  ['cpus:4.00049', ['cpus(lamp):4']],
  ['', []],
  ['cpus', ["missing or extra ':' in cpus"]],
  ['cpus:1:2', ["missing or extra ':' in cpus:1:2"]],
  ['cpus(*:1', ['mismatched parentheses in cpus(*:1']],
  ['cpus:many', ["bad value for 'cpus'"]],
  ['ports:[1-x]', ["'1-x' is no range"]],
  ['[{"name":"cpus","type":"SCALAR","role":"*","scalar":{"value":4}}]', ['cpus(*):4']],
  [
    '[{"name":"ports","type":"RANGES","ranges":{"range":[{"begin":1025,"end":2180}]}}]',
    ['ports(lamp):[1025-2180]'],
  ],
  ['[{"name":"lamps","type":"SET","set":{"item":["red"]}}]', ['lamps(lamp):{red}']],
  [
    '[{"name":"disk","type":"SCALAR","scalar":{"value":9},"disk":{"source":{"type":"MOUNT","mount":{"root":"/dcos/volume0"}}}}]',
    ['disk(lamp):9 MOUNT disk /dcos/volume0'],
  ],
  ['[{"name":"cpus"}]', ['the resource cpus has no type that is known']],
  ['[{"type":"SCALAR"}]', ['a resource has no name']],
  ['[{"name":"cpus","type":"SCALAR","scalar":{"value":"4"}}]', ['a number is missing in the resource cpus']],
  ['[,]', ["a value should stand here, not ',' (at character 2)"]],
])('%j', (text, expected) => {
  expect(shown(text)).toEqual(expected);
});

test('attributes may hold text, and a colon in it', () => {
  const attributes = parseAttributes('rack:7; note:a:b;levels:[1-3]');
  expect(
    'kind' in attributes ? attributes : attributes.map(({ name, value }) => [name, showValue(value)]),
  ).toEqual([
    ['rack', '7'],
    ['note', 'a:b'],
    ['levels', '[1-3]'],
  ]);
  expect(parseAttributes('rack')).toEqual({ kind: 'malformed', reason: "no ':' in rack" });
});
