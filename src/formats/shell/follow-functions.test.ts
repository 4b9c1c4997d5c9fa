import { expect, test } from 'vitest';
import { followScript } from './follow-script.ts';
import type { ScriptFacts } from './script-facts.ts';

function follow(text: string, given: readonly string[] = []): ScriptFacts {
  const start = { environment: new Map([['OIL', 'palm']]), arguments: given, directory: '/' };
  return followScript('/opt/lamp.sh', text, start, { read: () => undefined, realPath: () => undefined });
}

test.each([
  ['run() { exec /usr/bin/lamp "$1"; }\nrun -v\nexec /usr/bin/torch', ['/usr/bin/lamp', '-v']],
  ['run() { exec /usr/bin/lamp; }\nexec /usr/bin/torch', ['/usr/bin/torch']],
  [
    'function run { exec /usr/bin/lamp "$@"; }\ncase $1 in on) shift; run "$@" ;; esac',
    ['/usr/bin/lamp', 'x y'],
  ],
  ['set_up() { D=/opt; return; D=/srv; }\nset_up\nexec "$D/lamp"', ['/opt/lamp']],
  ['set_up() { local D=/opt; }\nD=/srv; set_up\nexec "$D/lamp"', ['/srv/lamp']],
  ['inner() { exec "$1"; }\nouter() { inner /usr/bin/lamp; }\nouter x', ['/usr/bin/lamp']],
])('a function is followed where it is called: %s', (text, words) => {
  expect(follow(text, ['on', 'x y']).exec?.words).toEqual(words);
});

test('a function that calls itself comes to an end, and what it becomes is not known', () => {
  const { exec, undecided } = follow('run() { run; }\nrun');
  expect(exec).toBeUndefined();
  expect(undecided.map(({ text }) => text)).toEqual(['run']);
});

test('programs that a script starts and goes on after, with the environment of that moment', () => {
  const { started } = follow(
    'export WICK=flat\nlamp -v "$OIL" &\nexport WICK=round\n/usr/bin/snuff $(date) && true\ntorch | logger -t x\nwait\nf() { snuffer; }\n',
  );
  expect(
    started.map(({ words, place, inBackground, environment }) => [
      words.join(' '),
      place.line,
      inBackground,
      environment.get('WICK'),
    ]),
  ).toEqual([
    ['lamp -v palm', 2, true, 'flat'],
    ['/usr/bin/snuff', 4, false, 'round'],
    ['torch', 5, false, 'round'],
    ['logger -t x', 5, false, 'round'],
  ]);
});

test('an exec in what is not decided may be the end', () => {
  const { exec, undecidedExec } = follow('if test -e /x; then\n  exec /usr/bin/lamp\nfi\n');
  expect([exec, undecidedExec?.line]).toEqual([undefined, 1]);
  expect(follow('if test -e /x; then\n  exec >/dev/null\nfi\n').undecidedExec).toBeUndefined();
});
