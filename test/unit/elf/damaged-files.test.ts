import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromBytes } from '../../../src/formats/elf/byte-source.ts';
import { TAG } from '../../../src/formats/elf/dynamic-section.ts';
import { readDynamicSymbols } from '../../../src/formats/elf/dynamic-symbols.ts';
import { parseElf } from '../../../src/formats/elf/parse-elf.ts';
import { hasCompiler } from '../../small-elf.ts';
import { compileModule } from './compile-module.ts';
import type { Damage } from './damage.ts';

const LIMIT_MS = 60_000;

describe.skipIf(!hasCompiler)(
  'no damage makes a reader throw or hang',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'cutover-damaged-'));
    const path = join(folder, 'module.so');
    beforeAll(() => compileModule(path, ['-O2']));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test('a sound file', () => {
      expect(read([{ changes: [], length: null }])).toEqual(['elf symbols record']);
    });

    test.each([1, 255])('the record lies where no process has memory: top byte %i', (value) => {
      const changes: Damage['changes'] = [[recordValueAt(path) + 7, value]];
      expect(read([{ changes, length: null }])).toEqual(['elf symbols unknown']);
    });

    test('anything', () => {
      const seed = Date.now();
      const size = readFileSync(path).length;
      // Where damage hurts most: headers, the dynamic section, relocations, the first code.
      const place = fc.oneof(fc.nat(0x400), fc.nat(0x1400), fc.nat(size - 1));
      const change = fc.tuple(place, fc.constantFrom(0, 1, 0x7f, 0x80, 0xff));
      const damage = fc.record({
        changes: fc.array(change, { minLength: 1, maxLength: 6 }),
        length: fc.option(fc.nat(size)),
      });
      const damages = fc.sample(damage, { seed, numRuns: 150 });
      expect(read(damages, `seed ${seed}`)).toHaveLength(damages.length);
    });

    /** What was read of the file with each damage, by a process that is ended when it takes too long. */
    function read(damages: readonly Damage[], note = ''): string[] {
      const { status, signal, stdout, stderr } = spawnSync(
        process.execPath,
        ['--import', 'tsx', join(import.meta.dirname, 'read-damaged.ts'), path],
        { input: JSON.stringify(damages), encoding: 'utf8', timeout: LIMIT_MS, killSignal: 'SIGKILL' },
      );
      const results = stdout.trimEnd().split('\n').slice(1);
      const culprit = JSON.stringify(damages[results.length]);
      expect({ status, signal }, `${note}, ended at ${culprit}\n${stderr}`).toEqual({
        status: 0,
        signal: null,
      });
      return results;
    }
  },
  LIMIT_MS + 30_000,
);

/** Where the file says at which address the record lies: st_value of its symbol. */
function recordValueAt(path: string): number {
  const source = fromBytes(readFileSync(path));
  const elf = parseElf(source);
  if (elf.kind !== 'elf') throw new Error(elf.kind);
  const symbols = readDynamicSymbols(source, elf);
  const table = elf.dynamic?.tags.get(TAG.symbols);
  const segment = elf.segments.find(
    ({ type, address, fileSize }) =>
      type === 'load' && table !== undefined && address <= table && table < address + fileSize,
  );
  const record =
    symbols.kind === 'symbols'
      ? symbols.defined.find(({ name }) => name === 'org_lamp_GlowIsolator')
      : undefined;
  if (table === undefined || segment === undefined || record === undefined) throw new Error('no record');
  return table - segment.address + segment.offset + record.index * 24 + 8;
}
