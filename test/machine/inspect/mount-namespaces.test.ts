// What the processes of a service see of the file system, and which libraries the loader finds there: as hostSeenBy works it
// out from the unit, and as the kernel and the loader say inside the namespace of a running service.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Host } from '../../../src/host/host.ts';
import { RootedHost } from '../../../src/host/rooted-host.ts';
import { hostSeenBy, type SeenHost } from '../../../src/service/host-seen-by.ts';
import { loadProgram } from '../../../src/service/load-program.ts';
import { PLAIN_START } from '../../../src/service/loader-settings.ts';
import { mainCommand, readService } from '../../../src/service/service.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootMachine, type Machine } from '../../hosts/machine.ts';

const BUILD = `
set -e
mkdir -p /opt/a /opt/b /opt/empty /srv/wick /srv/deep/er /home/wick /var/tmp/wick /root/wick; cd /opt
echo 'int wick(void) { return 1; }' > wick.c
echo 'int wick(void); int main(void) { return wick(); }' > lamp.c
gcc -shared -fPIC -Wl,-soname,libwick.so -o a/libwick.so wick.c
for to in /opt/b /srv/wick /home/wick /root/wick /tmp /var/tmp/wick; do cp a/libwick.so $to/; done
gcc -o /usr/local/bin/lamp lamp.c -La -lwick -Wl,--enable-new-dtags,-rpath,/tmp:/var/tmp/wick:/home/wick:/root/wick:/srv/link:/opt/a:/opt/b:/run/wick
ln -s wick /srv/link; ln -s /opt/a /opt/to-a; ln -s /srv /opt/to-srv
for in in /opt/a /opt/b /srv/wick /srv/deep/er /home/wick /root/wick /tmp /var/tmp/wick; do echo "$in" > $in/mark; done
mkdir -p /lib/modules/6.1; echo module > /lib/modules/6.1/mark
`;

const PROBES = [
  '/opt /opt/a /opt/a/mark /opt/a/libwick.so /opt/b /opt/b/mark /opt/empty /opt/to-a/mark /opt/to-srv/wick/mark /opt/new/mark',
  '/srv /srv/link /srv/link/mark /srv/wick /srv/deep /srv/deep/er/mark /home /home/wick/mark /root /root/wick/mark',
  '/tmp /tmp/mark /var/tmp /var/tmp/wick/mark /run/user /run/wick/mark /dev/null /dev/kmsg /dev/console /dev/log /dev/ptmx /lib/modules',
  '/proc/kcore /usr/lib/os-release',
].flatMap((line) => line.split(' '));

/** The lines of [Service]. */
const CASES: readonly (readonly [name: string, lines: string])[] = [
  ['plain', 'PrivateMounts=yes'],
  ['private-tmp', 'PrivateTmp=yes'],
  ['home', 'PrivateTmp=yes\nProtectHome=yes'],
  ['home-tmpfs', 'PrivateTmp=yes\nProtectHome=tmpfs'],
  ['home-read-only', 'PrivateTmp=yes\nProtectHome=read-only'],
  ['home-bound', 'PrivateTmp=yes\nProtectHome=tmpfs\nBindPaths=/home/wick'],
  ['home-bound-in-vain', 'PrivateTmp=yes\nProtectHome=yes\nBindPaths=/home/wick'],
  [
    'inaccessible',
    'PrivateTmp=yes\nProtectHome=yes\nInaccessiblePaths=/srv/wick -/nowhere /opt/a/libwick.so',
  ],
  ['inaccessible-link', 'PrivateTmp=yes\nProtectHome=yes\nInaccessiblePaths=/srv/link /opt/to-a'],
  ['inaccessible-file', 'PrivateTmp=yes\nProtectHome=yes\nInaccessiblePaths=/srv /opt/b/mark'],
  [
    'reset',
    'InaccessiblePaths=/tmp /srv\nInaccessiblePaths=\nTemporaryFileSystem=/tmp\nTemporaryFileSystem=',
  ],
  ['temporary', 'PrivateTmp=yes\nProtectHome=yes\nTemporaryFileSystem=/srv:ro /opt'],
  [
    'temporary-bound',
    'PrivateTmp=yes\nProtectHome=yes\nTemporaryFileSystem=/srv /opt\nBindReadOnlyPaths=/opt/b /srv/wick:/opt/to-a',
  ],
  ['temporary-read-only', 'PrivateTmp=yes\nProtectHome=yes\nTemporaryFileSystem=/srv\nReadOnlyPaths=/srv'],
  ['temporary-read-write', 'PrivateTmp=yes\nProtectHome=yes\nTemporaryFileSystem=/srv\nReadWritePaths=/srv'],
  ['temporary-exec', 'PrivateTmp=yes\nProtectHome=yes\nTemporaryFileSystem=/srv\nExecPaths=/srv'],
  [
    'temporary-inaccessible',
    'PrivateTmp=yes\nProtectHome=yes\nTemporaryFileSystem=/srv\nInaccessiblePaths=/srv\nBindPaths=/opt/b:/srv/wick',
  ],
  [
    'temporary-link',
    'PrivateTmp=yes\nProtectHome=yes\nBindPaths=/opt/b:/srv/deep/er\nTemporaryFileSystem=/opt/to-srv',
  ],
  [
    'temporary-link-bound',
    'PrivateTmp=yes\nProtectHome=yes\nTemporaryFileSystem=/srv\nBindPaths=/opt/b:/opt/to-srv/link',
  ],
  [
    'temporary-system',
    'ProtectSystem=full\nTemporaryFileSystem=/etc /usr/lib/modules\nPrivateTmp=yes\nProtectHome=yes',
  ],
  [
    'temporary-strict',
    'ProtectSystem=strict\nTemporaryFileSystem=/ /srv /home /dev\nPrivateTmp=yes\nProtectHome=yes',
  ],
  ['temporary-root', 'TemporaryFileSystem=/\nBindReadOnlyPaths=/usr /bin /lib /lib64 /etc /opt/b'],
  ['bound', 'PrivateTmp=yes\nProtectHome=yes\nBindPaths=/opt/empty:/srv/wick /opt/b:/opt/new'],
  ['bound-twice', 'BindPaths=/opt/a:/srv/wick\nBindPaths=/opt/b:/srv/wick /opt/b:/tmp'],
  ['bound-read-only-twice', 'BindReadOnlyPaths=/opt/a:/srv/wick\nBindPaths=/opt/b:/srv/wick'],
  ['bound-norbind', 'BindPaths=/opt/a:/srv/wick /opt/b:/srv/wick:norbind'],
  ['bound-file', 'BindPaths=/opt/b/mark:/opt/a/mark /opt/b/libwick.so:/tmp/libwick.so'],
  ['bound-under', 'BindPaths=/opt/b:/opt/a /srv/wick/mark:/opt/a/mark /srv:/opt/empty'],
  ['bound-over-tmp', 'PrivateTmp=yes\nBindPaths=/opt/b:/tmp'],
  ['bound-in-tmp', 'PrivateTmp=yes\nBindPaths=/opt/b/mark:/tmp/mark /opt/b/libwick.so:/tmp/libwick.so'],
  [
    'bound-from-hidden',
    'PrivateTmp=yes\nInaccessiblePaths=/srv/wick\nBindPaths=/srv/wick:/opt/new /tmp:/opt/empty',
  ],
  ['bound-absent', 'PrivateTmp=yes\nBindPaths=-/nowhere:/srv/wick'],
  ['devices', 'PrivateDevices=yes\nPrivateTmp=yes'],
  ['devices-bound', 'PrivateDevices=yes\nBindPaths=/opt/b/mark:/dev/console'],
  [
    'kernel',
    'ProtectKernelModules=yes\nProtectKernelLogs=yes\nProtectKernelTunables=yes\nProtectSystem=strict\nPrivateTmp=yes',
  ],
  ['dynamic', 'DynamicUser=yes'],
  [
    'privileged',
    'ExecStart=\nExecStart=+/bin/sleep infinity\nPrivateTmp=yes\nProtectHome=yes\nInaccessiblePaths=/srv\nTemporaryFileSystem=/opt\nBindPaths=/opt/b',
  ],
];

describeOnMachine('the file system of a service', () => {
  let machine: Machine;
  /** What the kernel and the loader say in each service. */
  const truth = new Map<string, readonly string[]>();
  beforeAll(async () => {
    machine = await bootMachine({ name: 'namespaces' });
    const services = CASES.map(
      ([name, lines]) =>
        `printf '[Service]\\nExecStart=/bin/sleep infinity\\n${lines.replaceAll('\n', '\\n')}\\n' > /etc/systemd/system/${name}.service`,
    );
    const names = CASES.map(([name]) => name).join(' ');
    await machine.mustRunShell(
      `${BUILD}\n${services.join('\n')}\nsystemctl daemon-reload; systemctl start ${names}`,
    );
    // systemd calls a service started whose process is still at making its namespace.
    await machine.mustRunShell(
      `for n in ${names}; do while readlink /proc/$(systemctl show -P MainPID $n)/exe | grep -q /systemd; do sleep 0.05; done; done`,
    );
    const said = await machine.mustRunShell(
      `for n in ${names}; do echo "@$n"; nsenter -t $(systemctl show -P MainPID $n) -m /bin/sh -c '${ORACLE}'; done`,
    );
    for (const [name = '', ...lines] of said.split('@').map((part) => part.trimEnd().split('\n')))
      truth.set(name, lines);
  });
  afterAll(async () => {
    await machine.throwAway();
  });

  test.each(CASES)('%s', (name) => {
    const { host } = seenBy(name);
    const found = [...PROBES.map((path) => probe(host, path)), wickFor(host)];
    expect(found).toEqual(truth.get(name));
  });

  function seenBy(name: string): SeenHost {
    const host = new RootedHost(machine.view);
    const service = readService(host, name);
    return hostSeenBy(host, service.unit, mainCommand(service)?.prefixes);
  }
});

const ORACLE = `for p in ${PROBES.join(' ')}; do
  if [ -d $p ]; then echo $p directory; elif [ -c $p ] || [ -S $p ]; then echo $p other
  elif [ -s $p ]; then case $p in */mark|*/os-release) read -r line < $p; echo $p $line;; *) echo $p file;; esac
  elif [ -e $p ]; then echo $p empty; else echo $p absent; fi; done
LD_TRACE_LOADED_OBJECTS=1 /usr/local/bin/lamp 2>&1 | sed -n "s/.*libwick.so[:=> ]*\\(.*[a-z]\\)[^a-z]*(0x.*/\\1/p; s/.*libwick.so.*not found/not found/p; s/.*rror while loading.*/refused/p"
`;

/** In the words of the script. */
function probe(host: Host, path: string): string {
  const facts = host.stat(path);
  if (facts === undefined) return `${path} absent`;
  if (facts.type === 'directory') return `${path} directory`;
  if (facts.type === 'other') return `${path} other`;
  if (facts.size === 0) return `${path} empty`;
  if (!/\/(?:mark|os-release)$/.test(path)) return `${path} file`;
  return `${path} ${Buffer.from(host.readFile(path)).toString().split('\n')[0]}`;
}

function wickFor(host: Host): string {
  const loaded = loadProgram(host, '/usr/local/bin/lamp', PLAIN_START, []);
  if (loaded !== undefined && loaded.refusals.length > 0) return 'refused';
  return loaded?.closure.objects.find((object) => object.name === 'libwick.so')?.path ?? 'not found';
}
