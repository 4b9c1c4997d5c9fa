import { expect, test } from 'vitest';
import { followScript } from './follow-script.ts';
import type { ScriptFacts } from './script-facts.ts';

function follow(text: string): ScriptFacts {
  const start = { environment: new Map([['OIL', 'palm']]), arguments: ['-v'], directory: '/' };
  return followScript('/opt/lamp.sh', text, start, { read: () => undefined, realPath: () => undefined });
}

const possible = (text: string) => {
  const { exec, undecidedExec, mayBecome } = follow(text);
  expect([exec, undecidedExec?.file]).toEqual([undefined, '/opt/lamp.sh']);
  return mayBecome.map(({ words, place }) => `${place.line} ${words.join(' ')}`);
};

test.each([
  [
    'if [ "$(id -u)" = 0 ]; then\n  exec nice /usr/bin/lamp "$@"\nfi\nexec /usr/bin/torch',
    ['2 nice /usr/bin/lamp -v', '4 /usr/bin/torch'],
  ],
  [
    'if test -f /x; then exec lamp\nelif command -v torch >/dev/null\nthen exec torch "$OIL"; fi\nexec /bin/false',
    ['1 lamp', '3 torch palm', '4 /bin/false'],
  ],
  ['test -e /x && exec lamp\nexec torch', ['1 lamp', '2 torch']],
  ['case $(uname) in\nA) exec lamp;;\n*) cd /srv; exec ./torch;;\nesac', ['2 lamp']],
  ['light() { exec lamp "$@"; }\nif test -e /x; then light; fi\nexec torch', ['1 lamp', '3 torch']],
  ['while test -e /x; do { exec lamp; } 2>/dev/null; done\nexec torch', ['1 lamp', '2 torch']],
  ['if test -e /x; then WICK=a; exec lamp "$WICK"; fi\nexec torch', ['1 lamp', '2 torch']],
  ['exec lamp "$HOME"; exec torch', undefined],
])('with an exec in an undecided part none is certain: %s', (text, words) => {
  if (words === undefined) expect(follow(text).exec?.words).toEqual(['lamp']);
  else expect(possible(text)).toEqual(words);
});

test('a part that ends the script whatever is decided leaves nothing behind it possible', () => {
  expect(possible('if test -e /x; then exec lamp; else exec torch; fi\nexec snuffer')).toEqual([
    '1 lamp',
    '1 torch',
  ]);
  expect(possible('case $(uname) in A) exec lamp;; *) exit 1;; esac\nexec snuffer')).toEqual(['1 lamp']);
});

test.each([
  'if test -e /x; then (exec lamp); fi\nexec torch',
  'if test -e /x; then exec lamp & fi\nexec torch',
  'if test -e /x; then echo | exec lamp; fi\nexec torch',
  'if test -e /x; then A=$(exec lamp); fi\nexec torch',
  'if test -e /x; then exec 3>/x; exit 1; fi\nexec torch',
  'if false; then exec lamp; fi\nexec torch',
  'light() { exec lamp; }\nexec torch',
])('an exec in a process of its own, or that is never reached, is no end: %s', (text) => {
  const { exec, undecidedExec, mayBecome } = follow(text);
  expect([exec?.words, undecidedExec, mayBecome]).toEqual([['torch'], undefined, []]);
});

test('the first argument that only running it tells', () => {
  const at = (text: string) => follow(text).exec?.unknownArgument?.column;
  expect(at('exec lamp -v --a $(choose) --b')).toBe(18);
  expect(at('exec lamp --a="$HOME" --b')).toBe(11);
  expect(at(`exec lamp "\${args[@]}"`)).toBe(11);
  expect(at('exec lamp -v "$@"')).toBeUndefined();
});
