import { expect, test } from 'vitest';
import { FIFO, rootWith } from '../../../test/root-with.ts';
import { Subject } from '../subject.ts';
import { namedPathsPart } from './named-paths.ts';

function named(service: string): string[] {
  const host = rootWith({
    '/etc/systemd/system/lamp.service': `[Service]\n${service}`,
    '/srv/two words/oil': '',
    '/srv/ö(1)': '',
    '/run/pipe': FIFO,
  });
  const { nodes } = namedPathsPart(new Subject(host, 'lamp', { knowledge: [] }));
  return nodes.map(({ id, exists }) => `${id}${exists === true ? '' : ' absent'}`);
}

test('a word, a list, behind = and file://, and glued to an option', () => {
  expect(
    named(
      'ExecStart=/usr/bin/lamp /a --b=/b file:///c -p/run/x.pid -f /d --path-only -xyz/e\nExecStop=/bin/kill /f\nEnvironment=LIST=/g:/h\n',
    ),
  ).toEqual([
    'file:/g absent',
    'file:/h absent',
    'file:/a absent',
    'file:/b absent',
    'file:/c absent',
    'file:/run/x.pid absent',
    'file:/d absent',
    'file:/f absent',
  ]);
});

test('a quoted word is not cut at its blanks', () => {
  expect(
    named(
      `ExecStart=/usr/bin/lamp "/srv/two words/oil" "--dir=/srv/two words" "/srv/ö(1)" -c "exec x '/srv/no such/file' /a" "/b -c /c"\n`,
    ),
  ).toEqual([
    'file:/srv/two words/oil',
    'directory:/srv/two words',
    'file:/srv/ö(1)',
    'file:/a absent',
    'file:/srv/no such/file absent',
    'file:/b absent',
    'file:/c absent',
  ]);
});

test('bind mounts: where they come from and what they lie at', () => {
  const binds =
    'BindPaths=/gone\nBindPaths=\nBindPaths=/a:/b:rbind -/c\nBindReadOnlyPaths=/run/pipe:/srv/d\n';
  expect(named(`ExecStart=/usr/bin/lamp\n${binds}`)).toEqual([
    'file:/a absent',
    'file:/b absent',
    'file:/c absent',
    'file:/run/pipe',
    'file:/srv/d absent',
  ]);
});

test('a FIFO is there', () => {
  expect(named('ExecStart=/usr/bin/lamp /run/pipe\n')).toEqual(['file:/run/pipe']);
});

test('a word with an unprintable character in it names no path up to it', () => {
  expect(
    named(
      'ExecStart=/usr/bin/lamp "/etc/re\\x1b[31mdis\\n.conf" --x=/a\\x07/b /ok "-c/d\\nre" "/e\\x7f"\nEnvironment=A=/srv/\\x1b]0;pwn\\x07x B=/srv/oil:/srv/\\x1bx C=/srv/öl:/srv/b\n',
    ),
  ).toEqual([
    'file:/srv/oil absent',
    'file:/srv/öl absent',
    'file:/srv/b absent',
    'file:/ok absent',
    'file:/d absent',
  ]);
});
