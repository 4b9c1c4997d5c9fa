import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addLoader } from '../../test/plugin-findings.ts';
import { rootWith } from '../../test/root-with.ts';
import { hasCompiler, library, program } from '../../test/small-elf.ts';
import { readService } from './service.ts';
import { readServiceStart } from './read-service-start.ts';

describe.runIf(hasCompiler)('builds of a library for better processors, under a root', () => {
  test.each([
    [[], []],
    [
      ['x86-64-v3'],
      [
        'which processor it runs on: on one of level x86-64-v4 the loader takes /opt/lib/glibc-hwcaps/x86-64-v3/libwick.so instead',
        'which processor it runs on: on one of level x86-64-v3 the loader takes /opt/lib/glibc-hwcaps/x86-64-v3/libwick.so instead',
      ],
    ],
    [
      ['x86-64-v2', 'x86-64-v4'],
      [
        'which processor it runs on: on one of level x86-64-v4 the loader takes /opt/lib/glibc-hwcaps/x86-64-v4/libwick.so instead',
        'which processor it runs on: on one of level x86-64-v3 the loader takes /opt/lib/glibc-hwcaps/x86-64-v2/libwick.so instead',
        'which processor it runs on: on one of level x86-64-v2 the loader takes /opt/lib/glibc-hwcaps/x86-64-v2/libwick.so instead',
      ],
    ],
  ])('%j', (levels: readonly string[], expected: readonly string[]) => {
    const host = rootWith({ '/etc/systemd/system/lamp.service': '[Service]\nExecStart=/opt/bin/lamp\n' });
    addLoader(host.root);
    const wick = join(host.root, 'opt/lib/libwick.so');
    library(wick, 'extern "C" int wick() { return 1; }');
    program(join(host.root, 'opt/bin/lamp'), 'extern "C" { int wick(); void _start() { wick(); } }', wick);
    for (const level of levels)
      library(
        join(host.root, 'opt/lib/glibc-hwcaps', level, 'libwick.so'),
        'extern "C" int wick() { return 1; }',
      );
    const { loaded, notExamined } = readServiceStart(host, readService(host, 'lamp'));
    expect(loaded?.closure.objects.map(({ path }) => path)).toEqual([
      '/opt/bin/lamp',
      '/opt/bin/../lib/libwick.so',
    ]);
    expect(notExamined.map((what) => what.replace('/bin/../', '/'))).toEqual(expected);
  });
});
