import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import type { RootedHost } from '../host/rooted-host.ts';
import { readServiceStart } from './read-service-start.ts';
import { loadService } from './service.ts';

const UNIT = '/etc/systemd/system/lamp.service';
const start = (host: RootedHost) => readServiceStart(host, loadService(host, 'lamp'));

test('an empty program is damaged', () => {
  const host = rootWith({ [UNIT]: '[Service]\nExecStart=/opt/lamp/bin/lamp\n', '/opt/lamp/bin/lamp': '' });
  expect(() => start(host)).toThrow(
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
  const host = rootWith({ [UNIT]: unit, '/usr/bin/lamp': '#!/bin/sh\nexec ./bin/lamp\n' });
  expect(start(host).launch?.hops.map(({ path }) => path)).toEqual(['/usr/bin/lamp', '/opt/lamp/bin/lamp']);
});
