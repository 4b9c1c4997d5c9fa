import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DropIn, EMPTY_DROP_IN, parseDropIn, renderDropIn } from './drop-in.ts';

const FULL: DropIn = {
  binds: [
    '/var/lib/cutover/store/sha256-ab:/root/repo/mesos/build',
    '/var/lib/cutover/store/sha256-cd/libssl.so.3:/usr/lib/libssl.so.3',
  ],
  execStart: '/root/repo/mesos/build/bin/mesos-slave.sh --ip="$IP" 100%%',
  environmentFile: '/etc/systemd/system/dcos-mesos-slave.service.d/90-cutover.env',
  environment: new Map([['MESOS_ATTRIBUTES', 'a "b" 50% \\']]),
  resetUnset: true,
  unset: ['LD_LIBRARY_PATH', 'MESOS_HOOKS=a 100% b'],
};

test('a drop-in with everything in it', () => {
  expect(renderDropIn(FULL)).toBe(
    `# Written by Cutover. To take it back: cutover rollback, with the name of the service.
[Service]
BindReadOnlyPaths=/var/lib/cutover/store/sha256-ab:/root/repo/mesos/build
BindReadOnlyPaths=/var/lib/cutover/store/sha256-cd/libssl.so.3:/usr/lib/libssl.so.3
ExecStart=
ExecStart=/root/repo/mesos/build/bin/mesos-slave.sh --ip="$IP" 100%%
EnvironmentFile=/etc/systemd/system/dcos-mesos-slave.service.d/90-cutover.env
Environment="MESOS_ATTRIBUTES=a \\"b\\" 50%% \\\\"
UnsetEnvironment=
UnsetEnvironment=LD_LIBRARY_PATH "MESOS_HOOKS=a 100%% b"
`,
  );
});

test('what was written is read back', () => {
  expect(parseDropIn('/etc/90-cutover.conf', renderDropIn(FULL))).toEqual(FULL);
  expect(parseDropIn('/etc/90-cutover.conf', renderDropIn(EMPTY_DROP_IN))).toEqual(EMPTY_DROP_IN);
});

test('a drop-in in which somebody else wrote is not', () => {
  expect(parseDropIn('/etc/90-cutover.conf', `${renderDropIn(FULL)}LimitNOFILE=1024\n`)).toBeUndefined();
});

test('every value survives', () => {
  const value = fc.string({ unit: 'grapheme-ascii' }).filter((text) => !/[\r\n\0]/.test(text));
  fc.assert(
    fc.property(value, (text) => {
      const dropIn = { ...EMPTY_DROP_IN, environment: new Map([['MESOS_ATTRIBUTES', text]]) };
      expect(parseDropIn('/etc/90-cutover.conf', renderDropIn(dropIn))).toEqual(dropIn);
    }),
  );
});
