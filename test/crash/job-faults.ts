import type { Deeds } from './crash-cases.ts';
import { type CrashMachine, differing } from './crash-machine.ts';
import { endOf, type FaultEnd, judged } from './fault-cases.ts';
import type { NamedFault } from './named-faults.ts';

const DROP_INS = '/etc/systemd/system/lamp.service.d';
const OTHER_PLAN = '/root/other-plan.json';

/** systemd refuses a job, and services that do not stop. */
export const jobFaults: readonly NamedFault[] = [
  ...(['apply', 'rollback'] as const).flatMap((verb) =>
    (['stop', 'start'] as const).map(
      (job): NamedFault => ({
        title: `${verb}, when systemd refuses to ${job} the service for the sake of another job`,
        run: async (crash, deeds) => await refused(crash, deeds, verb, job),
      }),
    ),
  ),
  ...['RefuseManualStop', 'RefuseManualStart'].map(
    (directive): NamedFault => ({
      title: `apply to a service with ${directive}=yes`,
      run: async (crash) => {
        const was = await withDropIn(crash, `[Unit]\n${directive}=yes\n`);
        const { stdout, stderr } = await crash.tryRun(`apply ${OTHER_PLAN}`, {});
        const end = endOf(stdout) ?? 'crashed';
        const is = await pictureOf(crash);
        if (end !== 'refused') return { end, wrong: `not refused: ${stdout}${stderr}` };
        return is === was ? { end } : { end, wrong: differing(was, is) };
      },
    }),
  ),
  {
    title: 'apply and rollback of a service that stops only by SIGKILL',
    run: async (crash) => {
      const was = await withDropIn(crash, '[Service]\nKillSignal=SIGCONT\nTimeoutStopSec=1s\n');
      const applied = await crash.tryRun(`apply ${OTHER_PLAN}`, {});
      const end = endOf(applied.stdout);
      if (end !== 'committed') return { end: end ?? 'crashed', wrong: `not committed: ${applied.stdout}` };
      return await backTo(crash, was);
    },
  },
  {
    title: 'apply to a service whose process outlives its stop',
    run: async (crash) => {
      const kills = 'KillSignal=SIGCONT\nTimeoutStopSec=1s\nSendSIGKILL=no\n';
      const was = await withDropIn(crash, `[Service]\n${kills}`);
      const { stdout } = await crash.tryRun(`apply ${OTHER_PLAN}`, {});
      const end = endOf(stdout) ?? 'crashed';
      const copied = await crash.machine.run([
        'sh',
        '-c',
        'ls -d /var/lib/cutover/snapshots/*/state/*.manifest',
      ]);
      if (copied.status === 0 || end === 'committed')
        return { end, wrong: `a copy of its state counts that was made while it ran: ${stdout}` };
      await crash.machine.mustRunShell('systemctl kill --signal=SIGKILL lamp');
      return end === 'rolled-back' ? { end } : await backTo(crash, was);
    },
  },
];

/** Another service, in conflict with this one, whose start may not be cancelled. */
async function refused(
  crash: CrashMachine,
  deeds: Deeds,
  verb: 'apply' | 'rollback',
  job: 'start' | 'stop',
): Promise<FaultEnd> {
  const directive = job === 'start' ? 'Conflicts' : 'Requires';
  const also = job === 'start' ? '' : 'After=lamp.service\n';
  await crash.machine.writeFile(
    '/run/systemd/system/blocker.service',
    `[Unit]\n${directive}=lamp.service\n${also}${BLOCKER}`,
  );
  await crash.machine.mustRunShell('systemctl daemon-reload');
  if (verb === 'rollback') await crash.run(crash.scene.words.apply);
  const at = 1 + deeds[verb].indexOf(`systemctl ${job} -- lamp.service`);
  const meddle =
    'touch /run/blocked; systemctl start --no-block --job-mode=replace-irreversibly blocker.service';
  const environment = { MEDDLE_AT: String(at), MEDDLE: meddle };
  const run = await crash.tryRun(crash.scene.words[verb], environment);
  const unblock = async (): Promise<void> => {
    await crash.machine.mustRunShell(
      'rm -f /run/blocked; while systemctl list-jobs | grep -q blocker; do sleep 0.1; done',
    );
  };
  try {
    return await judged(crash, verb, run, unblock);
  } finally {
    await unblock();
    await crash.machine.mustRunShell(
      'systemctl stop blocker.service; rm /run/systemd/system/blocker.service; systemctl daemon-reload',
    );
  }
}

/** Its start goes on for as long as there is a file. */
const BLOCKER = `[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c 'while test -e /run/blocked; do sleep 0.1; done'
TimeoutStartSec=infinity
`;

/** Has the service a drop-in from the start, and a plan for it as it is then. Gives what stands before the change. */
async function withDropIn(crash: CrashMachine, content: string): Promise<string> {
  const { machine } = crash;
  await machine.writeFile(`${DROP_INS}/own.conf`, content);
  await machine.mustRunShell(
    `systemctl daemon-reload; systemctl reset-failed; cutover plan /root/lamp.yaml --out ${OTHER_PLAN}`,
  );
  return await pictureOf(crash);
}

async function backTo(crash: CrashMachine, was: string): Promise<FaultEnd> {
  const { stdout } = await crash.tryRun(crash.scene.words.rollback, {});
  const end = endOf(stdout) ?? 'crashed';
  if (end !== 'rolled-back') return { end, wrong: `not rolled back: ${stdout}` };
  const is = await pictureOf(crash);
  return is === was ? { end } : { end, wrong: differing(was, is) };
}

/** A directory that holds a restored file says when that happened. */
async function pictureOf(crash: CrashMachine): Promise<string> {
  const picture = await crash.photograph();
  return picture.replaceAll(/^(\S+lamp\.service\.d d .*) \d+\.\d+ /gm, '$1 ');
}
