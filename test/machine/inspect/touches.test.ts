// What inspect says of services that run, held against what the machine's own tools say of them.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dependentsSchema } from '../../../src/documents/dependents.ts';
import { type GraphNode, type Inspection, inspectionSchema } from '../../../src/documents/inspection.ts';
import { fetchedLayer } from '../../hosts/fetched-layer.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootMachine, type Machine } from '../../hosts/machine.ts';

const layer = fetchedLayer();
if (layer === undefined)
  process.stderr.write('NOT COMPARED: services of Debian packages, which the set-up could not fetch\n');

/** What the packages' scripts would do when they are installed. */
const INSTALLED = `
useradd --system --no-create-home --home-dir /run/sshd sshd
mkdir -p /run/sshd /var/spool/cron/crontabs /var/lib/nginx /var/log/nginx
ssh-keygen -A
cp /usr/share/openssh/sshd_config /etc/ssh/sshd_config
ln -s /usr/lib/systemd/system/rsyslog.service /etc/systemd/system/syslog.service
ldconfig
systemctl daemon-reload
systemctl start ssh cron rsyslog nginx
`;

/** Sockets of each kind, one of them declared by no one, and a connection. */
const LAMP = `
const { createServer, connect } = require('node:net');
createServer().listen(7001, '127.0.0.1');
createServer().listen(7003, '::1');
createServer().listen('/run/lamp/horn.sock');
require('node:dgram').createSocket('udp4').bind(7002);
createServer((socket) => socket.unref()).listen(7004, () => {
  require('node:child_process').spawn(process.execPath, ['-e', "require('node:net').connect(7004, '127.0.0.1')"]);
});
`;

const UNIT = `[Service]
ExecStart=${process.execPath} /opt/lamp.js
User=nobody
SupplementaryGroups=adm
RuntimeDirectory=lamp
StateDirectory=lamp
AmbientCapabilities=CAP_NET_BIND_SERVICE
CapabilityBoundingSet=CAP_NET_BIND_SERVICE CAP_CHOWN
NoNewPrivileges=yes
`;

describeOnMachine('what inspect sees of a running service', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await bootMachine({ name: 'touches', layers: layer === undefined ? [] : [layer] });
    if (layer !== undefined) await machine.mustRunShell(INSTALLED);
    await machine.writeFile('/opt/lamp.js', LAMP);
    await machine.writeFile('/etc/systemd/system/lamp.service', UNIT);
    await machine.writeFile(
      '/etc/systemd/system/lamp.socket',
      '[Socket]\nListenStream=127.0.0.1:7001\nListenStream=7009\n',
    );
    await machine.writeFile(
      '/opt/perl-lamp',
      '#!/usr/bin/perl\nmy $p = "/bin/sleep";\nexec "$p 999";\n',
      0o755,
    );
    await machine.writeFile('/etc/systemd/system/perl-lamp.service', '[Service]\nExecStart=/opt/perl-lamp\n');
    await machine.mustRunShell(
      'systemctl daemon-reload; systemctl start lamp.service perl-lamp.service; for i in $(seq 100); do ss -tn | grep -q "127.0.0.1:7004 *$" && break; sleep 0.1; done',
    );
    await machine.mustRunShell(
      'mkdir -p /var/lib/lamp/deep; head -c 100000 /dev/zero > /var/lib/lamp/deep/oil; truncate -s 5M /var/lib/lamp/hole; ln /var/lib/lamp/hole /var/lib/lamp/deep/hole',
    );
  });
  afterAll(async () => {
    await machine.throwAway();
  });

  async function inspected(service: string): Promise<Inspection> {
    const { stdout, stderr } = await machine.runShell(`cutover inspect ${service} --json`);
    expect(stderr).toBe('');
    return inspectionSchema.parse(JSON.parse(stdout));
  }
  const node = ({ nodes }: Inspection, id: string): GraphNode | undefined =>
    nodes.find((one) => one.id === id);
  const targets = ({ edges }: Inspection, kind: string): string[] =>
    edges
      .filter((edge) => edge.kind === kind)
      .map(({ to }) => to)
      .sort();
  async function pidsOf(service: string): Promise<string[]> {
    const group = (await machine.mustRunShell(`systemctl show -P ControlGroup ${service}`)).trim();
    const procs = await machine.mustRunShell(
      `find /sys/fs/cgroup -path '*${group}/cgroup.procs' -exec cat {} +`,
    );
    return [...new Set(procs.split(/\s+/).filter((word) => /^\d+$/.test(word)))];
  }
  /** The sockets that ss lists for these processes, by the names that inspect has for them. */
  async function listeningBySs(pids: readonly string[]): Promise<string[]> {
    const isOf = (line: string): boolean => pids.some((pid) => line.includes(`pid=${pid},`));
    const of = async (flags: string, suffix: string): Promise<string[]> =>
      (await machine.mustRunShell(`ss -H ${flags}`))
        .split('\n')
        .filter(isOf)
        .map((line) => {
          const [, , , address = ''] = line.split(/\s+/);
          return `port:${address.replace(/^0\.0\.0\.0:/, '').replace(/^\*:/, '[::]:')}${suffix}`;
        });
    const unix = (await machine.mustRunShell('ss -H -lxp'))
      .split('\n')
      .filter(isOf)
      .map((line) => line.split(/\s+/)[4] ?? '')
      .filter((name) => name !== '*')
      .map((name) => `file:${name}`);
    return [...(await of('-ltnp', '')), ...(await of('-lunp', '/udp')), ...unix].sort();
  }

  test('a service with sockets of every kind', async () => {
    const inspection = await inspected('lamp');
    expect(targets(inspection, 'listens-on')).toEqual([
      'file:/run/lamp/horn.sock',
      'port:127.0.0.1:7001',
      'port:7002/udp',
      'port:[::1]:7003',
      'port:[::]:7004',
    ]);
    expect(targets(inspection, 'listens-on')).toEqual(await listeningBySs(await pidsOf('lamp')));
    expect(node(inspection, 'port:127.0.0.1:7001')?.attributes).toEqual({
      'socket unit': 'lamp.socket',
      observed: 'listening',
      protocol: 'tcp',
    });
    expect(node(inspection, 'port:7009')?.attributes).toEqual({
      'socket unit': 'lamp.socket',
      observed: 'not listening',
    });
    expect(node(inspection, 'port:[::]:7004')?.attributes['open connections']).toBe('1');
  });

  test('its users, groups and capabilities, as declared and as its processes have them', async () => {
    const inspection = await inspected('lamp');
    expect(targets(inspection, 'runs-as')).toEqual([
      'capabilities:ambient capabilities',
      'capabilities:capability bounding set',
      'group:adm',
      'group:nogroup',
      'user:nobody',
    ]);
    expect(node(inspection, 'capabilities:ambient capabilities')?.attributes['capabilities']).toBe(
      await machine.mustRunShell('systemctl show -P AmbientCapabilities lamp | tr -d "\\n"'),
    );
    expect(node(inspection, 'capabilities:capability bounding set')?.attributes['capabilities']).toBe(
      await machine.mustRunShell('systemctl show -P CapabilityBoundingSet lamp | tr -d "\\n"'),
    );
    const [processes] = targets(inspection, 'runs');
    expect(node(inspection, processes ?? '')?.attributes).toEqual({
      program: process.execPath,
      user: 'nobody',
      group: 'nogroup',
      'other groups': 'adm',
      capabilities: 'cap_net_bind_service',
      'bounding set': 'cap_chown cap_net_bind_service',
      'no new privileges': 'yes',
    });
  });

  test.each(['lamp', 'perl-lamp', ...(layer === undefined ? [] : ['ssh', 'cron', 'rsyslog', 'nginx'])])(
    'every program and library that %s has mapped is in its graph',
    async (service) => {
      const inspection = await inspected(service);
      const paths = inspection.nodes.flatMap(({ path }) => path ?? []).join('\n');
      await machine.writeFile('/root/paths', paths);
      const missing = await machine.mustRunShell(`
      for pid in ${(await pidsOf(service)).join(' ')}; do awk '$2 ~ /x/ && $6 ~ /^\\// { print $6 }' /proc/$pid/maps; done | sort -u > /root/mapped
      xargs -d '\\n' realpath -q < /root/paths | sort -u | comm -13 - /root/mapped; test -s /root/mapped`);
      expect(missing).toBe('');
    },
  );

  test('the program that a script of Perl becomes', async () => {
    const { nodes, edges } = await inspected('perl-lamp');
    expect(nodes.map(({ id }) => id)).toContain('program:/usr/bin/sleep');
    expect(edges.find(({ to }) => to === 'program:/usr/bin/sleep')?.label).toBe('runs now');
  });

  test('what it keeps, counted as du counts it', async () => {
    const inspection = await inspected('lamp');
    const used = await machine.mustRunShell('du -s --block-size=1 /var/lib/lamp | cut -f1 | tr -d "\\n"');
    expect(node(inspection, 'directory:/var/lib/lamp')?.attributes).toEqual({
      'made by': 'systemd',
      files: '2',
      bytes: String(100_000 + 5 * 1024 * 1024),
      'bytes on disk': used,
    });
  });

  test.runIf(layer !== undefined).each(['ssh', 'nginx'])(
    'the units that %s names and those that pull it in, beside those that systemctl shows',
    async (service) => {
      if (service === 'ssh')
        await machine.mustRunShell(`mkdir -p /etc/systemd/system/ssh.service.wants /etc/systemd/system/horn.service.d
          ln -sf /usr/lib/systemd/system/cron.service /etc/systemd/system/ssh.service.wants/cron.service
          printf '[Unit]\\nConflicts=sshd.service\\nPartOf=ssh.service\\n' > /etc/systemd/system/horn.service.d/own.conf
          printf '[Service]\\nExecStart=/bin/true\\n' > /etc/systemd/system/horn.service
          systemctl enable ssh; systemctl add-requires rescue.target ssh; systemctl add-wants multi-user.target horn; systemctl daemon-reload`);
      const { edges } = await inspected(service);
      const shown = new Map(
        (await machine.mustRunShell(`systemctl show ${service}`)).split('\n').map((line) => {
          const [name = '', value = ''] = line.split(/=(.*)/s);
          return [name, value.split(' ')];
        }),
      );
      const named = edges.filter(({ kind }) => kind === 'pulls-in' || kind === 'relates-to');
      for (const { label = '', to } of named.filter(({ label: key }) => shown.has(key ?? '')))
        expect(shown.get(label), `${label}=${to}`).toContain(to.slice('unit:'.length));
      const referring = edges.flatMap(({ kind, from }) => (kind === 'refers-to' ? [from] : []));
      const back =
        'WantedBy RequiredBy RequisiteOf BoundBy UpheldBy ConsistsOf ConflictedBy TriggeredBy OnFailureOf';
      for (const name of back.split(' '))
        for (const unit of (shown.get(name) ?? []).filter((one) => one !== ''))
          expect(referring, `${name}=${unit}`).toContain(`unit:${unit}`);
      if (service === 'ssh') {
        expect(shown.get('WantedBy')).toContain('multi-user.target');
        expect(shown.get('RequiredBy')).toEqual(['rescue.target']);
        expect(shown.get('ConsistsOf')).toEqual(['horn.service']);
        expect(named.map(({ to }) => to)).toContain('unit:cron.service');
      }
    },
  );

  test.runIf(layer !== undefined).each(['ssh', 'cron', 'rsyslog', 'nginx'])(
    'sockets and capabilities of %s',
    async (service) => {
      const inspection = await inspected(service);
      const pids = await pidsOf(service);
      expect(pids).not.toEqual([]);
      expect(targets(inspection, 'listens-on')).toEqual(await listeningBySs(pids));
      for (const id of targets(inspection, 'runs')) {
        const pid = id.slice('process:'.length);
        expect(pids).toContain(pid);
        const decoded = await machine.mustRunShell(
          `capsh --decode=$(sed -n 's/^CapEff:\\t//p' /proc/${pid}/status)`,
        );
        const held = decoded.trim().split('=')[1] ?? '';
        const { capabilities = '' } = node(inspection, id)?.attributes ?? {};
        const missing = capabilities.startsWith('all but ') ? capabilities.slice(8).split(' ') : [];
        const shown = held === '' ? 'none' : held.replaceAll(',', ' ');
        if (missing.length === 0) expect(capabilities).toBe(shown);
        else for (const name of missing) expect(held.split(',')).not.toContain(name);
      }
    },
  );

  test.runIf(layer !== undefined)('who acts on nginx from elsewhere, and who runs its program', async () => {
    await machine.writeFile('/etc/cron.d/own', '0 4 * * * root /opt/night.sh\n');
    await machine.writeFile('/opt/night.sh', '#!/bin/sh\nsystemctl reload nginx\ncat /run/nginx.pid\n');
    const { edges } = await inspected('nginx');
    const back = edges.flatMap(({ kind, from, label }) =>
      kind === 'refers-to' ? [`${from}: ${label}`] : [],
    );
    expect(back).toContain('file:/opt/night.sh: runs systemctl reload nginx at');
    expect(back).toContain('file:/opt/night.sh: names /run/nginx.pid at');
    expect(back).toContain('file:/etc/logrotate.d/nginx: runs invoke-rc.d nginx rotate at');
    // What it reads itself, through the link in sites-enabled.
    expect(back.filter((line) => line.startsWith('file:/etc/nginx/'))).toEqual([]);
    const { stdout } = await machine.runShell('cutover inspect --path /usr/sbin/nginx --json');
    const { processes } = dependentsSchema.parse(JSON.parse(stdout));
    const pids = (await pidsOf('nginx')).map(Number).sort((a, b) => a - b);
    expect(processes).toEqual(
      pids.map((pid) => ({ pid, program: '/usr/sbin/nginx', service: 'nginx.service', use: 'runs' })),
    );
  });

  test.runIf(layer !== undefined)('sshd, beside what sshd -T says', async () => {
    await machine.writeFile(
      '/etc/ssh/sshd_config.d/own.conf',
      'Port 2022\nListenAddress 127.0.0.1\nListenAddress [::1]:2023\nHostKey /etc/ssh/ssh_host_ed25519_key\nAuthorizedKeysFile .ssh/own /etc/ssh/keys/%u\nAuthorizedKeysCommand /usr/bin/true %u\nAuthorizedKeysCommandUser nobody\nMatch User root\nBanner /etc/issue\n',
    );
    const says = (await machine.mustRunShell('sshd -T')).split('\n');
    const saying = (keyword: string): string[] =>
      says.filter((line) => line.startsWith(`${keyword} `)).map((line) => line.slice(keyword.length + 1));
    const inspection = await inspected('ssh');
    const named = (label: string): string[] =>
      inspection.edges
        .filter((edge) => edge.label === label)
        .map(({ to }) => to.slice(to.indexOf(':') + 1))
        .sort();
    expect(named('ListenAddress')).toEqual(saying('listenaddress').sort());
    expect(named('ListenAddress')).toEqual(['127.0.0.1:2022', '[::1]:2023']);
    expect(named('HostKey')).toEqual(saying('hostkey'));
    expect(named('AuthorizedKeysFile')).toEqual(
      saying('authorizedkeysfile')
        .flatMap((line) => line.split(' '))
        .map((path) => (path.startsWith('/') ? path : `%h/${path}`))
        .sort(),
    );
    expect(named('Subsystem sftp')).toEqual(saying('subsystem').map((line) => line.split(' ')[1]));
    expect(named('AuthorizedKeysCommandUser')).toEqual(saying('authorizedkeyscommanduser'));
    expect(named('Banner')).toEqual(['/etc/issue']);
    // It runs still as it was started.
    expect(node(inspection, 'port:127.0.0.1:2022')?.attributes).toEqual({ observed: 'not listening' });
    await machine.mustRunShell('systemctl restart ssh');
    const after = await inspected('ssh');
    expect(node(after, 'port:127.0.0.1:2022')?.attributes['observed']).toBe('listening');
    expect(targets(after, 'listens-on')).toEqual(await listeningBySs(await pidsOf('ssh')));
  });

  test.runIf(layer !== undefined)('the modules of rsyslogd, beside those that it has mapped', async () => {
    await machine.writeFile(
      '/etc/rsyslog.d/own.conf',
      'module(load="imtcp")\ninput(type="imtcp" port="601")\n$ModLoad imudp\n$UDPServerRun 514\n*.* @127.0.0.1:5140\nuser.* action(type="omfile" file="/var/log/own.log")\n',
    );
    await machine.mustRunShell(
      'rsyslogd -N1; systemctl restart rsyslog; logger -p user.info lamp; sleep 0.5',
    );
    const inspection = await inspected('rsyslog');
    const [pid] = await pidsOf('rsyslog');
    const maps = await machine.mustRunShell(
      `grep -o '/[^ ]*rsyslog/[^ ]*\\.so$' /proc/${pid}/maps | sort -u`,
    );
    const mapped = maps.trim().split('\n');
    // Its own: nsswitch.conf names others, and the modules open some by themselves.
    const asked = inspection.edges
      .filter(({ kind, label }) => kind === 'loads' && label !== 'opened by itself')
      .map(({ to }) => to.slice('module-library:'.length))
      .sort()
      .filter((path) => path.includes('/rsyslog/'));
    expect(asked.map((path) => path.slice(path.lastIndexOf('/') + 1))).toEqual([
      'imklog.so',
      'imtcp.so',
      'imudp.so',
      'imuxsock.so',
      'lmnet.so',
    ]);
    // The library kind (lm…), but for lmnet, is opened by other modules.
    expect(mapped.filter((path) => !asked.includes(path) && !path.includes('/lm'))).toEqual([]);
    expect(asked.filter((path) => !mapped.includes(path))).toEqual([]);
    expect(targets(inspection, 'listens-on')).toEqual(await listeningBySs(await pidsOf('rsyslog')));
    for (const port of ['port:601', 'port:[::]:601', 'port:514/udp', 'port:[::]:514/udp'])
      expect(node(inspection, port)?.attributes['observed'], port).toBe('listening');
    expect(node(inspection, 'host:127.0.0.1:5140/udp')).toBeDefined();
    expect(Number(node(inspection, 'file:/var/log/own.log')?.attributes['bytes'])).toBeGreaterThan(0);
  });
});
