// Two exchanges as operators make them, from Debian's packages as they are, with clients at work all the while.
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outcome } from '../../../src/documents/outcome.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootMachine, type Machine } from '../../hosts/machine.ts';

const FETCHED = fileURLToPath(new URL('../../../.cache/swap-packages', import.meta.url));
const print = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const fetched = existsSync(FETCHED) ? readdirSync(FETCHED).filter((name) => !name.startsWith('new-')) : [];
const packages = fetched[0] === undefined ? undefined : `${FETCHED}/${fetched[0]}`;
const hasSecurity =
  packages !== undefined && readdirSync(`${packages}/security`).some((name) => name.endsWith('.deb'));
if (packages === undefined)
  print('NOT EXCHANGED: rsyslog and Redis, whose packages the set-up could not fetch (apt-get download)');
else if (!hasSecurity)
  print('EXCHANGED FOR THE SAME BUILD: Redis, since the set-up could not ask the security archive');

describeOnMachine('an exchange', () => {
  let machine: Machine;
  const shell = async (script: string) => (await machine.runShell(script)).stdout.trim();
  const run = async (words: string): Promise<Outcome> => {
    const { stdout, stderr } = await machine.runShell(`cutover ${words} --json`);
    if (!stdout.startsWith('{')) throw new Error(`${words}: ${stdout}${stderr}`);
    return JSON.parse(stdout) as Outcome;
  };
  /** Has a client at work while something is done, and a moment before and after. */
  const during = async (client: string, action: () => Promise<void>): Promise<string> => {
    await machine.runShell(`rm -f /root/stop; cd /root; (python3 ${client} > /root/client.out 2> /root/client.err; touch /root/ended) > /dev/null 2>&1 < /dev/null &
      sleep 0.7`);
    await action();
    await machine.runShell(
      'sleep 0.7; touch /root/stop; while ! test -e /root/ended; do sleep 0.05; done; rm /root/ended',
    );
    return await shell('cat /root/client.err /root/client.out');
  };

  beforeAll(async () => {
    machine = await bootMachine({
      name: 'swaps',
      layers: packages === undefined ? [] : [`${packages}/layer`],
    });
    if (packages === undefined) return;
    for (const file of readdirSync(`${packages}/packed`))
      await machine.copyIn(`${packages}/packed/${file}`, `/root/${file.replace(/_.*/, '')}.deb`);
    for (const client of ['number-logger.py', 'redis-writer.py'])
      await machine.copyIn(fileURLToPath(new URL(client, import.meta.url)), `/root/${client}`);
    // What the scripts of the packages would have done, had they been installed.
    await machine.runShell(`ldconfig
      ln -s /lib/systemd/system/rsyslog.service /etc/systemd/system/syslog.service
      grep -q ^redis: /etc/passwd || { echo 'redis:x:990:990::/var/lib/redis:/usr/sbin/nologin' >> /etc/passwd; echo 'redis:x:990:' >> /etc/group; }
      mkdir -p /var/lib/redis /var/log/redis; chown -R redis:redis /var/lib/redis /var/log/redis /etc/redis
      printf 'appendonly yes\\nappendfsync always\\n' >> /etc/redis/redis.conf
      systemctl daemon-reload; systemctl start syslog.socket rsyslog redis-server`);
    expect(await shell('systemctl is-active rsyslog redis-server')).toBe('active\nactive');
  });
  afterAll(async () => {
    await machine?.throwAway();
  });

  test.runIf(packages !== undefined)(
    'of rsyslog for inetutils-syslogd and back: no message is lost unseen',
    async () => {
      // This syslogd takes the socket over by itself, does not tell systemd that it is ready, and removes the socket when it ends.
      await machine.writeFile(
        '/root/syslog.yaml',
        `apiVersion: cutover/v1
kind: Replacement
service: rsyslog.service
replacement:
  archive: /root/inetutils-syslogd.deb
  command: usr/sbin/syslogd --no-detach --no-klog --socket=/run/systemd/journal/syslog --rcfile=/etc/syslog-all.conf
files:
  - { path: /etc/syslog-all.conf, content: "*.*\\t/var/log/syslog\\n" }
  - { path: /etc/systemd/system/rsyslog.service.d/50-type.conf, content: "[Service]\\nType=simple\\n" }
gate: { stable: 1s, timeout: 20s }
`,
      );
      const program = 'readlink /proc/$(systemctl show rsyslog -p MainPID --value)/exe';
      const sent = Number(
        await during('number-logger.py 0.004', async () => {
          // rsyslog's modules can't be held against a program that is not rsyslogd: the check says so, and is overruled.
          expect(await run('apply /root/syslog.yaml --despite-blockers')).toMatchObject({
            state: 'committed',
          });
          expect(await shell(program)).toMatch(
            /^\/var\/lib\/cutover\/store\/sha256-\w+\/usr\/sbin\/syslogd$/,
          );
          await shell('sleep 0.5');
          expect(await run('rollback rsyslog')).toMatchObject({
            state: 'rolled-back',
            verified: { differences: [] },
          });
          expect(await shell(program)).toBe('/usr/sbin/rsyslogd');
        }),
      );
      expect(sent).toBeGreaterThan(300);
      await shell('sleep 0.5; journalctl --sync');
      const numbersIn = async (command: string) =>
        new Set([...(await shell(command)).matchAll(/message (\d+)$/gm)].map(([, number]) => Number(number)));
      const inJournal = await numbersIn('journalctl --identifier=numbers --output=cat');
      const inFile = await numbersIn('cat /var/log/syslog');
      const all = Array.from({ length: sent }, (_, index) => index + 1);
      const missing = all.filter((number) => !inFile.has(number));
      const gaps = missing.filter((number) => !missing.includes(number - 1)).length;
      print(
        `rsyslog, inetutils-syslogd and back: ${sent} messages, ${all.filter((number) => !inJournal.has(number)).length} not in the journal, ${missing.length} in ${gaps} gaps not in /var/log/syslog`,
      );
      expect(all.filter((number) => !inJournal.has(number))).toEqual([]);
      expect(gaps).toBeLessThanOrEqual(2); // while the one had ended and the other not begun, there and back
      expect(inFile.has(sent)).toBe(true); // rsyslog hears again
      expect(await shell('stat -c %F /run/systemd/journal/syslog; readlink /dev/log')).toBe(
        'socket\n/run/systemd/journal/dev-log',
      );
    },
  );

  test.runIf(packages !== undefined)(
    "of Redis, the security archive's build for the main archive's and back: no acknowledged write is lost",
    async () => {
      const spec = `apiVersion: cutover/v1
kind: Replacement
service: redis-server.service
replacement:
  archive: [/root/redis-server.deb, /root/redis-tools.deb]
  command: usr/bin/redis-server /etc/redis/redis.conf --supervised systemd --daemonize no
gate:
  stable: 1s
  timeout: 20s
  probes: [{ title: it answers, command: [/usr/bin/redis-cli, ping], prints: PONG }]
`;
      await machine.writeFile('/root/redis.yaml', spec);
      const lostOf = async () => {
        const keys = new Set((await shell('redis-cli --raw keys "key:*"')).split('\n'));
        const acknowledged = (await machine.readFile('/root/acknowledged')).trim().split('\n');
        expect(acknowledged.length).toBeGreaterThan(50);
        return { written: acknowledged.length, lost: acknowledged.filter((key) => !keys.has(key)).length };
      };
      const measured = async (action: () => Promise<void>) => {
        await shell('redis-cli flushall');
        const { errors, silentMs } = JSON.parse(await during('redis-writer.py', action)) as {
          errors: number;
          silentMs: number;
        };
        return { errors, silentMs, ...(await lostOf()) };
      };
      const build = async () =>
        await shell('redis-cli info server | tr -d "\\r" | grep -E "^(redis_build_id|executable)" | sort');
      const before = await build();

      // Debian's unit forbids Redis to execute anything elsewhere; the check says so, and the spec allows it.
      const { stdout } = await machine.runShell('cutover check /root/redis.yaml');
      expect(stdout).toContain('The unit forbids to execute anything under / (NoExecPaths=)');
      await machine.writeFile(
        '/root/redis.yaml',
        `${spec}files:
  - path: /etc/systemd/system/redis-server.service.d/50-store.conf
    content: |
      [Service]
      ExecPaths=/var/lib/cutover/store
`,
      );

      const plain = await measured(async () => {
        await shell('systemctl restart redis-server');
      });
      const there = await measured(async () => {
        expect(await run('apply /root/redis.yaml')).toMatchObject({ state: 'committed' });
      });
      expect(await build()).toMatch(
        /^executable:\/var\/lib\/cutover\/store\/sha256-\w+\/usr\/bin\/redis-server$/m,
      );
      if (hasSecurity) expect((await build()).split('\n')[1]).not.toBe(before.split('\n')[1]);
      const back = await measured(async () => {
        expect(await run('rollback redis-server')).toMatchObject({
          state: 'rolled-back',
          verified: { differences: [] },
        });
      });
      expect(await build()).toBe(before);
      for (const [what, found] of Object.entries({
        'plain restart': plain,
        exchange: there,
        'way back': back,
      }))
        print(
          `Redis, ${what}: ${found.written} writes acknowledged, ${found.lost} of them lost, ${found.errors} errors, ${found.silentMs} ms without an answer`,
        );
      expect(there.lost).toBeLessThanOrEqual(plain.lost);
      expect(back.lost).toBeLessThanOrEqual(plain.lost);
      for (const { errors } of [plain, there, back]) expect(errors).toBeGreaterThan(0); // the client was at work
    },
  );
});
