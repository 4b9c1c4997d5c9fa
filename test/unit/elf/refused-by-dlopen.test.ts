import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { RootedHost } from '../../../src/host/rooted-host.ts';
import { loadProgram } from '../../../src/service/load-program.ts';
import { PLAIN_START } from '../../../src/service/loader-settings.ts';
import { RunTimeLibraries } from '../../../src/service/run-time-libraries.ts';
import { hasCompiler, library } from '../../small-elf.ts';

/** Opens its argument and prints the loader's complaint, or nothing. */
const OPENER = `#include <dlfcn.h>
#include <stdio.h>
int main(int count, char **words) { if (!dlopen(words[1], RTLD_NOW)) puts(dlerror()); return 0; }`;

describe.runIf(hasCompiler)('a library that was linked with -z nodlopen', () => {
  test('is refused by dlopen, and so is one that needs it', () => {
    const directory = mkdtempSync(join(tmpdir(), 'cutover-nodlopen-'));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const at = (name: string): string => join(directory, name);
    library(at('libwick.so'), 'extern "C" int wick() { return 1; }', '-Wl,-z,nodlopen');
    library(at('libsoot.so'), 'extern "C" int soot() { return 1; }');
    const needs = 'extern "C" int wick(); extern "C" int lamp() { return wick(); }';
    library(at('liblamp.so'), needs, at('libwick.so'), '-Wl,-rpath,$ORIGIN');
    execFileSync('g++', ['-x', 'c++', '-', '-o', at('opener'), '-ldl'], { input: OPENER });
    const program = loadProgram(new RootedHost('/'), at('opener'), PLAIN_START, []);
    if (program === undefined) throw new Error('the opener is no program');
    const ours = (name: string): string => {
      const opened = new RunTimeLibraries(new RootedHost('/'), program).open(at(name), false);
      return opened.kind === 'unusable' ? `${opened.path}: ${opened.reason}` : opened.kind;
    };
    const real = (name: string): string =>
      execFileSync(at('opener'), [at(name)], { encoding: 'utf8' }).trim();
    const refused = `${at('libwick.so')}: it was linked with -z nodlopen: shared object cannot be dlopen()ed`;
    expect([ours('libwick.so'), ours('liblamp.so'), ours('libsoot.so')]).toEqual([refused, refused, 'found']);
    expect([real('libwick.so'), real('liblamp.so'), real('libsoot.so')]).toEqual([
      `${at('libwick.so')}: shared object cannot be dlopen()ed`,
      'libwick.so: shared object cannot be dlopen()ed',
      '',
    ]);
  });
});
