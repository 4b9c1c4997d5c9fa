import { expect, test } from 'vitest';
import { followScript } from './follow-script.ts';
import type { ScriptFacts } from './script-facts.ts';

const LAMP = '/opt/lamp/bin/lamp.sh';

function follow(text: string, environment: Record<string, string> = {}, given: string[] = []): ScriptFacts {
  const start = { environment: new Map(Object.entries(environment)), arguments: given, directory: '/' };
  const linked: Record<string, string> = {
    [LAMP]: '/usr/lib/lamp/lamp.sh',
    '/opt/lamp/bin': '/usr/lib/lamp',
  };
  return followScript(LAMP, text, start, { read: () => undefined, realPath: (path) => linked[path] });
}

const words = (text: string, environment?: Record<string, string>, given?: string[]) =>
  follow(text, environment, given).exec?.words;
const undecided = (text: string) => follow(text).undecided.map((note) => note.text);

test.each([
  ['D=$(dirname "$0")\nexec "$D/m3"', '/opt/lamp/bin/m3'],
  ['D=`dirname -- $0`; exec $D/m3', '/opt/lamp/bin/m3'],
  ['D="$(cd "$(dirname "$0")" && pwd)"; exec "$D/m3"', '/opt/lamp/bin/m3'],
  ['D=$(cd "$(dirname "$0")/.." >/dev/null 2>&1; pwd); exec "$D/m3"', '/opt/lamp/m3'],
  ['D=$(cd "$(dirname "$0")" && pwd -P); exec "$D/m3"', '/usr/lib/lamp/m3'],
  ['exec "$(dirname "$(readlink -f "$0")")/m3"', '/usr/lib/lamp/m3'],
  ['exec "$(dirname "$(realpath "$0")")/m3"', '/usr/lib/lamp/m3'],
  [`exec "\${0%/*}/m3"`, '/opt/lamp/bin/m3'],
  [`exec /usr/bin/\${0##*/}`, '/usr/bin/lamp.sh'],
  ['cd /opt/lamp; exec ./m3', '/opt/lamp/m3'],
  ['cd "$(dirname "$0")" || exit 1\nexec ./m3', '/opt/lamp/bin/m3'],
  ['cd /opt && cd lamp && exec ./m3', '/opt/lamp/m3'],
  ['exec ./m3', '/m3'],
  ['choose() { D=/b; }\nD=/opt; choose\nexec "$D/m3"', '/b/m3'],
  ['exec m3', 'm3'],
])('%s', (script, program) => {
  expect(follow(script)).toMatchObject({
    exec: { words: [program] },
    undecidedExec: undefined,
    undecided: [],
  });
});

test.each([
  ['D=$(choose)\nexec "$D/m3"', 'exec "$D/m3"'],
  ['D=/opt\nif [ -e /a ]; then D=/b; fi\nexec "$D/m3"', 'exec "$D/m3"'],
  ['. "$(choose)"\nexec "$LAMP_HOME/m3"', 'exec "$LAMP_HOME/m3"'],
  ['cd "$(choose)"\nexec ./m3', 'exec ./m3'],
  ['exec "$HOME/m3"', 'exec "$HOME/m3"'],
  ['exec ~/m3', 'exec ~/m3'],
  ['exec "$(choose)"\nexec /usr/bin/lamp', 'exec "$(choose)"'],
])('a program that only running it tells: %s', (script, last) => {
  const { exec, undecidedExec, undecided: notes } = follow(script);
  expect(exec).toBeUndefined();
  expect(undecidedExec).toEqual(notes.at(-1)?.place);
  expect(notes.at(-1)?.text).toBe(last);
});

test('arguments stand where they are put, and unknown ones shift nothing', () => {
  expect(words('exec m3 -v "$@" --end', {}, ['a b', ''])).toEqual(['m3', '-v', 'a b', '', '--end']);
  expect(words('shift; exec "$@"', {}, ['start', '/usr/bin/m3', '-v'])).toEqual(['/usr/bin/m3', '-v']);
  expect(words('exec m3 $OPTIONS $NONE "$NONE"', { OPTIONS: '-a  -b' })).toEqual(['m3', '-a', '-b', '']);
  expect(words('exec m3 --a=$(choose) --b=1 A=b')).toEqual(['m3', '--b=1', 'A=b']);
  expect(words('exec m3 -v --a $(choose) --b=1')).toEqual(['m3', '-v', '--a']);
  expect(undecided('exec m3 -v --a $(choose) --b=1')).toEqual(['$(choose)']);
});

test('variables are taken away, set and passed on', () => {
  const environment = { WICK: 'round', OIL: 'palm', SOOT: 'much' };
  const script =
    'unset WICK\nOIL=$(choose)\nunset -v SOOT; export SOOT=none\nreadonly DIR=/opt\nexec $DIR/m3 "$WICK"';
  expect(follow(script, environment)).toMatchObject({
    exec: { words: ['/opt/m3', ''] },
    dropped: ['WICK', 'OIL'],
    exports: [{ name: 'SOOT', value: 'none', place: { file: LAMP, line: 3, column: 23 } }],
  });
  expect(follow('set -e -o pipefail\nset +x').undecided).toEqual([]);
  expect(undecided('set -- a b')).toEqual(['set -- a b']);
});

test.each([
  [`\${X:-v}`, { X: '' }, 'v'],
  [`\${X-v}`, { X: '' }, ''],
  [`\${X-v}`, {}, 'v'],
  [`\${X:+:$X}`, { X: 'a' }, ':a'],
  [`\${X:+v}`, { X: '' }, ''],
  [`\${X:=v}$X`, {}, 'vv'],
  [`\${#X}`, { X: 'a' }, undefined],
])('%s with %j is %j', (word, environment, value) => {
  const variable = follow(`export A="${word}"`, environment).exports.find(({ name }) => name === 'A');
  expect(variable?.value).toBe(value);
});

test('a value that doubles line by line is unknown at some point', () => {
  const { exports, dropped } = follow(`export A=lamp\n${'A="$A$A"\n'.repeat(60)}`);
  expect({ exports, dropped }).toEqual({ exports: [], dropped: ['A'] });
});

test('long scripts are followed in time that grows with their length', () => {
  const { exports } = follow('export WICK=round\n'.repeat(50_000));
  expect(exports).toMatchObject([{ place: { line: 50_000 } }]);
});

test('a script that reads itself over and over ends', () => {
  const text = `. ${LAMP}\n`.repeat(20);
  const start = { environment: new Map(), arguments: [], directory: '/' };
  const facts = followScript(LAMP, text, start, { read: () => text, realPath: () => undefined });
  expect(facts.sources.length).toBeLessThan(700);
});

test('every undecided note says something', () => {
  for (const note of undecided('\\\n\n(\nlamp\n)\n{\nlamp\n}\nlamp | wick\n""\n')) expect(note).not.toBe('');
});

test('a long pattern is not tried on a long value', () => {
  const value = 'o'.repeat(4000);
  const pattern = '*?'.repeat(32);
  expect(words(`exec "/opt/\${LAMP##${pattern}}"`, { LAMP: value })).toBeUndefined();
  expect(words(`exec "/opt/\${LAMP##*/}"`, { LAMP: `${'o'.repeat(4000)}/lamp` })).toEqual(['/opt/lamp']);
});
