import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addLoader } from '../../test/plugin-findings.ts';
import { addToRoot, rootWith } from '../../test/root-with.ts';
import { hasCompiler, library, program } from '../../test/small-elf.ts';
import type { RootedHost } from '../host/rooted-host.ts';
import { readServiceStart } from './read-service-start.ts';
import { loadService } from './service.ts';

const UNIT = '/etc/systemd/system/lamp.service';
const start = (host: RootedHost) => readServiceStart(host, loadService(host, 'lamp'));

test('an empty program is damaged', () => {
  const host = rootWith({ [UNIT]: '[Service]\nExecStart=/opt/lamp/bin/lamp\n', '/opt/lamp/bin/lamp': '' });
  expect(start(host).refusal?.message).toBe(
    "/opt/lamp/bin/lamp is damaged: a file of 0 bytes can't be an ELF file (at byte 0)",
  );
});

test('a root of its own is not entered, which is said', () => {
  const unit = '[Service]\nRootDirectory=/srv/lamp\nExecStart=/bin/lamp\n';
  expect(start(rootWith({ [UNIT]: unit })).notExamined).toEqual([
    'inside RootDirectory=/srv/lamp: the program and its libraries were looked up on the host instead',
  ]);
});

test('a wrapper is followed from the working directory of the unit', () => {
  const unit = '[Service]\nWorkingDirectory=/srv\nWorkingDirectory=-/opt/lamp\nExecStart=/usr/bin/lamp\n';
  const files = { [UNIT]: unit, '/usr/bin/lamp': '#!/bin/sh\nexec ./bin/lamp\n' };
  const hops = (host: RootedHost) => start(host).launch?.hops.map(({ path }) => path);
  expect(hops(rootWith({ ...files, '/opt/lamp/.keep': '' }))).toEqual([
    '/usr/bin/lamp',
    '/opt/lamp/bin/lamp',
  ]);
  expect(hops(rootWith(files))).toEqual(['/usr/bin/lamp', '/bin/lamp']);
});

describe.runIf(hasCompiler)('what decides which library is loaded', () => {
  function lampRoot() {
    const host = rootWith({ '/opt/lamp/.keep': '' });
    addLoader(host.root);
    const at = (path: string) => join(host.root, path);
    const wick = 'extern "C" int wick() { return 1; }';
    for (const directory of ['opt/lamp/lib', 'opt/lamp', 'opt/old', 'srv/shut'])
      library(at(`${directory}/libwick.so`), wick, '-Wl,-soname,libwick.so');
    program(
      at('usr/bin/lamp'),
      'extern "C" int wick(); extern "C" void _start() { for (;;) wick(); }',
      at('opt/old/libwick.so'),
    );
    const started = (lines: string) => {
      addToRoot(host.root, { [UNIT]: `[Service]\n${lines}\nExecStart=/usr/bin/lamp\n` });
      const { loaded, notExamined } = start(host);
      const found = loaded?.closure.objects.map(({ path }) => path).filter((path) => path.includes('wick'));
      return { found, missing: loaded?.closure.missing ?? [], notExamined };
    };
    return Object.assign(started, { root: host.root });
  }

  test('a relative LD_LIBRARY_PATH is looked up from the working directory', () => {
    const lamp = lampRoot();
    const found = (path: string, line = '') =>
      lamp(`${line}\nEnvironment=LD_LIBRARY_PATH=${path}`).found?.join();
    expect(found('lib', 'WorkingDirectory=/opt/lamp')).toBe('/opt/lamp/lib/libwick.so');
    expect(found('lib', 'WorkingDirectory=/opt/%p')).toBe('/opt/lamp/lib/libwick.so');
    expect(found('no:', 'WorkingDirectory=/opt/lamp')).toBe('/opt/lamp/libwick.so');
    expect(found('../old', 'WorkingDirectory=/opt/lamp')).toBe('/opt/lamp/../old/libwick.so');
    expect(found('opt/old')).toBe('/opt/old/libwick.so');
    expect(found('opt/old', 'WorkingDirectory=-/no')).toBe('/opt/old/libwick.so');
  });

  test('what the user may not read is passed over, with the reason where nothing else is found', () => {
    const lamp = lampRoot();
    const path = 'Environment=LD_LIBRARY_PATH=/srv/shut:/opt/old';
    const only = 'Environment=LD_LIBRARY_PATH=/srv/shut';
    const shut = (line: string) => lamp(`${line}\nUser=nobody`);
    expect(shut(path).found).toEqual(['/srv/shut/libwick.so']);
    addToRoot(lamp.root, { '/srv/shut': { mode: 0o700 } });
    expect(shut(path).found).toEqual(['/opt/old/libwick.so']);
    expect(shut(only).missing[0]?.tried[0]).toMatchObject({
      path: '/srv/shut/libwick.so',
      outcome: 'absent',
      reason: expect.stringMatching(/^User=nobody may not enter \/srv\/shut, which .* has the mode 0700$/),
    });
    expect(lamp(path).found).toEqual(['/srv/shut/libwick.so']);
    expect(lamp(`${path}\nUser=nobody\nAmbientCapabilities=CAP_DAC_READ_SEARCH`).found).toEqual([
      '/srv/shut/libwick.so',
    ]);
    addToRoot(lamp.root, { '/srv/shut': { mode: 0o755 } });
    addToRoot(lamp.root, { '/srv/shut/libwick.so': { mode: 0o600 } });
    expect(shut(path).found).toEqual(['/opt/old/libwick.so']);
  });

  test('features of the processor that are taken away are not followed, which is said', () => {
    const lamp = lampRoot();
    const { notExamined } = lamp(
      'Environment=GLIBC_TUNABLES=glibc.malloc.check=1:glibc.cpu.hwcap_mask=0 LD_HWCAP_MASK=1',
    );
    expect(notExamined).toEqual([
      'GLIBC_TUNABLES=glibc.cpu.hwcap_mask=0: the libraries are those of a process without it, with all that the processor can do',
      'LD_HWCAP_MASK=1: the libraries are those of a process without it, with all that the processor can do',
    ]);
    expect(lamp('Environment=GLIBC_TUNABLES=glibc.malloc.check=1').notExamined).toEqual([]);
  });
});
