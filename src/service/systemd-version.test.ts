import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { systemdVersion } from './systemd-version.ts';

test.each([
  ['/usr/lib/x86_64-linux-gnu/systemd/libsystemd-shared-252.so', 252],
  ['/usr/lib/systemd/libsystemd-shared-257.9-1.fc42.so', 257],
  ['/usr/lib/systemd/systemd', undefined],
])('%s', (path, version) => {
  expect(systemdVersion(rootWith({ [path]: '' }))).toBe(version);
});
