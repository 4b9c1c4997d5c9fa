import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { HttpdScope } from '../httpd/httpd-scope.ts';
import { readHttpdConfiguration } from '../httpd/read-configuration.ts';
import { readNginxConfiguration } from '../nginx/read-configuration.ts';
import { readPostgresqlConfiguration } from '../postgresql/read-configuration.ts';

const COMMAND = { file: '/etc/systemd/system/lamp.service', line: 2, column: 1 };
const LONG = `/etc/lamp/${'o'.repeat(300)}`;

function nginxWith(files: Readonly<Record<string, string>>) {
  const paths = { prefix: '/etc/lamp', file: '/etc/lamp/0', namedBy: 'the keeper', global: '', stores: [] };
  return readNginxConfiguration(rootWith(files), paths, COMMAND);
}

function httpdWith(text: string, files: Readonly<Record<string, string>>) {
  return readHttpdConfiguration(rootWith({ '/etc/lamp/0': text, ...files }), {
    root: '/etc/lamp',
    file: '0',
    namedBy: 'the keeper',
    before: [],
    after: [],
    command: COMMAND,
    scope: new HttpdScope(new Map(), [], new Set(), undefined),
    sourceOf: () => undefined,
  });
}

test('a chain of files that each include the next one twice is not read to its end', () => {
  const files = Array.from({ length: 31 }, (_, at) => [
    `/etc/lamp/${at}`,
    `include ${at + 1};\ninclude ${at + 1};\n`,
  ]);
  const { lines, notExamined } = nginxWith({ ...Object.fromEntries(files), '/etc/lamp/31': 'oil palm;\n' });
  expect(lines.length).toBeLessThan(2000);
  expect(notExamined).toContain('/etc/lamp/1, named at /etc/lamp/0:2:1: included too deep or too often');
});

test('a path that the host refuses to look at is noted, and what follows it is read', () => {
  const { lines, notExamined } = nginxWith({
    '/etc/lamp/0': `include 1;\noil palm;\n`,
    '/etc/lamp/1': `include ${LONG};\n`,
  });
  expect(lines.map(({ name }) => name)).toEqual(['oil']);
  expect(notExamined).toEqual([`${LONG}, named at /etc/lamp/1:1:1: ${LONG}: ENAMETOOLONG`]);
});

test('of a PostgreSQL server such a path need not exist', () => {
  const host = rootWith({ '/srv/postgresql.conf': `include_if_exists '${LONG}'\nport = 5433\n` });
  const { setting, notExamined } = readPostgresqlConfiguration(
    host,
    { settings: [], directory: '/srv' },
    COMMAND,
  );
  expect(setting('port')?.words[0]?.text).toBe('5433');
  expect(notExamined).toEqual([]);
});

test('a directory that httpd includes and that leads into itself ends with a note', () => {
  const { notExamined } = httpdWith('Include on\n', { '/etc/lamp/on/a': '-> .', '/etc/lamp/on/b': '-> .' });
  const where = 'named at /etc/lamp/0:1:1: a directory included too deep or too often';
  expect(notExamined).toContain(`/etc/lamp/on${'/a'.repeat(20)}, ${where}`);
  expect(notExamined).toContain(`/etc/lamp/on/b, ${where}`);
});
