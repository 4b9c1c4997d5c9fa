import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wrapValue } from './wrap-value.ts';

test('a value is cut after the sign that separates most', () => {
  expect(wrapValue('cgroups/cpu,cgroups/mem,posix/disk', 24)).toEqual([
    'cgroups/cpu,cgroups/mem,',
    'posix/disk',
  ]);
  expect(wrapValue('/usr/local/sbin:/usr/local/bin', 20)).toEqual(['/usr/local/sbin:', '/usr/local/bin']);
  expect(wrapValue('a list of words', 10)).toEqual(['a list of ', 'words']);
});

test('no character is lost or added, and no line is too long', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.integer({ min: 2, max: 30 }),
      (value, width) => {
        const lines = wrapValue(value, width);
        expect(lines.join('')).toBe(value);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      },
    ),
  );
});
