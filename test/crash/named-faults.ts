import type { Deeds } from './crash-cases.ts';
import { type CrashMachine, differing } from './crash-machine.ts';
import { endOf, type FaultEnd, judged } from './fault-cases.ts';
import { gateFaults } from './gate-faults.ts';
import { jobFaults } from './job-faults.ts';

/** A fault with a story of its own, rather than a deed that is refused. */
export interface NamedFault {
  readonly title: string;
  /** On a machine that was reset. */
  readonly run: (crash: CrashMachine, deeds: Deeds) => Promise<FaultEnd>;
}

export function namedFaults(): readonly NamedFault[] {
  return [...movedBeforeApply, ...movedDuringApply, ...movedBeforeRollback, ...jobFaults, ...gateFaults];
}

/** What somebody does to a path, and what is then found there. */
type Meddling = readonly [title: string, command: string];

/** Between plan and apply: refused, and nothing is touched. */
const movedBeforeApply = (
  [
    ['an environment file is edited', 'echo LAMP_COLOUR=blue > /etc/lamp/common'],
    ['an environment file is removed', 'rm /etc/lamp/common'],
    ['an environment file gets another mode', 'chmod 0640 /etc/lamp/common'],
    ['an environment file gets another owner', 'chown 1 /etc/lamp/common'],
    ['an optional environment file appears', 'echo LAMP_COLOUR=blue > /etc/lamp/local'],
    ['a file that will be written is edited', 'echo thicker > /etc/lamp/wick'],
    ['a file that will be written is removed', 'rm /etc/lamp/wick'],
    ['a file that will be written becomes a link', 'ln -sf common /etc/lamp/wick'],
    ['a file that will be written gets another mode', 'chmod 0666 /etc/lamp/wick'],
    ['a file that will be new appears', 'mkdir /etc/lamp/conf.d; echo dark > /etc/lamp/conf.d/glass'],
    ['the unit file is edited', "sed -i 's/A lamp/Another/' /etc/systemd/system/lamp.service"],
    [
      'a drop-in appears',
      'mkdir -p /etc/systemd/system/lamp.service.d; printf "[Service]\\nNice=5\\n" > /etc/systemd/system/lamp.service.d/mine.conf',
    ],
    ["the replacement's program is edited", 'echo "# later" >> /opt/lamp-2/bin/lamp'],
    ["the replacement's program gets another mode", 'chmod 0644 /opt/lamp-2/bin/lamp'],
    ['the replacement gets another file', 'touch /opt/lamp-2/more'],
    ['the replacement is removed', 'rm -r /opt/lamp-2'],
  ] as const satisfies readonly Meddling[]
).map(
  ([what, command]): NamedFault => ({
    title: `between plan and apply, ${what}`,
    run: async (crash) => {
      await crash.machine.mustRunShell(command);
      const was = await crash.photograph();
      const { stdout, stderr } = await crash.tryRun(crash.scene.words.apply, {});
      const end = endOf(stdout) ?? `crashed: ${stderr}`;
      if (end !== 'refused') return { end, wrong: `not refused: ${stdout}` };
      const is = await crash.photograph();
      return is === was ? { end } : { end, wrong: differing(was, is) };
    },
  }),
);

/** While the change is made, just before the file is prepared that takes the place of the one that is edited. */
const movedDuringApply = ['wick', 'local', 'conf.d/glass'].flatMap((file): NamedFault[] => {
  const path = `/etc/lamp/${file}`;
  return [
    ['is edited', `mkdir -p /etc/lamp/conf.d; echo mine > ${path}`],
    ['becomes a link', `mkdir -p /etc/lamp/conf.d; ln -sf /root/mine ${path}`],
  ].map(([what, command = '']) => ({
    title: `while a change is made, ${path} ${what}`,
    run: async (crash, { apply }) => {
      const name = file.split('/').at(-1);
      const at =
        1 + apply.findIndex((deed) => deed.startsWith('create ') && deed.includes(`/.${name}.cutover-`));
      const { stdout } = await crash.tryRun(crash.scene.words.apply, {
        MEDDLE_AT: String(at),
        MEDDLE: command,
      });
      const end = endOf(stdout) ?? 'crashed';
      const isMine = "'(' -lname /root/mine -o -type f -exec grep -qx mine {} ';' ')'";
      const mine = `find /var/lib/cutover/snapshots ${path} ${isMine} -print | grep .`;
      const left = await crash.machine.run(['sh', '-c', mine]);
      return left.status === 0 ? { end } : { end, wrong: `what somebody wrote is lost: ${stdout}` };
    },
  }));
});

/** Between apply and rollback. What the change wrote is put back; of the rest nothing is touched, and all is told. */
const movedBeforeRollback = (
  [
    ['a written file is edited', 'echo mine > /etc/lamp/wick', 'rolled-back'],
    ['a written file is removed', 'rm /etc/lamp/wick', 'rolled-back'],
    ['a written file becomes a link', 'ln -sf /root/mine /etc/lamp/wick', 'rolled-back'],
    ['a new file is edited', 'echo mine > /etc/lamp/conf.d/glass', 'rolled-back'],
    ['the drop-in is removed', 'rm /etc/systemd/system/lamp.service.d/90-cutover.conf', 'rolled-back'],
    ['the whole state is removed', 'rm -r /var/lib/lamp/meta', 'rolled-back'],
    ['the state is edited', 'echo 7 > /var/lib/lamp/meta/form', 'rolled-back'],
    ['the store is emptied', 'rm -rf /var/lib/cutover/store/*', 'rolled-back'],
    ['the replacement is removed', 'rm -r /opt/lamp-2', 'rolled-back'],
    ['an environment file is edited', 'echo LAMP_COLOUR=blue > /etc/lamp/common', 'needs-operator'],
    ['the unit file is edited', 'echo "# mine" >> /etc/systemd/system/lamp.service', 'needs-operator'],
    [
      'another drop-in appears',
      'printf "[Service]\\nNice=5\\n" > /etc/systemd/system/lamp.service.d/mine.conf',
      'needs-operator',
    ],
    [
      'the copy of the state is damaged',
      'echo 7 | tee /var/lib/cutover/snapshots/*/state/*/form',
      'needs-operator',
    ],
    [
      'the list of the state is damaged',
      'echo | tee -a /var/lib/cutover/snapshots/*/state/*.manifest',
      'needs-operator',
    ],
    ['the copy of a file is damaged', 'echo 7 | tee /var/lib/cutover/snapshots/*/files/*', 'needs-operator'],
    [
      'the journal is damaged',
      'sed -i 2s/intent/intern/ /var/lib/cutover/journal/*/records.jsonl',
      'refused',
    ],
  ] as const
).map(
  ([what, command, wanted]): NamedFault => ({
    title: `between apply and rollback, ${what}`,
    run: async (crash) => {
      await crash.run(crash.scene.words.apply);
      await crash.machine.mustRunShell(command);
      const run = await crash.tryRun(crash.scene.words.rollback, {});
      const end = endOf(run.stdout);
      if (end !== wanted)
        return { end: end ?? 'crashed', wrong: `not ${wanted}: ${run.stdout}${run.stderr}` };
      if (end === 'rolled-back') return await judged(crash, 'rollback', run);
      const kept = await crash.machine.run(['sh', '-c', stillThere(what)]);
      return kept.status === 0 ? { end } : { end, wrong: `something is lost: ${run.stdout}` };
    },
  }),
);

/** What must not be lost where the operator is needed: what somebody wrote, and the state of either version. */
function stillThere(what: string): string {
  if (what.startsWith('an environment')) return 'grep -x LAMP_COLOUR=blue /etc/lamp/common';
  if (what.startsWith('the unit')) return 'grep mine /etc/systemd/system/lamp.service';
  if (what.startsWith('another')) return 'test -e /etc/systemd/system/lamp.service.d/mine.conf';
  return 'grep -rx "lit by version 2" /var/lib/lamp';
}
