import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { Subject } from '../subject.ts';
import { credentialsPart } from './credentials.ts';

const ACCOUNTS = {
  '/etc/passwd': 'root:x:0:0::/root:/bin/sh\nkeeper:x:120:130::/:/bin/false\n',
  '/etc/group': 'root:x:0:\nkeeper:x:130:\noil:x:140:keeper,root\nadm:x:4:\n',
};

/** What the lines of [Service] make of it: node, its facts, label and evidence. */
function credentials(service: string, files: Readonly<Record<string, string>> = ACCOUNTS): string[] {
  const host = rootWith({ ...files, '/etc/systemd/system/lamp.service': `[Service]\n${service}` });
  const { nodes, edges } = credentialsPart(new Subject(host, 'lamp', { knowledge: [] }));
  return edges.map(({ to, label, evidence }) => {
    const node = nodes.find(({ id }) => id === to);
    const facts = Object.entries(node?.attributes ?? {}).map(([key, value]) => `${key} ${value}`);
    const where =
      'how' in evidence
        ? evidence.how
        : `${evidence.file.replace('/etc/systemd/system/', '')}:${evidence.line}`;
    return [to, node?.exists, ...facts, label, where].filter((word) => word !== undefined).join(' | ');
  });
}

test('a service that says nothing runs as root', () => {
  expect(credentials('')).toEqual(["user:root | true | uid 0 | no User=: systemd's own default"]);
});

test('a user with its numbers, and every group that comes with it', () => {
  expect(credentials('User=keeper\nSupplementaryGroups=adm 999\n')).toEqual([
    'user:keeper | true | uid 120 | User | lamp.service:2',
    'group:keeper | true | gid 130 | no Group=: the primary group of keeper',
    'group:adm | true | gid 4 | SupplementaryGroups | lamp.service:3',
    'group:999 |  | gid 999 | SupplementaryGroups | lamp.service:3',
    'group:oil | true | gid 140 | /etc/group:3',
  ]);
});

test('a user and a group that do not exist; a directory service that was not asked may know them', () => {
  expect(credentials('User=sailor\nGroup=crew\n')).toEqual([
    'user:sailor | false | User | lamp.service:2',
    'group:crew | false | Group | lamp.service:3',
  ]);
  const files = {
    ...ACCOUNTS,
    '/etc/nsswitch.conf': 'passwd: files [NOTFOUND=continue] ldap systemd # so\n',
  };
  expect(credentials('User=sailor\n', files)).toEqual([
    'user:sailor |  | unknown not in /etc/passwd; ldap was not asked | User | lamp.service:2',
  ]);
});

test('a user that systemd makes at each start', () => {
  expect(credentials('DynamicUser=yes\n')).toEqual([
    'user:lamp |  | uid given by systemd at each start (DynamicUser) | DynamicUser | lamp.service:2',
    'group:lamp |  | gid given by systemd at each start (DynamicUser) | DynamicUser | lamp.service:2',
  ]);
});

test('the sets of capabilities that lines change, what the sandbox takes away included', () => {
  expect(
    credentials('CapabilityBoundingSet=CAP_NET_RAW CAP_CHOWN\nAmbientCapabilities=CAP_CHOWN\n').slice(1),
  ).toEqual([
    'capabilities:capability bounding set | true | capabilities cap_chown cap_net_raw | CapabilityBoundingSet | lamp.service:2',
    'capabilities:ambient capabilities | true | capabilities cap_chown | AmbientCapabilities | lamp.service:3',
  ]);
  expect(credentials('CapabilityBoundingSet=~CAP_SYS_ADMIN\n').slice(1)).toEqual([
    'capabilities:capability bounding set | true | capabilities all but cap_sys_admin | CapabilityBoundingSet | lamp.service:2',
  ]);
  expect(credentials('CapabilityBoundingSet=\n').slice(1)).toEqual([
    'capabilities:capability bounding set | true | capabilities none | CapabilityBoundingSet | lamp.service:2',
  ]);
  expect(credentials('PrivateDevices=yes\n').slice(1)).toEqual([
    'capabilities:capability bounding set | true | capabilities all but cap_sys_rawio cap_mknod | PrivateDevices=yes take away cap_mknod cap_sys_rawio',
  ]);
});
