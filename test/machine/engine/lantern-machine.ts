import { fileURLToPath } from 'node:url';
import { bundledHarness } from './bundled-harness.ts';
import { bootMachine, type Machine } from '../../hosts/machine.ts';
import type { Outcome, Status } from '../../../src/documents/outcome.ts';
import type { Plan } from '../../../src/documents/plan.ts';

const crashPoints = fileURLToPath(new URL('../../crash/crash-points.mjs', import.meta.url));
const program = fileURLToPath(new URL('lantern.mjs', import.meta.url));

const HARNESS = ['node', '--import', '/root/crash-points.mjs', '/root/harness.mjs'];

export interface Refusal {
  readonly refused: string;
  readonly why?: string;
  readonly next?: string;
}

/** A machine on which the lantern burns, version 1, and version 2 lies ready in two forms. */
export interface LanternMachine {
  readonly machine: Machine;
  plan(spec: string): Promise<Plan>;
  tryPlan(spec: string): Promise<Plan | Refusal>;
  apply(): Promise<Outcome>;
  tryApply(): Promise<Outcome | Refusal>;
  rollback(asked: string, accept?: 'accept'): Promise<Outcome>;
  tryRollback(asked: string, accept?: 'accept'): Promise<Outcome | Refusal>;
  recover(): Promise<readonly Outcome[]>;
  status(): Promise<Status>;
  /** Runs a verb until the process is killed just before its `at`th deed to the machine, from 1. */
  runAndDie(at: number, ...words: string[]): Promise<void>;
  /** How many deeds the last run took. */
  points(): Promise<number>;
  /** What the lantern answers; undefined when it does not. */
  look(): Promise<unknown>;
  /** Everything a rollback must bring back, as text: metadata, content, and what systemd loaded. */
  photograph(): Promise<string>;
}

export const HEAD = `apiVersion: cutover/v1
kind: Replacement
service: lantern.service
`;

export async function bootLanternMachine(name: string): Promise<LanternMachine> {
  const machine = await bootMachine({ name });
  await machine.writeFile('/root/harness.mjs', bundledHarness());
  await machine.copyIn(crashPoints, '/root/crash-points.mjs');
  await machine.writeFile('/etc/lantern/common', '# the harbour\nLANTERN_COLOUR=white\n');
  await machine.writeFile(
    '/etc/systemd/system/lantern.service',
    `[Unit]
Description=A lantern
[Service]
EnvironmentFile=/etc/lantern/common
EnvironmentFile=-/etc/lantern/local
ExecStart=/opt/lantern-1/bin/lantern
Restart=always
RestartSec=200ms
StartLimitInterval=0
[Install]
WantedBy=multi-user.target
`,
  );
  await lantern(machine, '/opt/lantern-1', '1', 'here');
  await lantern(machine, '/opt/lantern-2', '2', 'here');
  // Names its own directory, as a build tree does.
  await lantern(machine, '/root/lantern-build', '2', '/root/lantern-build/bin/lantern');
  await mustRun(
    machine,
    `set -e
    mkdir -p /var/lib/lantern/meta/keepers && cd /var/lib/lantern/meta
    echo 1 > form; echo 'lit by version 1' > log; ln log log-again
    touch keepers/anna; ln -s /var/lib/lantern/meta/keepers/anna latest
    chown 1234:4321 keepers/anna; chmod 0640 form; mkfifo bell; chmod 0700 keepers
    setfattr -n user.oil -v whale form
    touch -d '1999-12-31 23:59:59.123456789' keepers/anna; touch -h -d '2001-02-03 04:05:06.7' latest
    systemctl daemon-reload; systemctl enable --quiet --now lantern`,
  );
  const run = async <T>(...words: string[]): Promise<T> => {
    const { stdout, stderr } = await machine.run([...HARNESS, ...words]);
    if (stdout === '') throw new Error(`the harness printed nothing: ${stderr}`);
    return JSON.parse(stdout) as T;
  };
  const sure = async <T extends object>(answer: Promise<T | Refusal>): Promise<T> => {
    const given = await answer;
    if ('refused' in given) throw new Error(`refused: ${given.refused}`);
    return given;
  };
  const tryPlan = async (spec: string) => {
    await machine.writeFile('/root/cutover.yaml', spec);
    return await run<Plan | Refusal>('plan', '/root/cutover.yaml', '/root/plan.json');
  };
  const tryApply = async () => await run<Outcome | Refusal>('apply', '/root/plan.json');
  const tryRollback = async (asked: string, accept?: 'accept') =>
    await run<Outcome | Refusal>('rollback', asked, ...(accept === undefined ? [] : [accept]));
  const lanternMachine: LanternMachine = {
    machine,
    tryPlan,
    tryApply,
    tryRollback,
    plan: async (spec) => await sure(tryPlan(spec)),
    apply: async () => await sure(tryApply()),
    rollback: async (asked, accept) => await sure(tryRollback(asked, accept)),
    runAndDie: async (at, ...words) => {
      const environment = { CRASH_AT: String(at) };
      const { status } = await machine.run([...HARNESS, ...words], { environment });
      if (status !== 137)
        throw new Error(`${words.join(' ')} was to die at point ${at} and ended with ${status}`);
    },
    points: async () => (await machine.readFile('/root/points')).split('\n').length - 1,
    recover: async () => await run<readonly Outcome[]>('recover'),
    status: async () => await run<Status>('status'),
    look: async () => {
      const { stdout } = await machine.runShell(
        'curl --silent --max-time 2 --retry 5 --retry-connrefused --retry-delay 1 http://127.0.0.1:4040/',
      );
      return stdout === '' ? undefined : JSON.parse(stdout);
    },
    photograph: async () =>
      await mustRun(
        machine,
        `cd / && find etc/lantern etc/systemd/system/lantern* var/lib/lantern \
           ! -path etc/lantern ! -path var/lib/lantern -printf '%p %y %m %U:%G %T@ %l %n\\n' | sort
         find etc/lantern etc/systemd/system/lantern* var/lib/lantern -type f -exec sha256sum {} + | sort
         getfattr -R -d -h -m - etc/lantern var/lib/lantern
         systemctl show lantern -p FragmentPath -p DropInPaths -p EnvironmentFiles -p UnitFileState -p NeedDaemonReload -p ActiveState`,
      ),
  };
  await until(async () => (await lanternMachine.look()) !== undefined);
  return lanternMachine;
}

export async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await condition()) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  throw new Error('waited for 10 s in vain');
}

async function mustRun(machine: Machine, script: string): Promise<string> {
  const { stdout, stderr, status } = await machine.runShell(script);
  if (status !== 0) throw new Error(`${script}\nended with ${status}: ${stderr}`);
  return stdout;
}

async function lantern(machine: Machine, directory: string, version: string, named: string): Promise<void> {
  await machine.copyIn(program, `${directory}/lib/lantern.mjs`);
  const script = `#!/bin/sh\nexec node "$(dirname "$0")/../lib/lantern.mjs" ${version} ${named}\n`;
  await machine.writeFile(`${directory}/bin/lantern`, script, 0o755);
}
