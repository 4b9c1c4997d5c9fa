import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseEnvironmentFile } from '../formats/environment-file/parse-environment-file.ts';
import { editEnvironmentFile, quoteEnvironmentValue } from './edit-environment-file.ts';

const FILE = '/var/lib/dcos/mesos-slave-common';
const edit = (text: string, values: Record<string, string>) =>
  editEnvironmentFile(FILE, text, new Map(Object.entries(values)));

test('a value is set in its place, and everything else stays', () => {
  const text = '# isolation\nMESOS_ISOLATION=posix/disk\n\nMESOS_PORT=5051\n';
  expect(edit(text, { MESOS_ISOLATION: 'posix/disk,gpu/nvidia' })).toBe(
    '# isolation\nMESOS_ISOLATION=posix/disk,gpu/nvidia\n\nMESOS_PORT=5051\n',
  );
});

test('a new name comes last, also after a last line without its end', () => {
  expect(edit('MESOS_PORT=5051', { MESOS_IP: '10.0.0.7' })).toBe('MESOS_PORT=5051\nMESOS_IP=10.0.0.7\n');
  expect(edit('', { MESOS_IP: '10.0.0.7' })).toBe('MESOS_IP=10.0.0.7\n');
});

test('of a name that is set twice one line stays, where the last was', () => {
  expect(edit('A=1\nB=2\nA=3\nC=4\n', { A: '5' })).toBe('B=2\nA=5\nC=4\n');
});

test('a value over several lines goes whole', () => {
  expect(edit('A="one\ntwo"\nB=2\n', { A: 'three' })).toBe('A=three\nB=2\n');
  expect(edit('A=one\\\ntwo\nB=2\n', { A: 'three' })).toBe('A=three\nB=2\n');
});

test('what can not be edited without changing something else is left alone', () => {
  // The new line would become a part of the value whose quote is open.
  expect(edit('A="open\n', { B: '1' })).toBeUndefined();
});

test.each([
  ['file:///etc/mesos/modules.json', 'file:///etc/mesos/modules.json'],
  ['', ''],
  ['two words', '"two words"'],
  ['[{"name": "gpus"}]', '"[{\\"name\\": \\"gpus\\"}]"'],
  ['$HOME `id` \\n', '"\\$HOME \\`id\\` \\\\n"'],
  ["it's #1;", '"it\'s #1;"'],
])('%j is written %s', (value, written) => {
  expect(quoteEnvironmentValue(value)).toBe(written);
});

test('every value is read back as it was given', () => {
  const line = fc.string({ unit: 'grapheme-ascii' }).filter((text) => !/[\r\n\0]/.test(text));
  fc.assert(
    fc.property(line, fc.string(), (value, other) => {
      const read = parseEnvironmentFile(
        FILE,
        `A=${quoteEnvironmentValue(value)}\nB=${quoteEnvironmentValue('z')}\n`,
      );
      expect(read.assignments.map((assignment) => assignment.value.toString())).toEqual([value, 'z']);
      const edited = edit(other, { A: value });
      if (edited === undefined) return;
      const names = parseEnvironmentFile(FILE, edited).assignments;
      expect(names.findLast(({ name }) => name === 'A')?.value.toString()).toBe(value);
    }),
  );
});
