// What systemd 252 made of the same lines, over D-Bus and in the arguments of the process.
import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { writtenCommands } from './commands.ts';
import { loadUnit } from './load-unit.ts';
import { loadService } from './service.ts';

const UNIT = '/etc/systemd/system/lamp@.service';

function unit(lines: string): ReturnType<typeof rootWith> {
  return rootWith({
    [UNIT]: `[Service]\nType=oneshot\nEnvironment=A=on "B=b c" 'C=end\\\\'\n${lines}\n`,
    '/usr/lib/os-release': 'ID=debian\nVERSION_ID="12"\n',
  });
}

test.each([
  ['$', []],
  ['$A $B "$B" \'$B\'', ['on', 'b', 'c', 'b', 'c', 'b', 'c']],
  ['${A}x${B} x$A $$A', ['onxb c', 'x$A', '$A']],
  ['$NONE ${NONE} a${NONE}b', ['', 'ab']],
  ['$C', ['end']],
  ['${C} ${A', ['end\\', '${A']],
  ['\\x24A', ['on']],
])('the arguments %s', (args, words) => {
  const { commands } = loadService(unit(`ExecStart=/bin/echo ${args}`), 'lamp@east');
  expect(commands[0]?.words.slice(1).map(String)).toEqual(words);
});

test.each([
  ['/usr/bin/a%%b %i', [['/usr/bin/a%b', 'east\\x2dside']]],
  ['/bin/echo %I %f %P %o %w %W', [['/bin/echo', 'east-side', '/east-side', 'lamp', 'debian', '12', '']]],
  ['/bin/a ; -/bin/b/ ; /bin/c', [['/bin/a']]],
  ['-/bin/a/', []],
  ['-"a b/c"', []],
])('the command %s', (text, expected) => {
  const host = unit(`ExecStart=${text}`);
  const commands = writtenCommands(host, loadUnit(host, 'lamp@east\\x2dside'));
  expect(commands.map(({ words }) => words.map(String))).toEqual(expected);
});

test('an escaped instance is UTF-8', () => {
  const host = unit('ExecStart=/bin/echo %I');
  const [command] = writtenCommands(host, loadUnit(host, 'lamp@caf\\xc3\\xa9'));
  expect(command?.words.map(String)).toEqual(['/bin/echo', 'caf\u00e9']);
});
