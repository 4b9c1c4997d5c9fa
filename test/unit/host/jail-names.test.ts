// Names in a hostile root, as they are printed: none drives the terminal, none hides what it is.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { rootWith } from '../../root-with.ts';

const checkout = fileURLToPath(new URL('../../..', import.meta.url));
const UNIT = '/etc/systemd/system/lamp.service';

const NAMES: Readonly<Record<string, string>> = {
  'a newline': '10-a\nfake: all is well\n.conf',
  'a carriage return': '11-a\rb.conf',
  'an escape sequence': '12-\x1b[2J\x1b]0;title\x07.conf',
  'a control character of 8 bits': '13-\u009b31m.conf',
  'letters turned round': '14-\u202efnoc.conf',
  'an invisible blank': '15-a\u200b\u2060b.conf',
  'a separator of lines': '16-a\u2028b.conf',
  'a tab and a bell': '17-\t\x07.conf',
};

test.each(Object.entries(NAMES))('a drop-in whose name has %s', (_, name) => {
  const { root } = rootWith({ [UNIT]: '[Service]\nExecStart=/bin/true\n' });
  mkdirSync(`${root}${UNIT}.d`);
  writeFileSync(`${root}${UNIT}.d/${name}`, '[Service]\nEnvironment=LAMP=on\nNoSuchLine\n');
  const command = [
    '--import',
    'tsx',
    'src/cli/main.ts',
    'trace',
    'lamp',
    'LAMP',
    '--root',
    root,
    '--no-color',
  ];
  const printed = execFileSync(process.execPath, command, { cwd: checkout, encoding: 'utf8', stdio: 'pipe' });
  expect(printed).toContain('LAMP = on');
  expect(printed.replaceAll('\n', '')).not.toMatch(
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069]/,
  );
  expect(printed).not.toMatch(/^fake/m);
});
