import { expect, test } from 'vitest';
import { followScript } from './follow-script.ts';

const FILES: Record<string, 'file' | 'program' | 'directory'> = {
  '/etc/lamp.conf': 'file',
  '/usr/bin/lamp': 'program',
  '/srv': 'directory',
};

/** What the script leaves in RESULT, and the lines that were left undecided. */
function result(script: string, environment: Record<string, string> = {}): string {
  const start = { environment: new Map(Object.entries(environment)), arguments: ['start'], directory: '/' };
  const facts = followScript('/lamp.sh', `export RESULT=none\n${script}\n`, start, {
    read: () => undefined,
    realPath: () => undefined,
    kind: (path) => FILES[path],
  });
  const value = facts.exports.find(({ name }) => name === 'RESULT')?.value ?? 'unknown';
  return facts.undecided.length === 0 ? value : `${value}, ${facts.undecided.length} undecided`;
}

test.each([
  ['if [ -z "$X" ]; then RESULT=yes; fi', 'yes'],
  ['if [ -n "$X" ]; then RESULT=yes; else RESULT=no; fi', 'no'],
  ['if test "$1" = start; then RESULT=yes; fi', 'yes'],
  ['if [ "x$1" = "xstop" ] || [ "x$1" = "xstart" ]; then RESULT=yes; fi', 'yes'],
  ['if ! [ "$1" != start ]; then RESULT=yes; fi', 'yes'],
  ['if [ ! -f /etc/lamp.conf ]; then RESULT=yes; else RESULT=no; fi', 'no'],
  ['[ -d /srv ] && RESULT=yes', 'yes'],
  ['[ -d /etc/lamp.conf ] && RESULT=yes', 'none'],
  ['[ -x /etc/lamp.conf ] || RESULT=no', 'no'],
  ['test -x /usr/bin/lamp -a -e /srv && RESULT=yes', 'yes'],
  ['if [ 8 -gt 7 ]; then RESULT=yes; elif true; then RESULT=no; fi', 'yes'],
  ['if false; then RESULT=no; elif [[ $1 == st* && ! -d /none ]]; then RESULT=yes; fi', 'yes'],
  ['if [[ $1 == "st*" ]]; then RESULT=yes; fi', 'none'],
  ['case "$1" in stop) RESULT=no ;; star?|x) RESULT=yes ;; *) RESULT=other ;; esac', 'yes'],
  ['case "$1" in stop) RESULT=no ;; *) RESULT=other ;; esac', 'other'],
  [
    'if [ "${X##/etc/lamp-}" != "${X}" ]; then RESULT="-${X##/etc/lamp-}"; fi',
    '-red',
    { X: '/etc/lamp-red' },
  ],
  ['{ RESULT=yes; }', 'yes'],
])('%s: %s', (script, expected, environment?: Record<string, string>) => {
  expect(result(script, environment)).toBe(expected);
});

test.each([
  'if [ "$(date +%u)" = 7 ]; then RESULT=yes; fi',
  'if lamp --is-lit; then RESULT=yes; fi',
  'if [ -s /etc/lamp.conf ]; then RESULT=yes; fi',
  'if [ "$HOME" = /root ]; then RESULT=yes; fi',
  'case $(uname) in Linux) RESULT=yes ;; esac',
  'case "$1" in start) RESULT=yes ;& stop) RESULT=no ;; esac',
  '[ -e /srv ] && [ -e "$(mktemp)" ] && RESULT=yes',
])('only running it tells: %s', (script) => {
  expect(result(script)).toBe('unknown, 1 undecided');
});

test.each([
  ['${X#*/}', 'a/b/c', 'b/c'],
  ['${X##*/}', 'a/b/c', 'c'],
  ['${X%/*}', 'a/b/c', 'a/b'],
  ['${X%%/*}', 'a/b/c', 'a'],
  ['${X%.conf}', 'lamp.conf', 'lamp'],
  ['${X#"*"}', '*a', 'a'],
  ['${X#?}', 'ab', 'b'],
  ['${X%z}', 'ab', 'ab'],
])('%s of %s is %s', (word, value, expected) => {
  expect(result(`RESULT="${word}"`, { X: value })).toBe(expected);
});
