import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseElf } from '../../../src/formats/elf/parse-elf.ts';
import { readModuleRecord } from '../../../src/knowledge/mesos/module-record/read-module-record.ts';
import { hasCompiler } from '../../small-elf.ts';
import { compileModule, compileShow } from './compile-module.ts';
import { withFile } from './file-source.ts';

const NAME = 'org_lamp_GlowIsolator';

describe.skipIf(!hasCompiler)('records read without loading the library, against dlopen', () => {
  let folder = '';
  let show = '';
  let library = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cutover-module-'));
    show = join(folder, 'show');
    library = join(folder, 'module.so');
    compileShow(show);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    [['-O0']],
    [['-O1', '-Wl,--hash-style=sysv']],
    [['-O2', '-s']],
    [['-O3', '-fno-plt', '-fcf-protection=full']],
    [['-Os', '-fstack-protector-all', '-Wl,-z,now']],
  ])('g++ %j', (options) => {
    compileModule(library, options);
    expect(read(NAME)).toEqual({
      kind: 'record',
      how: 'start-up code',
      apiVersion: '2',
      mesosVersion: '0.28.1',
      moduleKind: 'Isolator',
      authorName: 'Lamp makers',
      authorEmail: 'lamp@example.org',
      description: 'Glows.',
    });
    expect(shown()).toEqual(['2', '0.28.1', 'Isolator', 'Lamp makers', 'lamp@example.org', 'Glows.']);
  });

  test('a record that is laid down by the linker', () => {
    compileModule(library, ['-O2'], record('extern "C" const LaidDown'), '');
    expect(read(NAME)).toMatchObject({
      kind: 'record',
      how: 'relocations',
      mesosVersion: '1.0.0',
      authorName: null,
    });
    expect(shown()).toEqual(['2', '1.0.0', 'Isolator', '(none)', 'lamp@example.org', 'Glows.']);
  });

  test.each([
    ['the environment decides', 'getenv("LAMP") ? "0.27.0" : "0.28.1"', ''],
    ['a function of the C library makes the text', 'std::to_string(1).c_str()', ''],
    ['an exception decides', 'caught()', CAUGHT],
  ])('unknown, and no guess: %s', (_, version, before) => {
    compileModule(library, ['-O2'], made(version), before);
    expect(read(NAME)).toEqual({
      kind: 'unknown',
      reason: 'its Mesos version is not a text that could be read',
    });
  });

  test('a change after the constructor by code that the C library calls', () => {
    compileModule(library, ['-O2'], made('"1.0.0"') + SORTED, '');
    expect(shown()[5]).toBe('changed');
    expect(read(NAME)).toEqual({
      kind: 'unknown',
      reason: 'its address is handed to code that is not followed',
    });
  });

  test('a name that the library does not have', () => {
    compileModule(library, ['-O2']);
    expect(read('org_lamp_DarkIsolator')).toEqual({ kind: 'not-provided' });
  });

  function read(name: string) {
    return withFile(library, (source) => {
      const elf = parseElf(source);
      return elf.kind === 'elf' ? readModuleRecord(source, elf, name) : elf;
    });
  }

  function shown(): string[] {
    return execFileSync(show, [library, NAME], { encoding: 'utf8' }).trimEnd().split('\n');
  }
});

const CAUGHT = `
static const char* caught() {
  const char* version = "1.0.0";
  try { if (getenv("HOME")) throw 1; } catch (int) { version = "9.9.9"; }
  return version;
}`;

const SORTED = `
static ModuleBase* list[2];
static int compare(const void* one, const void*) { (*(ModuleBase* const*) one)->text = "changed"; return 0; }
struct Sort { Sort() { list[0] = list[1] = &org_lamp_GlowIsolator; qsort(list, 2, sizeof(list[0]), compare); } };
static Sort sort;`;

function made(version: string): string {
  return `Module<Isolator> ${NAME}("2", ${version}, "Lamp makers", "lamp@example.org", "Glows.", nullptr, light);`;
}

function record(kind: string): string {
  return `
struct LaidDown { const char *api, *mesos, *kind, *author, *email, *text; bool (*compatible)(); Isolator* (*create)(const void*); };
${kind} ${NAME};
const LaidDown ${NAME} = {"2", "1.0.0", "Isolator", nullptr, "lamp@example.org", "Glows.", nullptr, light};`;
}
