import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { loadService } from './service.ts';
import { namedFiles } from './named-files.ts';

const UNIT = '/etc/systemd/system/lamp@.service';

function named(text: string): string[] {
  const host = rootWith({ [UNIT]: text });
  return namedFiles(host, loadService(host, 'lamp@east').unit).map(
    ({ directive, path, place, optional, boundAt }) =>
      `${place.line} ${directive} ${optional ? 'optional ' : ''}${path}${boundAt === undefined ? '' : ` at ${boundAt}`}`,
  );
}

test('credentials, streams, directories, what is bound, shown or hidden, mounts and conditions', () => {
  expect(
    named(`[Unit]
RequiresMountsFor=/srv/oil "/srv/two words"
ConditionPathExists=|!/etc/lamp.off
AssertPathIsDirectory=/srv/%i
ConditionUser=keeper
[Service]
ExecStart=/bin/true
LoadCredential=key:/etc/lamp/%i.key
LoadCredential=stored
LoadCredentialEncrypted=seal:/etc/lamp/seal.cred
SetCredentialEncrypted=inline:k6iUCUh0RJCQyvL8k8q1UyAAAAABAAAADAAAABAAAAC
StandardInput=file:/srv/in put
StandardOutput=append:/var/log/lamp.log
StandardError=journal
WorkingDirectory=-/srv/lamp/
RootImage=/srv/lamp.raw
NetworkNamespacePath=/run/netns/east
BindPaths=/srv/a:/srv/b:norbind -/srv/c
BindReadOnlyPaths=/srv/same:/srv/same
ReadWritePaths=-/srv/rw +/srv/in-root
InaccessiblePaths=/srv//hidden
TemporaryFileSystem=/var:ro
DeviceAllow=/dev/lamp rw
DeviceAllow=char-pts
`),
  ).toEqual([
    '2 RequiresMountsFor /srv/oil',
    '2 RequiresMountsFor /srv/two words',
    '3 ConditionPathExists optional /etc/lamp.off',
    '4 AssertPathIsDirectory optional /srv/east',
    '8 LoadCredential /etc/lamp/east.key',
    '10 LoadCredentialEncrypted /etc/lamp/seal.cred',
    '12 StandardInput /srv/in put',
    '13 StandardOutput optional /var/log/lamp.log',
    '15 WorkingDirectory optional /srv/lamp',
    '16 RootImage /srv/lamp.raw',
    '17 NetworkNamespacePath /run/netns/east',
    '18 BindPaths /srv/a at /srv/b',
    '18 BindPaths optional /srv/c',
    '19 BindReadOnlyPaths /srv/same',
    '20 ReadWritePaths optional /srv/rw',
    '20 ReadWritePaths /srv/in-root',
    '21 InaccessiblePaths /srv/hidden',
    '22 TemporaryFileSystem /var',
    '23 DeviceAllow optional /dev/lamp',
  ]);
});

test('lines that count: an empty one takes back, of one value the last counts, sections are apart', () => {
  expect(
    named(`[Unit]
WorkingDirectory=/unit
[Service]
ExecStart=/bin/true
ReadOnlyPaths=/a
ReadOnlyPaths=
ReadOnlyPaths=/b
WorkingDirectory=/c
WorkingDirectory=/d
StandardOutput=file:/e
StandardOutput=null
ConditionPathExists=/f
`),
  ).toEqual(['7 ReadOnlyPaths /b', '9 WorkingDirectory /d']);
});
