import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { commandTouches } from './command-touches.ts';
import { parsePostgresqlConf } from './parse-postgresql-conf.ts';

const FILE = '/etc/postgresql/15/main/postgresql.conf';

test('the programs of a command that archives and the paths in it, %f left out', () => {
  const programs = ['/usr/bin/test', '/opt/lamp/keep', '/usr/bin/cp'];
  const host = rootWith(Object.fromEntries(programs.map((path) => [path, 'ELF'])));
  const named = (text: string) =>
    parsePostgresqlConf(FILE, text)
      .lines.flatMap((line) => commandTouches(host, line, new Map()))
      .map(({ edge, kind, name, evidence }) => `${edge} ${kind} ${name} ${JSON.stringify(evidence)}`);
  const at = JSON.stringify({ file: FILE, line: 1, column: 20 });
  expect(
    named(
      "archive_command = 'test ! -f /mnt/arch/%f && nice /opt/lamp/keep -q %p backup:/far/%f >>/var/log/keep.log 2>/dev/null'\n",
    ),
  ).toEqual([
    `starts program /opt/lamp/keep ${at}`,
    `names directory /mnt/arch ${at}`,
    `names file /var/log/keep.log ${at}`,
  ]);
  expect(named('restore_command = \'cp /mnt/100%%/x-%f "%p" && glim\'\n')).toEqual([
    `starts program /usr/bin/cp ${at}`,
    `starts program glim ${at}`,
    `names directory /mnt/100% ${at}`,
  ]);
  expect(named("archive_command = ''\n")).toEqual([]);
});
