import { expect, test } from 'vitest';
import { evaluateModule } from '../../../src/formats/python/evaluate-module.ts';
import type { Inputs } from '../../../src/formats/python/interpreter.ts';
import { TracedText } from '../../../src/text/traced-text.ts';

const FILES: Readonly<Record<string, string>> = {
  'genconf/ip-detect': '#!/bin/sh\necho é\n',
  'genconf/check_bins/lamp': 'one',
  'genconf/check_bins/beacon': 'two',
  'artifacts/complete/complete.latest.json': '{"packages": ["lamp--1"]}',
  'lamps/settings.sh': 'LAMP=1',
  'lamps/dos.txt': 'one\r\ntwo\rthree\n',
};
const INPUTS: Inputs = {
  environmentVariable: (name) => (name === 'LAMP' ? input('on', name) : name === 'DARK' ? null : undefined),
  fileContent: (path) => {
    const content = FILES[path];
    return content === undefined ? (path.startsWith('secret') ? undefined : null) : input(content, path);
  },
  directory: (path) =>
    path === 'genconf/check_bins' ? ['lamp', 'beacon'] : path === 'far' ? undefined : null,
  commandOutput: (words) =>
    words.join(' ') === 'git rev-parse HEAD' ? input('41b52e1df\n', 'git') : undefined,
};

function input(text: string, name: string): TracedText {
  return TracedText.from(text, { kind: 'input', name });
}

/** The value as it prints, or why it isn't known or what was raised. */
function outcome(expression: string, inputs: Inputs = INPUTS): string {
  const imports =
    'import checksumdir, json, os, os.path, pkg_resources, random, socket, subprocess, time, uuid';
  const module = evaluateModule('calc.py', `${imports}\ndef f():\n    return str(${expression})\n`, inputs);
  const f = module.global('f');
  if (f?.kind !== 'function') throw new Error('f is no function');
  const result = module.call(f, new Map());
  if (result.kind === 'raised') return `${result.type}: ${result.message}`;
  return result.value.kind === 'str'
    ? result.value.text.toString()
    : `unknown: ${'reason' in result.value ? result.value.reason : ''}`;
}

test.each([
  ["os.getenv('LAMP')", 'on'],
  [
    "[os.getenv('DARK'), os.getenv('DARK', 'no'), os.environ.get('DARK', 'x'), 'DARK' in os.environ]",
    "[None, 'no', 'x', False]",
  ],
  ["os.environ['LAMP']", 'on'],
  ["os.environ['DARK']", "KeyError: 'DARK'"],
  ["os.environ.get('OTHER')", 'unknown: the environment variable OTHER of the generator'],
  ["open('genconf/ip-detect', encoding='utf-8').read()", '#!/bin/sh\necho é\n'],
  ["open('genconf/ip-detect', 'rb').read()", "b'#!/bin/sh\\necho \\xc3\\xa9\\n'"],
  ["[line.strip() for line in open('genconf/ip-detect')]", "['#!/bin/sh', 'echo é']"],
  ["repr(open('lamps/dos.txt').read())", "'one\\ntwo\\nthree\\n'"],
  [
    "[open('lamps/dos.txt', newline='').read(), open('lamps/dos.txt', 'rb').read()]",
    "['one\\r\\ntwo\\rthree\\n', b'one\\r\\ntwo\\rthree\\n']",
  ],
  ["open('nope')", "FileNotFoundError: [Errno 2] No such file or directory: 'nope'"],
  ["open('genconf/check_bins')", "IsADirectoryError: [Errno 21] Is a directory: 'genconf/check_bins'"],
  ["open('secret/key')", 'unknown: the file secret/key of the generator'],
  ["open('out', 'w')", "unknown: out opened in the mode 'w'"],
  ["json.load(open('artifacts/complete/complete.latest.json'))['packages']", "['lamp--1']"],
  ["[os.path.exists(p) for p in ('genconf/ip-detect', 'genconf/check_bins', 'nope')]", '[True, True, False]'],
  [
    "[os.path.isfile('genconf/check_bins'), os.path.isdir('genconf/check_bins'), os.path.isdir('nope')]",
    '[False, True, False]',
  ],
  ["os.path.isdir('far')", 'unknown: the directory far of the generator'],
  ["os.listdir('genconf/check_bins')", "['lamp', 'beacon']"],
  ["os.listdir('nope')", "FileNotFoundError: [Errno 2] No such file or directory: 'nope'"],
  [
    "[(e.name, e.path, e.is_file(), e.is_dir()) for e in os.scandir('genconf/check_bins')][0]",
    "('lamp', 'genconf/check_bins/lamp', True, False)",
  ],
  // sha1 of the sorted digests of both files
  ["checksumdir.dirhash('genconf/check_bins', 'sha1')", '1352a4b8934de6f3866f3b605cd80bff78d59663'],
  ["checksumdir.dirhash('nope', 'sha1')", 'TypeError: nope is not a directory.'],
  ["subprocess.check_output(['git', 'rev-parse', 'HEAD']).decode('utf-8').strip()", '41b52e1df'],
  [
    "subprocess.run(['git', 'rev-parse', 'HEAD'], stdout=subprocess.PIPE, universal_newlines=True).stdout",
    '41b52e1df\n',
  ],
  ["subprocess.check_output(['date'])", 'unknown: the output of date where the generator ran'],
  ["pkg_resources.resource_string('lamps', 'settings.sh').decode()", 'LAMP=1'],
  ['time.time()', 'unknown: the time at which the generator ran'],
  ['uuid.uuid4()', 'unknown: a random identifier'],
  ['random.random()', 'unknown: what chance chose'],
  ['os.getcwd()', 'unknown: the directory in which the generator ran'],
  ['socket.gethostname()', 'unknown: the name of the machine on which the generator ran'],
])('%s: %s', (expression, expected) => {
  expect(outcome(expression)).toBe(expected);
});

test('without anybody to ask, what was asked for is named', () => {
  expect(outcome("open('genconf/ip-detect').read()", {})).toBe(
    'unknown: the file genconf/ip-detect of the generator',
  );
  expect(outcome("subprocess.check_output(['git'])", {})).toBe(
    'unknown: the output of git where the generator ran',
  );
  expect(outcome("os.path.isdir('x')", { fileContent: () => null })).toBe('False');
});
