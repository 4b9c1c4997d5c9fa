import { expect, test } from 'vitest';
import { parseHttpdConf } from './parse-httpd-conf.ts';

const read = (text: string) =>
  parseHttpdConf('/etc/apache2/lamp.conf', text).map(
    ({ kind, name, words, place }) =>
      `${place.line}:${place.column} ${kind} ${name}${words.map((word) => ` <${word.text}>`).join('')}`,
  );

test('directives, sections, quotes, joined lines and comments', () => {
  expect(
    read(
      `# LoadModule none\n  LoadModule lamp_module "/opt/lamp oil.so"\nAlias \\\n  /a 'b \\' c' # no comment\n<IfModule !mod_x.c>\n</IfModule>\n<VirtualHost *:80 "[::]:81">\n`,
    ),
  ).toEqual([
    '2:3 directive loadmodule <lamp_module> </opt/lamp oil.so>',
    "3:1 directive alias </a> <b ' c> <#> <no> <comment>",
    '5:1 open ifmodule <!mod_x.c>',
    '6:1 close ifmodule',
    '7:1 open virtualhost <*:80> <[::]:81>',
  ]);
});

test('a word knows its place, behind a joined line too', () => {
  const [line] = parseHttpdConf('/a.conf', 'Listen \\\n  8080\n');
  expect(line?.words[0]).toEqual({ text: '8080', place: { file: '/a.conf', line: 2, column: 3 } });
});
