import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { field, framed } from '../../../../test/protobuf-writer.ts';
import { showValue } from './agent-info.ts';
import { decodeAgentInfo } from './decode-agent-info.ts';

const typed = (name: string, type: number) => [field.bytes(1, name), field.integer(2, type)];
const INFO = framed(
  field.bytes(1, '10.0.0.7'),
  field.bytes(3, ...typed('cpus', 0), field.bytes(3, field.double(1, 0.5)), field.bytes(6, '*')),
  field.bytes(
    3,
    ...typed('ports', 1),
    field.bytes(
      4,
      field.bytes(1, field.integer(1, 31000), field.integer(2, 31009)),
      field.bytes(1, field.integer(1, 31010), field.integer(2, 32000)),
    ),
  ),
  field.bytes(
    3,
    ...typed('lamps', 2),
    field.bytes(5, field.bytes(1, 'white'), field.bytes(1, 'red')),
    field.bytes(6, 'sea'),
  ),
  field.bytes(
    3,
    ...typed('disk', 0),
    field.bytes(3, field.double(1, 99)),
    field.bytes(7, field.bytes(3, field.integer(1, 2), field.bytes(3, field.bytes(1, '/dcos/volume0')))),
    field.bytes(8, field.bytes(1, 'keeper')),
  ),
  field.bytes(5, ...typed('rack', 3), field.bytes(5, field.bytes(1, 'north'))),
  field.bytes(5, ...typed('colours', 2), field.bytes(6, field.bytes(1, 'red'))),
  field.bytes(6, field.bytes(1, 'lamp-S7')),
  field.integer(7, 1),
  field.integer(8, 5052),
  field.bytes(10, field.bytes(1, 'a domain, which older agents skip')),
);

test('hostname, port, id, resources and attributes', () => {
  const info = decodeAgentInfo(INFO);
  if ('kind' in info) throw new Error(info.reason);
  expect([info.hostname, info.port, info.id]).toEqual(['10.0.0.7', 5052, 'lamp-S7']);
  expect(info.resources.map(({ name, role, value, more }) => [name, role, showValue(value), more])).toEqual([
    ['cpus', '*', '0.5', ''],
    ['ports', '*', '[31000-32000]', ''],
    ['lamps', 'sea', '{red,white}', ''],
    ['disk', '*', '99', 'MOUNT disk /dcos/volume0, reserved'],
  ]);
  expect(info.attributes.map(({ name, value }) => [name, showValue(value)])).toEqual([
    ['rack', 'north'],
    ['colours', '{red}'],
  ]);
});

test.each([
  ['no length', Buffer.from([1, 2]), 'the file ends inside its length', 2],
  ['a length past its end', Buffer.from([9, 0, 0, 0, 1]), 'the file ends before its 9 bytes do', 5],
  ['no hostname', framed(field.integer(8, 5051)), 'the required field hostname is missing', 3],
])('a file with %s is malformed', (_, bytes, reason, offset) => {
  expect(decodeAgentInfo(bytes)).toEqual({ kind: 'malformed', reason, offset });
});

test('cut off anywhere it is malformed, never half read', () => {
  fc.assert(
    fc.property(fc.nat(INFO.length - 1), (length) => {
      expect(decodeAgentInfo(INFO.subarray(0, length))).toMatchObject({ kind: 'malformed' });
    }),
  );
});
