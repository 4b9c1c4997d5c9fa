import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { field } from '../../../test/protobuf-writer.ts';
import { decodeMessage } from './wire-message.ts';

test('fields are read by their number and type, and unknown ones are skipped', () => {
  const bytes = Buffer.concat([
    field.bytes(1, 'lighthouse'),
    field.integer(8, 5051),
    field.double(3, 2.5),
    field.bytes(99, 'unknown'),
    field.bytes(4, field.bytes(1, 'red'), field.bytes(1, 'white')),
  ]);
  expect(
    decodeMessage(bytes, (message) => ({
      name: message.text(1),
      port: message.integer(8),
      height: message.double(3),
      lamps: message.message(4)?.texts(1),
      absent: message.text(2),
      otherType: message.text(8),
    })),
  ).toEqual({
    name: 'lighthouse',
    port: 5051n,
    height: 2.5,
    lamps: ['red', 'white'],
    absent: undefined,
    otherType: undefined,
  });
});

test('of a field that is there twice the last counts, and parts of a message make one', () => {
  const bytes = Buffer.concat([
    field.bytes(1, 'old'),
    field.bytes(1, 'new'),
    field.bytes(4, field.bytes(1, 'red')),
    field.bytes(4, field.integer(2, 7)),
  ]);
  expect(
    decodeMessage(bytes, (message) => [
      message.text(1),
      message.messages(4).length,
      message.message(4)?.text(1),
      message.message(4)?.integer(2),
    ]),
  ).toEqual(['new', 2, 'red', 7n]);
});

test.each([
  ['ends inside an integer', Buffer.from([0x08, 0x80]), 'the message ends inside an integer', 1],
  ['ends inside a text', Buffer.from([0x0a, 5, 0x61]), 'the message ends inside a field', 0],
  ['is a group', Buffer.from([0x0b]), 'a field of the unknown wire type 3', 0],
  ['has field number 0', Buffer.from([0x00, 1]), 'no protobuf message', 0],
  ['has an endless integer', Buffer.alloc(12, 0xff), 'an integer of more than ten bytes', 0],
])('a message that %s is malformed', (_, bytes, reason, offset) => {
  expect(decodeMessage(bytes, (message) => message.text(1))).toEqual({ kind: 'malformed', reason, offset });
});

test('a required field that is missing is named', () => {
  expect(decodeMessage(Buffer.alloc(0), (message) => message.required(message.text(1), 'hostname'))).toEqual({
    kind: 'malformed',
    reason: 'the required field hostname is missing',
    offset: 0,
  });
});

test('what is written is read back', () => {
  const number = fc.integer({ min: 1, max: 2 ** 29 - 1 });
  fc.assert(
    fc.property(
      number,
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      fc.string(),
      fc.double(),
      (at, count, name, height) => {
        const read = (bytes: Buffer) =>
          decodeMessage(bytes, (message) => [message.integer(at), message.text(at), message.double(at)]);
        expect(
          read(Buffer.concat([field.integer(at, count), field.bytes(at, name), field.double(at, height)])),
        ).toEqual([count, Buffer.from(name).toString(), height]);
      },
    ),
  );
});

test('any bytes give an answer, not an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const result = decodeMessage(bytes, (message) => message.messages(1).map((inner) => inner.text(1)));
      expect(Array.isArray(result) || result.kind === 'malformed').toBe(true);
    }),
  );
});
