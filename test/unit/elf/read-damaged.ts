import { readFileSync, writeSync } from 'node:fs';
import { fromBytes } from '../../../src/formats/elf/byte-source.ts';
import { readDynamicSymbols } from '../../../src/formats/elf/dynamic-symbols.ts';
import { parseElf } from '../../../src/formats/elf/parse-elf.ts';
import { readModuleRecord } from '../../../src/knowledge/mesos/module-record/read-module-record.ts';
import type { Damage } from './damage.ts';

// A program of its own, so that one that hangs can be ended: reads a library with each damage of standard input, and
// writes a line before the first and after each.

const [path = ''] = process.argv.slice(2);
const sound = readFileSync(path);
const damages: Damage[] = JSON.parse(readFileSync(0, 'utf8'));
writeSync(1, 'begun\n');
for (const { changes, length } of damages) {
  const bytes = Buffer.from(sound);
  for (const [at, value] of changes) bytes[at] = value;
  writeSync(1, `${readAll(bytes.subarray(0, length ?? bytes.length)).join(' ')}\n`);
}

function readAll(bytes: Uint8Array): string[] {
  const source = fromBytes(bytes);
  const elf = parseElf(source);
  if (elf.kind !== 'elf') return [elf.kind];
  const symbols = readDynamicSymbols(source, elf);
  return [elf.kind, symbols.kind, readModuleRecord(source, elf, 'org_lamp_GlowIsolator').kind];
}
