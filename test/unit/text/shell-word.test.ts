import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellWord } from '../../../src/text/shell-word.ts';

test.each([
  ['lamp@1.service', 'lamp@1.service'],
  [String.raw`my\x2dapp.service`, String.raw`'my\x2dapp.service'`],
  ["the keeper's $lamp", String.raw`'the keeper'\''s $lamp'`],
  ['', "''"],
])('%j is typed %s', (word, typed) => {
  expect(shellWord(word)).toBe(typed);
  expect(execFileSync('/bin/sh', ['-c', `printf %s ${typed}`], { encoding: 'utf8' })).toBe(word);
});
