import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { specJsonSchema } from '../../documents/spec-json-schema.ts';

const schema = z.fromJSONSchema(specJsonSchema());
const page = readFileSync(new URL('../../../docs/format/spec.md', import.meta.url), 'utf8');
const example = /```yaml\n(.*?)```/s.exec(page)?.[1] ?? '';

test('the example in docs/format/spec.md, as an editor reads it', () => {
  expect(schema.safeParse(parse(example)).error).toBeUndefined();
});

test.each([
  ['a key that is not known', example.replace('stable:', 'stabel:')],
  ['a kind that there is not', example.replace('Replacement', 'Replacment')],
  ['a duration without a unit', example.replace('timeout: 90s', 'timeout: 90 s')],
  ['a list where a map belongs', example.replace(/settings:\n/, 'settings: []\nother:\n')],
])('an editor marks %s', (_, text) => {
  expect(text).not.toBe(example);
  expect(schema.safeParse(parse(text)).success).toBe(false);
});
