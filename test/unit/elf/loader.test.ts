import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDynamicSymbols } from '../../../src/formats/elf/dynamic-symbols.ts';
import type { LoadedObject } from '../../../src/formats/elf/loader/loaded-object.ts';
import { loaderPlatform } from '../../../src/formats/elf/loader/loader-platform.ts';
import { missingSymbols } from '../../../src/formats/elf/loader/missing-symbols.ts';
import { parseElf } from '../../../src/formats/elf/parse-elf.ts';
import type { FoundFile } from '../../../src/formats/elf/loader/found-file.ts';
import { openAtRunTime, resolveClosure } from '../../../src/formats/elf/loader/resolve-closure.ts';
import { hasCompiler, library, program, versionedLibrary } from '../../small-elf.ts';
import { withFile } from './file-source.ts';

const LINKS = ['none', 'rpath', 'runpath'] as const;
const FOLDERS = ['red', 'green', 'blue'] as const;

describe.skipIf(!hasCompiler)('against the loader of this machine', () => {
  let root = '';
  const built = (name: string, link: string) => join(root, 'built', `${name}.${link}`);

  beforeAll(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'cutover-loader-')));
    const lamp = join(root, 'built/liblamp.so');
    const wick = join(root, 'built/libwick.so');
    versionedLibrary(wick, 'wick', 'WICK_1.0');
    const needsWick = 'extern "C" int wick(); extern "C" int lamp() { return wick(); }';
    for (const link of LINKS) {
      library(lamp, needsWick, wick, ...options(link, '$ORIGIN/../blue:$ORIGIN/../red'));
      copyFileSync(lamp, built('liblamp.so', link));
      const start =
        'extern "C" int lamp(); extern "C" int wick(); extern "C" void _start() { lamp(); wick(); }';
      program(built('agent', link), start, lamp, wick, ...options(link, `${root}/run/green:${root}/run/red`));
    }
  }, 60_000);

  afterAll(() => rmSync(root, { recursive: true, force: true }));

  function options(link: string, path: string): string[] {
    const tag = link === 'rpath' ? '--disable-new-dtags' : '--enable-new-dtags';
    // The last -rpath counts besides the first: small-elf gives ../lib, which is never there.
    return link === 'none' ? [] : [`-Wl,${tag}`, `-Wl,-rpath,${path}`];
  }

  const link = fc.constantFrom(...LINKS);
  const folders = fc.subarray([...FOLDERS]);
  const scene = fc.record({
    agent: link,
    lamp: link,
    lampIn: folders,
    wickIn: folders,
    libraryPath: fc.shuffledSubarray([...FOLDERS]),
    preload: fc.boolean(),
  });

  test('every library is taken from where it takes it, and the same are missing', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const run = join(root, 'run');
        rmSync(run, { recursive: true, force: true });
        for (const folder of [...FOLDERS, 'bin']) mkdirSync(join(run, folder), { recursive: true });
        copyFileSync(built('agent', given.agent), join(run, 'bin/agent'));
        for (const folder of given.lampIn)
          copyFileSync(built('liblamp.so', given.lamp), join(run, folder, 'liblamp.so'));
        for (const folder of given.wickIn)
          copyFileSync(join(root, 'built/libwick.so'), join(run, folder, 'libwick.so'));
        const libraryPath = given.libraryPath.map((folder) => join(run, folder)).join(':');
        const preload = given.preload ? join(run, 'red/libwick.so') : '';
        const program = join(run, 'bin/agent');
        const found = closureOf(program, libraryPath, preload);
        const expected = traced(program, libraryPath, preload);
        const interpreter = found.interpreter?.path ?? '';
        expect(
          found.objects
            .slice(1)
            .map(({ path }) => path)
            .filter((path) => path !== interpreter),
        ).toEqual(expected.paths.filter((path) => path !== interpreter));
        const fatal = found.missing.filter((library) => library.fatal);
        expect(fatal.map(({ name }) => name)).toEqual([...new Set(expected.missing)]);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test('a version that the library has not, and a symbol that nothing has', () => {
    const run = join(root, 'other');
    const wick = join(run, 'libwick.so');
    versionedLibrary(wick, 'wick', 'WICK_0.9');
    library(join(run, 'libsmoke.so'), 'extern "C" int smoke(); extern "C" int fire() { return smoke(); }');
    const agent = built('agent', 'none');
    const found = closureOf(agent, `${run}:${join(root, 'built')}`, '');
    const { symbols, versions } = missingSymbols(found.objects, found.objects, found.byName, symbolsOf);
    const shown = symbols.map(({ name, version, neededBy }) => [name, version, neededBy.path]);
    expect(shown).toEqual([
      ['wick', 'WICK_1.0', agent],
      ['wick', 'WICK_1.0', join(root, 'built/liblamp.so')],
    ]);
    expect(versions.map(({ version, library, neededBy }) => [version, library.path, neededBy.path])).toEqual([
      ['WICK_1.0', wick, agent],
      ['WICK_1.0', wick, join(root, 'built/liblamp.so')],
    ]);
    const settings = { platform: loaderPlatform(found.program.elf, 'multiarch'), workingDirectory: '/' };
    const opened = openAtRunTime(found, join(run, 'libsmoke.so'), lookUp, settings);
    expect(opened.added.map(({ path }) => path)).toEqual([join(run, 'libsmoke.so')]);
    const scope = [...found.objects, ...opened.objects];
    const binding = missingSymbols(opened.added, scope, found.byName, symbolsOf);
    expect(binding.symbols.map(({ name }) => name)).toEqual(['smoke']);
  });

  function closureOf(path: string, libraryPath: string, preload: string) {
    const file = lookUp(path);
    if (file?.elf.kind !== 'elf') throw new Error(`${path} is no program`);
    const { elf, realPath } = file;
    const platform = loaderPlatform(elf, 'multiarch');
    return resolveClosure({ path, realPath, elf }, lookUp, {
      platform,
      libraryPath,
      preload,
      workingDirectory: '/',
    });
  }
});

function lookUp(path: string): FoundFile | undefined {
  if (!existsSync(path)) return undefined;
  return { realPath: realpathSync(path), elf: withFile(path, parseElf) };
}

function symbolsOf(object: LoadedObject) {
  return withFile(object.path, (source) => readDynamicSymbols(source, object.elf));
}

/** What the loader says when it is asked to list and not to run. */
function traced(path: string, libraryPath: string, preload: string) {
  const environment = { LD_TRACE_LOADED_OBJECTS: '1', LD_LIBRARY_PATH: libraryPath, LD_PRELOAD: preload };
  const { stdout } = spawnSync(path, [], { encoding: 'utf8', env: environment, cwd: '/' });
  const lines = stdout.split('\n').map((line) => line.trim());
  return {
    paths: lines.flatMap((line) => /^(?:.* => )?(\/.*) \(0x/.exec(line)?.[1] ?? []),
    missing: lines.flatMap((line) => /^(.*) => not found/.exec(line)?.[1] ?? []),
  };
}
