import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RootedHost } from '../../../src/host/rooted-host.ts';
import { readServiceStart } from '../../../src/service/read-service-start.ts';
import { loadService } from '../../../src/service/service.ts';
import { rootWith } from '../../root-with.ts';
import { hasCompiler, library, program } from '../../small-elf.ts';

const start = (host: RootedHost) => readServiceStart(host, loadService(host, 'lamp'));

describe.skipIf(!hasCompiler)('a library at which the loader stops', () => {
  test.each([
    [0, "a file of 0 bytes can't be an ELF file (at byte 0)"],
    [20, 'the file ends inside its ELF header (at byte 20)'],
  ])('cut to %i bytes', (size, reason) => {
    const host = rootWith({
      '/etc/systemd/system/lamp.service': '[Service]\nExecStart=/opt/lamp/bin/lamp\n',
    });
    const at = join(host.root, 'opt/lamp/lib/libwick.so');
    library(at, 'extern "C" int wick() { return 1; }');
    const lamp = 'extern "C" int wick(); extern "C" void _start() { wick(); }';
    program(join(host.root, 'opt/lamp/bin/lamp'), lamp, at);
    expect(start(host).loaded?.closure.missing).toEqual([]);
    truncateSync(at, size);
    expect(start(host).refusal?.message).toBe(`/opt/lamp/bin/../lib/libwick.so is damaged: ${reason}`);
  });
});
