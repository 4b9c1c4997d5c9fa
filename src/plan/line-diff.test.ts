import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineDiff } from './line-diff.ts';

test.each([
  [
    'MESOS_PORT=1\nMESOS_IP=2\n',
    'MESOS_PORT=3\nMESOS_IP=2\n',
    ['- MESOS_PORT=1', '+ MESOS_PORT=3', '  (1 line stays)'],
  ],
  ['a\nb\nc\nd\n', 'a\nb\nd\ne\n', ['  (2 lines stay)', '- c', '  (1 line stays)', '+ e']],
  ['a\nb\nc\n', 'x\nb\nz\n', ['- a', '+ x', '  (1 line stays)', '- c', '+ z']],
  ['', 'a\n', ['+ a']],
  ['a\n', '', ['- a']],
  ['a\n', 'a\n', ['  (1 line stays)']],
])('from %j to %j', (before, after, diff) => {
  expect(lineDiff(before, after)).toEqual(diff);
});

test('a diff, applied to the old lines, gives the new ones', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', '='), { maxLength: 12 });
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const text = (list: readonly string[]): string => list.map((line) => `${line}\n`).join('');
      let at = 0;
      const applied = lineDiff(text(before), text(after)).flatMap((line) => {
        const stay = Number(/^ {2}\((\d+) /.exec(line)?.[1] ?? 0);
        if (line.startsWith('+ ')) return [line.slice(2)];
        if (line.startsWith('- ')) expect(before[at]).toBe(line.slice(2));
        at += line.startsWith('- ') ? 1 : stay;
        return before.slice(at - stay, at).filter(() => stay > 0);
      });
      expect(applied).toEqual(after);
      expect(at).toBe(before.length);
    }),
  );
});

test('two long texts with nothing in common take no time', () => {
  const text = (name: string): string => `${name}\n`.repeat(50_000);
  expect(lineDiff(text('old'), text('new'))).toHaveLength(100_000);
});
