import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fromBytes } from '../../../src/formats/elf/byte-source.ts';
import { type Elf, parseElf } from '../../../src/formats/elf/parse-elf.ts';
import { readModuleRecord } from '../../../src/knowledge/mesos/module-record/read-module-record.ts';
import { hasCompiler } from '../../small-elf.ts';
import { compileModule } from './compile-module.ts';

describe.skipIf(!hasCompiler)('a module that costs more than it is given is unknown', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cutover-costly-'));
  const path = join(folder, 'module.so');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('long texts measured many times', () => {
    compileModule(path, ['-O1', '-fno-builtin'], undefined, MEASURED);
    expect(read()).toEqual({ kind: 'unknown', reason: 'its start-up code takes too long to follow' });
  });

  test.each([
    ['many segments', 300, 16, 'load segments, more than are read'],
    ['segments that overlap', 70, 1024 * 1024, 'bytes, more than is read'],
  ])('%s', (_, count, fileSize, reason) => {
    compileModule(path, ['-O2']);
    const more = {
      type: 'load',
      readable: true,
      writable: false,
      executable: true,
      offset: 0,
      alignment: 1,
    } as const;
    const overlapping = Array.from({ length: count }, () => ({
      ...more,
      address: 0,
      fileSize,
      memorySize: fileSize,
    }));
    const result = read((elf) => ({ ...elf, segments: [...elf.segments, ...overlapping] }));
    expect(result).toMatchObject({ kind: 'unknown', reason: expect.stringContaining(reason) });
  });

  function read(change: (elf: Elf) => Elf = (elf) => elf) {
    const source = fromBytes(readFileSync(path));
    const elf = parseElf(source);
    return elf.kind === 'elf' ? readModuleRecord(source, change(elf), 'org_lamp_GlowIsolator') : elf;
  }
});

const MEASURED = `
#include <cstring>
extern "C" const char glow[] = "${'x'.repeat(60_000)}";
unsigned long measured;
struct Measure { Measure() { for (int i = 0; i < 300; i++) measured = strlen(glow); } };
static Measure measure;
`;
