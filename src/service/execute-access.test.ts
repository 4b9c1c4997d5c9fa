import { expect, test } from 'vitest';
import { PlannedHost } from '../host/planned-host.ts';
import { rootWith } from '../../test/root-with.ts';
import { executeAccess } from './execute-access.ts';
import { loadService, mainCommand } from './service.ts';

interface Case {
  readonly unit?: string;
  readonly command?: string;
  readonly mode?: number;
  readonly owner?: readonly [uid: number, gid: number];
  readonly need?: 'execute' | 'read' | 'both';
}

/** What is said of /opt/lamp/lamp. */
function said({
  unit = 'User=lamp',
  command = '/opt/lamp/lamp',
  mode = 0o750,
  owner = [0, 0],
  need = 'execute',
}: Case) {
  const host = rootWith({
    '/etc/passwd': 'lamp:x:7:8::/:/bin/false\nroot:x:0:0::/:/bin/sh\n',
    '/etc/systemd/system/lamp.service': `[Service]\n${unit}\nExecStart=${command}\n`,
  });
  const [uid, gid] = owner;
  const planned = new PlannedHost(host, {
    entries: new Map([['/opt/lamp/lamp', { type: 'file', content: 'x', mode, uid, gid } as const]]),
    trees: [],
  });
  const service = loadService(planned, 'lamp');
  const main = mainCommand(service);
  return main === undefined ? 'no command' : executeAccess(planned, service, main)('/opt/lamp/lamp', need);
}

test.each<[Case, string | undefined]>([
  [{}, 'User=lamp may not execute it: it belongs to 0:0 and has the mode 0750'],
  [{ command: '!/opt/lamp/lamp' }, undefined],
  [{ command: '!!/opt/lamp/lamp' }, 'User=lamp may not execute it: it belongs to 0:0 and has the mode 0750'],
  [{ mode: 0o751 }, undefined],
  [{ mode: 0o751, need: 'both' }, 'User=lamp may not read it: it belongs to 0:0 and has the mode 0751'],
  [{ mode: 0o751, need: 'read' }, 'User=lamp may not read it: it belongs to 0:0 and has the mode 0751'],
  [{ mode: 0o744, need: 'read' }, undefined],
  [{ mode: 0o744, need: 'both' }, 'User=lamp may not execute it: it belongs to 0:0 and has the mode 0744'],
  [{ mode: 0o500, owner: [7, 0] }, undefined],
  [{ mode: 0o077, owner: [7, 0] }, 'User=lamp may not execute it: it belongs to 7:0 and has the mode 0077'],
  [{ mode: 0o750, owner: [0, 8] }, undefined],
  [{ mode: 0o705, owner: [0, 8] }, 'User=lamp may not execute it: it belongs to 0:8 and has the mode 0705'],
  [{ mode: 0o750, owner: [0, 9] }, undefined], // it may be in that group
  [{ unit: 'User=lamp\nSupplementaryGroups=adm root' }, undefined],
  [{ unit: 'User=7' }, 'User=7 may not execute it: it belongs to 0:0 and has the mode 0750'],
  [{ unit: 'User=root' }, undefined],
  [{ unit: '' }, undefined],
  [{ unit: 'User=lamp\nUser=' }, undefined],
  [{ unit: 'User=lamp\nDynamicUser=yes' }, undefined],
  [{ unit: 'User=stranger' }, undefined],
  [{ command: '+/opt/lamp/lamp' }, undefined],
  [{ command: '-/opt/lamp/lamp' }, 'User=lamp may not execute it: it belongs to 0:0 and has the mode 0750'],
])('%j: %s', (given, expected) => {
  expect(said(given)).toBe(expected);
});
