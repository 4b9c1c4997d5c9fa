// Where Cutover says that a line has no effect, systemd and the process are the same without it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type WhyNot, whyNotSchema } from '../../../src/documents/why-not.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootMachine, type Machine } from '../../hosts/machine.ts';
import { WHY_NOT_CASES } from '../../why-not-cases/all-cases.ts';
import { LAMP_FILES, type WhyNotCase } from '../../why-not-cases/why-not-case.ts';

/** What differs from one look to the next: times, counters, the files themselves. */
const PASSING =
  /^(?:.*Timestamp.*|.*TimestampMonotonic|DropInPaths|FragmentPath|NeedDaemonReload|InvocationID|ExecMainPID|ExecStart(?:Ex)?=.*start_time.*|Memory.*|CPUUsageNSec|Tasks.*|.*Bytes|.*Operations|.*Packets|ControlGroupId|Result|ActiveState|SubState|StatusErrno|ExecMain.*|Names|UnitFilePreset|Job|NRestarts|Conditions|Asserts)=/;

const PER_RUN = /^(?:INVOCATION_ID|JOURNAL_STREAM|SYSTEMD_EXEC_PID)=/;

interface Seen {
  readonly shown: readonly string[];
  readonly environment: readonly string[] | 'not started';
}

/** Of a unit that systemd refuses, what is shown tells nothing: what counts is that no process starts. */
function meantOf({ meant }: WhyNotCase, { shown, environment }: Seen): unknown {
  if (meant === undefined) {
    return shown.includes('LoadState=loaded') ? { shown, environment } : environment;
  }
  const entries = /^[A-Z_]+$/.test(meant) && environment !== 'not started' ? environment : shown;
  return entries.filter((entry) => entry.startsWith(`${meant}=`));
}

describeOnMachine('why a line has no effect, as systemd has it', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await bootMachine({ name: 'why-not' });
    await machine.mustRunShell('mkdir -p /run/environ');
  });
  afterAll(async () => {
    await machine.throwAway();
  });

  async function lay(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      const link = /^-> (.*)$/.exec(text)?.[1];
      if (link === undefined) await machine.writeFile(path, text);
      else await machine.mustRunShell(`mkdir -p "$(dirname ${path})" && ln -sfn ${link} ${path}`);
    }
  }

  /** What systemd makes of the service and what its process receives, as of now. */
  async function seen(): Promise<Seen> {
    await machine.runShell(
      'rm -f /run/environ/lamp; systemctl daemon-reload; systemctl reset-failed lamp; systemctl start lamp',
    );
    const { stdout } = await machine.runShell('systemctl show lamp');
    const { status, stdout: environment } = await machine.runShell('cat /run/environ/lamp');
    return {
      shown: stdout
        .split('\n')
        .filter((line) => !PASSING.test(line))
        .map(inOrder),
      environment:
        status === 0
          ? environment
              .split('\0')
              .filter((pair) => pair !== '' && !PER_RUN.test(pair))
              .sort()
          : 'not started',
    };
  }

  async function without({ ask, files }: WhyNotCase): Promise<void> {
    const [, path = '', line] = /^(.*?)(?::(\d+))?$/.exec(ask) ?? [];
    const text = files[path] ?? LAMP_FILES[path];
    if (text === undefined) return;
    const lines = text.split('\n');
    if (line === undefined) await machine.mustRunShell(`rm ${path}`);
    else
      await machine.writeFile(path, lines.map((one, at) => (at + 1 === Number(line) ? '' : one)).join('\n'));
  }

  test.each(WHY_NOT_CASES)('$title', async (one) => {
    const files = { ...LAMP_FILES, ...one.files };
    const reload = /system\.conf/.test(one.ask) ? 'systemctl daemon-reexec' : 'true';
    try {
      await lay(files);
      await machine.mustRunShell(reload);
      const before = await seen();
      await without(one);
      await machine.mustRunShell(reload);
      const after = await seen();
      if (one.effect === 'in-force' || one.breaks === true) expect(after).not.toEqual(before);
      else expect(meantOf(one, after)).toEqual(meantOf(one, before));
    } finally {
      await machine.mustRunShell(
        `rm -rf ${Object.keys(files).join(' ')} /etc/systemd/system/lamp.service; systemctl daemon-reload`,
      );
    }
  });

  async function whyNot(ask: string): Promise<WhyNot> {
    const { stdout, stderr } = await machine.runShell(`cutover trace lamp --why-not ${ask} --json`);
    expect(stderr).toBe('');
    return whyNotSchema.parse(JSON.parse(stdout));
  }

  const OWN = '/etc/systemd/system/lamp.service.d/own.conf';
  const RUNNING = '[Service]\nExecStart=/usr/bin/sleep 1000\nEnvironmentFile=-/etc/default/lamp\n';

  test('a line that systemd has not read yet, then a process that is older, then in force', async () => {
    await machine.writeFile('/etc/systemd/system/lamp.service', RUNNING);
    await machine.mustRunShell('systemctl daemon-reload; systemctl start lamp; sleep 0.1');
    await machine.writeFile(OWN, '[Service]\nEnvironment=LAMP=own\nUMask=0077\nRestart=always\n');
    const fresh = await whyNot(OWN);
    expect(fresh).toMatchObject({ effect: 'no-effect', confidence: 'observed' });
    expect(fresh.lines.slice(1).map(({ reason }) => reason)).toEqual(
      Array(3).fill(`systemd has not read ${OWN} yet: it reads its files at daemon-reload`),
    );
    await machine.mustRunShell('systemctl daemon-reload');
    const read = await whyNot(OWN);
    expect(
      read.lines.map(({ effect, reason }) => [
        effect,
        reason.replace(/\d{4}-.*? UTC/g, 'TIME').replace(/process \d+/, 'process PID'),
      ]),
    ).toEqual([
      ['not-a-setting', 'the header of the section [Service]'],
      ['no-effect', `the running process PID has no LAMP: it was started at TIME, before ${OWN} changed`],
      [
        'no-effect',
        'the running process PID is older than the file: started at TIME, the file changed at TIME',
      ],
      ['in-force', 'Restart is always; systemd says so, too'],
    ]);
    await machine.mustRunShell('systemctl restart lamp');
    const restarted = await whyNot(OWN);
    expect(restarted.lines.map(({ reason }) => reason).slice(1)).toEqual([
      'the process receives LAMP from it; the running process has it',
      'UMask is 0077; systemd says so, too',
      'Restart is always; systemd says so, too',
    ]);
    expect(restarted.effect).toBe('in-force');
  });

  test('a file that changed since systemd read it', async () => {
    await machine.mustRunShell(`sleep 0.1; sed -i s/always/on-abort/ ${OWN}`);
    const [, , , restart] = (await whyNot(OWN)).lines;
    expect(restart?.effect).toBe('no-effect');
    expect(restart?.reason).toMatch(
      /^systemd has not read .*own\.conf since it changed \(.* UTC\): it read its files at .* UTC$/,
    );
    expect(restart?.next).toBe('systemctl daemon-reload && systemctl restart lamp.service');
  });

  test('a process that is older than the environment file', async () => {
    await machine.mustRunShell('systemctl daemon-reload; systemctl restart lamp; sleep 0.1');
    await machine.writeFile('/etc/default/lamp', 'LAMP=file\n');
    const { lines } = await whyNot('/etc/default/lamp:1');
    expect(lines[0]?.reason).toMatch(
      /^the running process \d+ has another value of LAMP: it was started at /,
    );
    await machine.mustRunShell('systemctl restart lamp');
    expect((await whyNot('/etc/default/lamp:1')).effect).toBe('in-force');
  });

  test('the exit code answers, too', async () => {
    const code = async (ask: string): Promise<number> =>
      (await machine.runShell(`cutover trace lamp --why-not ${ask}`)).status;
    expect(await code('/etc/default/lamp:1')).toBe(0);
    expect(await code(`${OWN}:2`)).toBe(1);
    expect(await code('/etc/default/lamp:9')).toBe(1);
    expect((await machine.runShell('cutover trace lamb --why-not /etc/default/lamp')).status).toBe(2);
  });
});

/** Lists whose order tells nothing. */
function inOrder(line: string): string {
  return /^(?:After|Before|Requires|Wants|Conflicts)=/.test(line)
    ? line.split(/[ =]/).sort().join(' ')
    : line;
}
