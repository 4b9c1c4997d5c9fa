import { expect, test } from 'vitest';
import { parsePostgresqlConf } from './parse-postgresql-conf.ts';

test('settings with and without =, in quotes and with comments, and lines that are refused', () => {
  const { lines, refused } = parsePostgresqlConf(
    '/a.conf',
    `# port = 1\n Port=5433 # why\nwork_mem 4MB\nlog_line_prefix = '%m ''q'' \\x \\101#'\t# x\n\nshared_preload_libraries = ''\nlamp.oil = on\nbad line here\nmax = 'open\nempty =\n`,
  );
  expect(
    lines.map(({ name, words: [word] }) => `${word?.place.line}:${word?.place.column} ${name} ${word?.text}`),
  ).toEqual([
    '2:7 port 5433',
    '3:10 work_mem 4MB',
    "4:20 log_line_prefix %m 'q' x A#",
    '6:29 shared_preload_libraries ',
    '7:12 lamp.oil on',
  ]);
  expect(refused.map(({ line }) => line)).toEqual([8, 9, 10]);
});
