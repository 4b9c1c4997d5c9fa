import { expect, test } from 'vitest';
import { parseRsyslogConf } from './parse-rsyslog-conf.ts';

const said = (text: string): string[] =>
  parseRsyslogConf('/etc/rsyslog.conf', text).map(
    ({ name, words, place }) => `${place.line} ${[name, ...words.map((word) => word.text)].join(' | ')}`,
  );

test('both syntaxes, comments apart', () => {
  expect(
    said(`# module(load="no")
$ModLoad imudp # yes
module(load="imuxsock" # local
       SysSock.Name="/run/lamp)log")
/* input(type="imtcp" port="9") */
input(type="imtcp" port="514")
mail.*;news.none -/var/log/mail.log
& @@logs.example
:msg, contains, "oil" /var/log/oil
if $programname == 'lamp' then { action(type="omfile" file="/var/log/lamp") stop }
if $msg contains "mail.* /x" then /var/log/then
*.emerg action(type="omusrmsg" users="*")
`),
  ).toEqual([
    '2 $modload | imudp',
    '3 module | load=imuxsock | SysSock.Name=/run/lamp)log',
    '6 input | type=imtcp | port=514',
    '7 action | -/var/log/mail.log',
    '8 action | @@logs.example',
    '9 action | /var/log/oil',
    '10 action | type=omfile | file=/var/log/lamp',
    '11 action | /var/log/then',
    '12 action | type=omusrmsg | users=*',
  ]);
});

test('the place of a value is that of its text', () => {
  const [line] = parseRsyslogConf('/etc/rsyslog.conf', '\ninput(type="imtcp"\n  port="514")');
  expect(line?.words[1]?.place).toEqual({ file: '/etc/rsyslog.conf', line: 3, column: 9 });
});

test('what does not end ends with the file', () => {
  expect(said('module(load="imuxsock"')).toEqual(['1 module | load=imuxsock']);
  expect(said('/* module(load="imuxsock")')).toEqual([]);
  expect(said('*.* /var/log/x\n"')).toEqual(['1 action | /var/log/x']);
});
