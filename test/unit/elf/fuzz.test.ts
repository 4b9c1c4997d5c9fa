import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const COUNT = 4000;
const MAIN = join(import.meta.dirname, '../../elf-fuzz/main.ts');

test(`${COUNT} damaged ELF files: no crash, no hang, no growth (npm run fuzz:elf reads more)`, () => {
  const words = ['--import', 'tsx', MAIN, '--seed', String(Date.now() % 2 ** 31), '--count', String(COUNT)];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  console.log(stdout.trimEnd());
  expect({ status, faults: stdout.match(/^FAULT .*$/gm) }, stderr).toEqual({ status: 0, faults: null });
}, 240_000);
