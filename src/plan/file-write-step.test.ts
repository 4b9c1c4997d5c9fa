import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { fileWriteStep } from './file-write-step.ts';

const diffOver = (before: string, after: string) =>
  fileWriteStep(rootWith({ '/etc/lamp': before }), 'file', '/etc/lamp', after)?.diff;

test('what goes and what comes is shown line by line', () => {
  expect(diffOver('a\nb\n', 'a\nc\n')).toEqual(['  (1 line stays)', '- b', '+ c']);
});

test('of what is no text the size is told, and its bytes are not in the plan', () => {
  expect(diffOver(`ELF${'\0'.repeat(2000)}`, 'a\n')).toEqual(['- (2.0 kB, no text)', '+ a']);
});

test('of very many lines that go the number is told', () => {
  const long = `${'x'.repeat(99)}\n`.repeat(1000);
  expect(diffOver(`same\n${long}`, 'same\nnew\n')).toEqual([
    '- (1000 lines of 100.0 kB)',
    '  (1 line stays)',
    '+ new',
  ]);
});
