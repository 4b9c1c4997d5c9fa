// Names in a hostile root, as they are printed: none drives the terminal, none hides what it is.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const checkout = fileURLToPath(new URL('../../..', import.meta.url));
const UNIT = '/etc/systemd/system/lamp.service';

/** The name of a drop-in, and how it is shown. */
const NAMES: Readonly<Record<string, readonly [name: string, shown: string]>> = {
  'a newline': ['10-a\nfake: all is well\n.conf', '10-a\\nfake: all is well\\n.conf'],
  'a carriage return': ['11-a\rb.conf', '11-a\\x0db.conf'],
  'an escape sequence': ['12-\x1b[2J\x1b]0;title\x07.conf', '12-\\x1b[2J\\x1b]0;title\\x07.conf'],
  'a control character of 8 bits': ['13-\u009b31m.conf', '13-\\x9b31m.conf'],
  'letters turned round': ['14-\u202efnoc.conf', '14-\\u{202e}fnoc.conf'],
  'invisible blanks': ['15-a\u200b\u2060b.conf', '15-a\\u{200b}\\u{2060}b.conf'],
  'a separator of lines': ['16-a\u2028b.conf', '16-a\\u{2028}b.conf'],
  'a tab and a bell': ['17-\t\x07.conf', '17-\\t\\x07.conf'],
};

let root: string;
let printed: string;
beforeAll(() => {
  root = mkdtempSync(`${tmpdir()}/cutover-names-`);
  mkdirSync(`${root}${UNIT}.d`, { recursive: true });
  writeFileSync(root + UNIT, '[Service]\nExecStart=/bin/true\n');
  for (const [name] of Object.values(NAMES))
    writeFileSync(`${root}${UNIT}.d/${name}`, '[Service]\nEnvironment=LAMP=on\n');
  const args = ['src/cli/main.ts', 'trace', 'lamp', 'LAMP', '--root', root, '--no-color'];
  const options = { cwd: checkout, encoding: 'utf8', stdio: 'pipe' } as const;
  printed = execFileSync(process.execPath, ['--import', 'tsx', ...args], options);
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

test.each(Object.entries(NAMES))('a name that has %s', (_, [, shown]) => {
  expect(printed).toContain(shown);
});

test('nothing that a terminal acts upon is printed', () => {
  expect(printed.replaceAll('\n', '')).not.toMatch(
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069]/,
  );
});
