import { type Deeds, readyFor } from '../crash/crash-cases.ts';
import type { CrashMachine } from '../crash/crash-machine.ts';
import { observed, seen } from './observed.ts';

/** A story of commands on a machine, told by what each said and what the machine was like then. */
export interface Behaviour {
  readonly title: string;
  tell(crash: CrashMachine): AsyncIterable<string>;
}

const NEVER = '/root/never.json';

/** Makes the plan whose gate fails: nobody listens at that port. */
export async function planNever({ machine, scene }: CrashMachine): Promise<void> {
  const probe = "timeout: 1s, probes: [{ title: smoke, tcp: '127.0.0.1:1' }]";
  await machine.mustRunShell(
    `sed 's/timeout: 20s/${probe.replaceAll("'", '"').replaceAll('/', '\\/')}/' ${scene.spec} > /root/never.yaml
    cutover plan /root/never.yaml --out ${NEVER}`,
  );
}

/** In the order in which they tell mutants apart most quickly. `deeds` are those of the engine as it is. */
export function behavioursOf({ scene }: CrashMachine, deeds: Deeds): Behaviour[] {
  const { words, unit } = scene;
  const file = scene.editable;
  const part = (verb: 'apply' | 'rollback', share: number): number => Math.ceil(deeds[verb].length * share);
  return [
    {
      title: 'there and back',
      async *tell(crash) {
        await crash.reset();
        yield await observed(crash, words.apply);
        if (words.confirm !== undefined) yield await observed(crash, words.confirm);
        yield await observed(crash, words.apply);
        yield await observed(crash, words.rollback);
        yield await observed(crash, words.rollback);
        yield await observed(crash, 'rollback lump');
        yield await observed(crash, 'confirm lump');
      },
    },
    {
      title: 'the gate fails',
      async *tell(crash) {
        await crash.reset();
        yield await observed(crash, words.apply.replace('/root/plan.json', NEVER));
        yield await observed(crash, 'recover');
      },
    },
    killed('apply', part('apply', 0.97), 'recover'),
    killed('rollback', part('rollback', 0.6), 'recover'),
    killed('apply', part('apply', 0.7), words.apply, 'status', words.rollback),
    killed('apply', halfWritten(deeds), 'recover'),
    {
      title: 'taken back while the service is stopped',
      async *tell(crash) {
        await readyFor(crash, 'rollback');
        await crash.machine.mustRunShell(`systemctl stop ${unit}`);
        yield await observed(crash, words.rollback);
      },
    },
    {
      title: 'the service does not run before',
      async *tell(crash) {
        await crash.reset();
        await crash.machine.mustRunShell(`systemctl stop ${unit}`);
        yield await observed(crash, words.apply);
        yield await observed(crash, words.rollback);
      },
    },
    {
      title: 'a file is edited afterwards',
      async *tell(crash) {
        await readyFor(crash, 'rollback');
        await crash.machine.mustRunShell(`echo by hand >> ${file}`);
        yield await observed(crash, words.rollback);
      },
    },
    {
      title: 'a file is edited before',
      async *tell(crash) {
        await crash.reset();
        await crash.machine.mustRunShell(`echo by hand >> ${file}`);
        yield await observed(crash, words.apply);
      },
    },
    {
      title: 'a file is edited meanwhile',
      async *tell(crash) {
        await crash.reset();
        const at = 1 + deeds.apply.indexOf(`rename to ${file}`);
        const environment = { MEDDLE_AT: String(at - 2), MEDDLE: `echo by hand >> ${file}` };
        yield await observed(crash, words.apply, environment);
      },
    },
    refused('apply', part('apply', 0.65)),
    refused('apply', part('apply', 0.3)),
    refused('rollback', part('rollback', 0.5)),
    {
      title: 'the recovery is killed too',
      async *tell(crash) {
        await crash.runAndDie(await readyFor(crash, 'apply'), { at: part('apply', 0.9) });
        await crash.runAndDie('recover', { at: 12 });
        yield await observed(crash, 'recover');
      },
    },
    {
      title: 'something else restarts the service in the middle',
      async *tell(crash) {
        await crash.runAndDie(await readyFor(crash, 'apply'), { at: part('apply', 0.5) });
        await crash.machine.mustRunShell(`systemctl daemon-reload; systemctl restart ${unit}`);
        yield await observed(crash, 'recover');
      },
    },
    {
      title: 'the journal is damaged',
      async *tell(crash) {
        await readyFor(crash, 'rollback');
        await crash.machine.mustRunShell(
          `sed -i '2s/"step"/"stop"/' /var/lib/cutover/journal/*/records.jsonl`,
        );
        yield await observed(crash, 'status');
        yield await observed(crash, words.rollback);
      },
    },
  ];

  function killed(verb: 'apply' | 'rollback', at: number, ...then: readonly string[]): Behaviour {
    return {
      title: `${verb} is killed at ${at}`,
      async *tell(crash) {
        await crash.runAndDie(await readyFor(crash, verb), { at });
        yield await seen(crash);
        for (const each of then) yield await observed(crash, each);
      },
    };
  }

  function refused(verb: 'apply' | 'rollback', at: number): Behaviour {
    return {
      title: `${verb} is refused its deed ${at}`,
      async *tell(crash) {
        yield await observed(crash, await readyFor(crash, verb), { FAULT_AT: String(at), FAULT: 'EIO' });
        yield await observed(crash, words.rollback);
      },
    };
  }
}

function halfWritten({ apply }: Deeds): number {
  return (
    1 +
    apply.findLastIndex((deed, index) => index < apply.length * 0.8 && deed.startsWith('write the rest of'))
  );
}
