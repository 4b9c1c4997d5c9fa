import { fileURLToPath } from 'node:url';
import { bootMachine, type Machine } from '../hosts/machine.ts';
import type { Completed } from '../hosts/run-command.ts';
import { bundledHarness } from '../machine/engine/bundled-harness.ts';

const POINTS = '/root/crash-points.mjs';
const HARNESS = '/root/harness.mjs';
const points = fileURLToPath(new URL('crash-points.mjs', import.meta.url));
/** For a run in which every command hangs, each for a while, and for busy machines. */
const PATIENCE_MS = 5 * 60_000;
const META = '/var/lib/lamp/meta';

export interface Death {
  /** The process is killed just before its deed of this number, from 1. */
  readonly at: number;
  /** What no sync had brought to the disk is lost, and the machine boots again. */
  readonly losesPower?: boolean;
}

/** What the service is, as systemd, its process and its files tell it. */
export type Side = 'before' | 'after' | { readonly neither: string };

export interface CrashMachine {
  readonly machine: Machine;
  /** Runs Cutover to its end; what it printed. Throws for a bad exit. */
  run(words: string): Promise<string>;
  /** Likewise, whatever its end. */
  tryRun(words: string, environment: Readonly<Record<string, string>>): Promise<Completed>;
  /** The names of the deeds of the last run that came to its end. */
  deeds(): Promise<readonly string[]>;
  /** `finished`: it has no deed of that number. */
  runAndDie(words: string, death: Death): Promise<'died' | 'finished'>;
  /** Which of the two states the machine is in, every respect compared. */
  side(): Promise<Side>;
  /** Everything that a way back must bring back, as a text. */
  photograph(): Promise<string>;
  /** Makes the machine as it was in the beginning. */
  reset(): Promise<void>;
}

/**
 * A machine with a small service whose state version 2 rewrites so that version 1 refuses it, and a plan that writes
 * files old and new, edits settings, copies state, removes some of it and starts version 2.
 */
export async function bootCrashMachine(name: string): Promise<CrashMachine> {
  const machine = await bootMachine({ name });
  await machine.copyIn(points, POINTS);
  await install(machine);
  await machine.writeFile(HARNESS, bundledHarness());
  const command = (words: string) => ['node', '--import', POINTS, HARNESS, ...words.split(' ')];
  const photograph = async (script: string) => await machine.mustRunShell(script);
  const before = await photograph(BEFORE);
  const crash: CrashMachine = {
    machine,
    run: async (words) => {
      const { status, stdout, stderr } = await machine.run(command(words), { timeout: PATIENCE_MS });
      if (status !== 0) throw new Error(`${words} ended with ${status}: ${stdout}${stderr}`);
      return stdout;
    },
    tryRun: async (words, environment) =>
      await machine.run(command(words), { environment, timeout: PATIENCE_MS }),
    deeds: async () => (await machine.readFile('/root/points')).split('\n').slice(0, -1),
    runAndDie: async (words, { at, losesPower = false }) => {
      const crashing = { CRASH_AT: String(at), CRASH_LOSES: losesPower ? '1' : '0' };
      const { status, stderr } = await machine.run(command(words), {
        environment: crashing,
        timeout: PATIENCE_MS,
      });
      if (status === 0) return 'finished';
      if (status !== 137) throw new Error(`${words} was to die at ${at} and ended with ${status}: ${stderr}`);
      if (!losesPower) return 'died';
      await machine.powerCut();
      await machine.bootAgain();
      return 'died';
    },
    side: async () => {
      const now = await photograph(BEFORE);
      if (now === before) return 'before';
      const after = await photograph(AFTER);
      return after === afterText ? 'after' : { neither: differing(before, now) };
    },
    photograph: async () => await photograph(BEFORE),
    reset: async () => {
      await machine.mustRunShell(`systemctl kill --signal=SIGKILL lamp; systemctl stop lamp
        rm -rf /var/lib/lamp /etc/lamp /etc/systemd/system/lamp.service.d /run/systemd/system/lamp.service.d
        rm -rf /var/lib/cutover /root/crash-kept /opt/lamp-* /root/limits
        cp -aT /root/lamp-etc /etc/lamp; cp -aT /root/lamp-lib /var/lib/lamp; cp -a /root/lamp-opt/* /opt
        cp -aT /root/lamp-unit /etc/systemd/system/lamp.service
        systemctl daemon-reload; systemctl reset-failed; systemctl start lamp`);
    },
  };
  await machine.mustRunShell('cutover plan /root/lamp.yaml --out /root/plan.json');
  let afterText = '';
  await crash.run('apply /root/plan.json');
  afterText = await photograph(AFTER);
  await crash.reset();
  return crash;
}

/** Everything that a way back must bring back. */
const BEFORE = `cd / && find etc/lamp etc/systemd/system/lamp* ${META.slice(1)} ! -path etc/lamp -printf '%p %y %m %U:%G %T@ %l %n\\n' | sort
  find etc/lamp etc/systemd/system/lamp* ${META.slice(1)} -type f -exec sha256sum {} + | sort
  getfattr -R -d -h -m - etc/lamp ${META.slice(1)}
  systemctl show lamp -p FragmentPath -p DropInPaths -p EnvironmentFiles -p UnitFileState -p NeedDaemonReload -p ActiveState -p SubState
  tr '\\0' '\\n' < /proc/$(systemctl show lamp -P MainPID)/environ | grep ^LAMP | sort`;

/** The same without times, which differ from change to change, and without the log, which says how often it started. */
const AFTER = BEFORE.replace(' %T@', '').replace('-type f -exec', '-type f ! -name "log*" -exec');

export function differing(before: string, now: string): string {
  const was = new Set(before.split('\n'));
  const is = new Set(now.split('\n'));
  const gone = [...was].filter((line) => !is.has(line)).map((line) => `- ${line}`);
  return [...gone, ...[...is].filter((line) => !was.has(line)).map((line) => `+ ${line}`)].join('\n');
}

async function install(machine: Machine): Promise<void> {
  for (const version of ['1', '2'])
    await machine.writeFile(`/opt/lamp-${version}/bin/lamp`, program(version), 0o755);
  await machine.writeFile(
    '/etc/systemd/system/lamp.service',
    `[Unit]
Description=A lamp
StartLimitIntervalSec=0
[Service]
EnvironmentFile=/etc/lamp/common
EnvironmentFile=-/etc/lamp/local
ExecStart=/opt/lamp-1/bin/lamp
Restart=always
RestartSec=100ms
[Install]
WantedBy=multi-user.target
`,
  );
  await machine.writeFile(
    '/root/lamp.yaml',
    `apiVersion: cutover/v1
kind: Replacement
service: lamp.service
replacement: { directory: /opt/lamp-2, command: bin/lamp }
settings: { set: { LAMP_COLOUR: red }, unset: [HOME] }
files:
  - { path: /etc/lamp/wick, content: "thin\\n" }
  - { path: /etc/lamp/conf.d/glass, content: "clear\\n" }
state: { snapshot: [${META}], remove: [${META}/latest] }
gate: { stable: 0s, timeout: 20s }
`,
  );
  await machine.mustRunShell(`set -e
    mkdir -p ${META}/keepers /etc/lamp && cd ${META}
    echo 1 > form; echo 'lit by version 1' > log; ln log log-again
    touch keepers/anna; ln -s ${META}/keepers/anna latest
    chown 1234:4321 keepers/anna; chmod 0640 form; mkfifo bell; chmod 0700 keepers
    setfattr -n user.oil -v whale form
    touch -d '1999-12-31 23:59:59.123456789' keepers/anna; touch -h -d '2001-02-03 04:05:06.7' latest
    echo LAMP_COLOUR=white > /etc/lamp/common; echo thick > /etc/lamp/wick; chmod 0600 /etc/lamp/wick
    touch -d '2002-03-04 05:06:07.891011121' /etc/lamp/*
    cp -aT /etc/lamp /root/lamp-etc; cp -aT /var/lib/lamp /root/lamp-lib
    mkdir /root/lamp-opt; cp -a /opt/lamp-* /root/lamp-opt; cp -aT /etc/systemd/system/lamp.service /root/lamp-unit
    systemctl daemon-reload; systemctl enable --quiet --now lamp`);
}

function program(version: string): string {
  const takes = version === '1' ? '' : `echo 2 > ${META}/form; echo 'lit by version 2' >> ${META}/log\n`;
  return `#!/bin/sh
read form < ${META}/form
if [ "$form" -gt ${version} ]; then echo "state of form $form is not for version ${version}" >&2; exit 1; fi
${takes}export LAMP_VERSION=${version}
exec sleep infinity
`;
}
