import { expect, test } from 'vitest';
import { parseUnit } from './parse-unit.ts';

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
