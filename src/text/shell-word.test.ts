import { expect, test } from 'vitest';
import { shellWord } from './shell-word.ts';

test('a word is quoted where a shell would read something else', () => {
  expect(shellWord('getty@tty1.service')).toBe('getty@tty1.service');
  expect(shellWord('/srv/lamp-1.2/lamp,a=b%c:+')).toBe('/srv/lamp-1.2/lamp,a=b%c:+');
  expect(shellWord(String.raw`my\x2dapp.service`)).toBe(String.raw`'my\x2dapp.service'`);
  expect(shellWord('/srv/my lamp')).toBe("'/srv/my lamp'");
  expect(shellWord("it's")).toBe(String.raw`'it'\''s'`);
  expect(shellWord('')).toBe("''");
});
