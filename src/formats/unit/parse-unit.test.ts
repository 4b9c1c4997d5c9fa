import { expect, test } from 'vitest';
import { parseUnit, readUnit } from './parse-unit.ts';

const PATH = '/etc/systemd/system/lighthouse.service';

test('an assignment has its section, its place and its value', () => {
  const unit = parseUnit(PATH, '[Service]\n  ExecStart = /usr/bin/lamp --bright  \n');
  expect(unit.assignments.map(({ section, key, value }) => [section, key, value.toString()])).toEqual([
    ['Service', 'ExecStart', '/usr/bin/lamp --bright'],
  ]);
  expect(unit.assignments[0]?.place).toEqual({ file: PATH, line: 2, column: 3 });
  expect(unit.assignments[0]?.value.slices[0]?.origin).toMatchObject({ place: { line: 2, column: 15 } });
});

test('a continued line is joined with a space, comments inside are skipped, and every piece keeps its place', () => {
  const unit = parseUnit(
    PATH,
    '[Service]\nExecStart=/usr/bin/lamp \\\n# brighter at night\n  --bright \\\n\n[Install]\n',
  );
  const [command] = unit.assignments;
  expect(command?.value.toString()).toBe('/usr/bin/lamp    --bright');
  expect(command?.value.slices.at(-1)?.origin).toMatchObject({ place: { line: 4, column: 1 } });
});

test('an even number of backslashes at the end continues nothing', () => {
  const unit = parseUnit(PATH, '[Service]\nEnvironment=A=C:\\\\\nUser=keeper\n');
  expect(unit.assignments.map(({ key }) => key)).toEqual(['Environment', 'User']);
});

test('what systemd ignores is reported with its place and is not fatal', () => {
  const unit = parseUnit(PATH, 'Early=1\n[Service]\nRestart always\n=nothing\n');
  expect(unit.assignments).toEqual([]);
  expect(unit.problems).toEqual([
    {
      place: { file: PATH, line: 1, column: 1 },
      message: 'Assignment outside of section. Ignoring.',
      fatal: false,
    },
    { place: { file: PATH, line: 3, column: 1 }, message: "Missing '=', ignoring line.", fatal: false },
    {
      place: { file: PATH, line: 4, column: 1 },
      message: "Missing key name before '=', ignoring line.",
      fatal: false,
    },
  ]);
});

test('a broken section header is fatal, as it is to systemd', () => {
  const [problem] = parseUnit(PATH, '[Service\nUser=keeper\n').problems;
  expect(problem).toEqual({
    place: { file: PATH, line: 1, column: 1 },
    message: "Invalid section header '[Service'",
    fatal: true,
  });
});

test('carriage returns, a byte order mark and a missing last newline change nothing', () => {
  const unit = parseUnit(PATH, '\uFEFF[Service]\r\nUser=keeper\r\nGroup=lamp');
  expect(unit.assignments.map(({ key, value }) => `${key}=${value.toString()}`)).toEqual([
    'User=keeper',
    'Group=lamp',
  ]);
});

/** Found by having systemd 252 read the same files. Each line is what is left of the bytes of a unit. */
test.each([
  ['NUL ends a line', 'Nice=1\0Nice=2\n', ['Nice=1', 'Nice=2']],
  ['a lone carriage return ends a line', 'Nice=1\rNice=2\n', ['Nice=1', 'Nice=2']],
  ['a form feed is no blank', '\fNice=3\nUser=\fx\f\n', ['\fNice=3', 'User=\fx\f']],
  ['a no-break space is no blank', '\xc2\xa0Nice=5\n', ['\u00a0Nice=5']],
  ['bytes in a comment do no harm', '# caf\xe9\nNice=1\n', ['Nice=1']],
  ['behind a line that is not UTF-8 nothing is read', 'Nice=1\nUser=caf\xe9\nNice=2\n', ['Nice=1']],
  ['a mark of byte order is passed over once', '\xef\xbb\xbfNice=1\nUser=x\n', ['Nice=1', 'User=x']],
  ['a continuation at the end of the file', 'Nice=12\\', ['Nice=12']],
  ['the last section counts, unknown ones too', '[X-Own]\nNice=8\n[Service]\n', ['Nice=8']],
])('%s', (_, text, expected) => {
  const unit = readUnit(PATH, Buffer.from(`[Service]\n${text}`, 'latin1'));
  expect(unit.assignments.map(({ key, value }) => `${key}=${value.toString()}`)).toEqual(expected);
});

const MIB = 1024 * 1024;

test.each([
  ['a comment', `# ${'x'.repeat(MIB)}`],
  ['a value', `User=${'x'.repeat(MIB)}`],
  ['a continued line', `User=${'x'.repeat(600_000)}\\\n${'x'.repeat(600_000)}`],
])('behind %s of more than a mebibyte nothing is read', (_, line) => {
  const unit = parseUnit(PATH, `[Service]\nNice=1\n${line}\nNice=2\n`);
  expect(unit.assignments.map(({ value }) => value.toString())).toEqual(['1']);
  expect(unit.problems).toMatchObject([{ place: { line: 3 }, fatal: true }]);
});

test('a line of exactly a mebibyte is read', () => {
  const unit = parseUnit(PATH, `[Service]\nUser=${'x'.repeat(MIB - 5)}\nNice=2\n`);
  expect(unit.assignments.map(({ key }) => key)).toEqual(['User', 'Nice']);
});

test.each([
  ['a NUL', '[Service]\nNice=1\0\nNice=2\n', [2, 3], [1, 1]],
  ['a NUL in a line', '[Service]\nNice=1\0Nice=2\nNice=3\n', [2, 2, 3], [1, 8, 1]],
  ['a carriage return', '[Service]\rNice=1\rNice=2\nNice=3\n', [2, 3, 4], [1, 1, 1]],
  ['both, as on Windows', '[Service]\r\nNice=1\r\nNice=2\r\n', [2, 3], [1, 1]],
])('%s ends a line of systemd; the places are those of the file', (_, text, lines, columns) => {
  const { assignments } = parseUnit(PATH, text);
  expect(assignments.map(({ place }) => place.line)).toEqual(lines);
  expect(assignments.map(({ place }) => place.column)).toEqual(columns);
});
