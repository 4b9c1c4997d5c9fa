import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { fromBytes } from '../../../src/formats/elf/byte-source.ts';
import { readDynamicSymbols } from '../../../src/formats/elf/dynamic-symbols.ts';
import { parseElf } from '../../../src/formats/elf/parse-elf.ts';
import { readModuleRecord } from '../../../src/knowledge/mesos/module-record/read-module-record.ts';
import { hasCompiler } from '../../small-elf.ts';
import { compileModule } from './compile-module.ts';

const folder = mkdtempSync(join(tmpdir(), 'cutover-damaged-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.skipIf(!hasCompiler)(
  'no damage makes a reader throw or hang',
  () => {
    const path = join(folder, 'module.so');
    compileModule(path, ['-O2']);
    const sound = readFileSync(path);
    expect(readAll(sound)).toEqual(['elf', 'symbols', 'record']);
    // Where damage hurts most: headers, the dynamic section, relocations, the first code.
    const place = fc.oneof(fc.nat(0x400), fc.nat(0x1400), fc.nat(sound.length - 1));
    const damage = fc.record({
      changes: fc.array(fc.tuple(place, fc.constantFrom(0, 1, 0x7f, 0x80, 0xff)), {
        minLength: 1,
        maxLength: 6,
      }),
      length: fc.option(fc.nat(sound.length)),
    });
    fc.assert(
      fc.property(damage, ({ changes, length }) => {
        const bytes = Buffer.from(sound);
        for (const [at, value] of changes) bytes[at] = value;
        const began = performance.now();
        readAll(bytes.subarray(0, length ?? bytes.length));
        expect(performance.now() - began).toBeLessThan(5000);
      }),
      { numRuns: 150 },
    );
  },
  60_000,
);

function readAll(bytes: Uint8Array): string[] {
  const source = fromBytes(bytes);
  const elf = parseElf(source);
  if (elf.kind !== 'elf') return [elf.kind];
  const symbols = readDynamicSymbols(source, elf);
  return [elf.kind, symbols.kind, readModuleRecord(source, elf, 'org_lamp_GlowIsolator').kind];
}
