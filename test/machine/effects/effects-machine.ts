import type { Outcome } from '../../../src/documents/outcome.ts';
import type { Plan } from '../../../src/documents/plan.ts';
import { isWithin } from '../../../src/text/is-within.ts';
import { bootMachine, type Machine } from '../../hosts/machine.ts';
import { changedFiles, writeFileStates } from './file-states.ts';
import {
  END_OF_JOURNAL,
  readUnitStates,
  SHOW_UNITS,
  startedSince,
  type UnitState,
  unitChanges,
} from './unit-states.ts';

/** What was predicted of a change and what was seen, each sorted. */
export interface Seen {
  readonly way: 'restart' | 'stop-and-start';
  readonly predicted: readonly string[];
  readonly applied: readonly string[];
  readonly rolledBack: readonly string[];
  /** Paths of the plan, and the directories made for them. */
  readonly footprint: readonly string[];
  readonly changed: readonly string[];
  /** What differs after the way back. */
  readonly left: readonly string[];
  readonly outcomes: readonly string[];
}

interface Picture {
  readonly units: ReadonlyMap<string, UnitState>;
  readonly endOfJournal: string;
  /** A list of the files, on the machine. */
  readonly files: string;
}

const SPEC = '/root/effects.yaml';
const PLAN = '/root/effects.json';

/** A machine on which settings of one service after the other are changed and changed back, and everything else is watched. */
export class EffectsMachine {
  readonly machine: Machine;
  readonly #directories: readonly string[];

  constructor(machine: Machine, directories: readonly string[]) {
    this.machine = machine;
    this.#directories = directories;
  }

  /** `directories` are those in which every file is looked at. */
  static async boot(
    name: string,
    {
      layers,
      prepare,
      directories,
    }: {
      readonly layers: readonly string[];
      readonly prepare: string;
      readonly directories: readonly string[];
    },
  ): Promise<EffectsMachine> {
    const machine = await bootMachine({ name, layers });
    await machine.runShell(prepare, { timeout: 240_000 });
    // What happens by the clock would be taken for an effect.
    await machine.runShell("systemctl stop '*.timer'");
    return new EffectsMachine(machine, directories);
  }

  async units(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files))
      await this.machine.writeFile(name.startsWith('/') ? name : `/etc/systemd/system/${name}`, text);
    await this.machine.mustRunShell('systemctl daemon-reload');
  }

  /** `own` says of a path whether the service, or one that is restarted with it, writes it when it starts or stops. */
  async try(service: string, own: (path: string) => boolean, state: readonly string[] = []): Promise<Seen> {
    const { machine } = this;
    await machine.writeFile(
      SPEC,
      `apiVersion: cutover/v1\nkind: Replacement\nservice: ${service}\ntrial: no\nsettings: { set: { CUTOVER_EFFECT: seen } }
gate: { stable: 1s, timeout: 40s }\n${state.length === 0 ? '' : `state: { snapshot: [${state.join(', ')}] }\n`}`,
    );
    const before = await this.#picture('before');
    const plan = await this.#cutover<Plan>(`plan ${SPEC} --out ${PLAN}`);
    const planned = await this.#isNew(footprint(plan));
    const applied = await this.#cutover<Outcome>(`apply ${PLAN} --despite-blockers`);
    const after = await this.#picture('after');
    const appliedUnits = await this.#unitsChanged(before, after);
    const back = await this.#cutover<Outcome>(`rollback ${service}`);
    const end = await this.#picture('end');
    const notOwn = (path: string): boolean => !own(path);
    return {
      way: plan.steps.some(({ kind }) => kind === 'unit-restart') ? 'restart' : 'stop-and-start',
      predicted: [
        `${service} ${plan.effects.starts?.includes(service) === true ? 'starts' : 'restarts'}`,
        ...(plan.effects.others ?? []).map(({ unit, does }) => `${unit} ${does}`),
      ].sort(),
      applied: appliedUnits,
      rolledBack: await this.#unitsChanged(after, end),
      footprint: planned,
      changed: (await this.#lines(changedFiles(before.files, after.files, { inodes: true }))).filter(notOwn),
      left: (await this.#left(before, end, [...planned, ...state])).filter(notOwn),
      outcomes: [applied, back].map(({ state, reason }) => `${state}: ${reason}`),
    };
  }

  async #picture(name: string): Promise<Picture> {
    const files = `/tmp/effects-${name}`;
    await this.machine.mustRunShell(writeFileStates(this.#directories, files), { timeout: 240_000 });
    const units = readUnitStates(await this.machine.mustRunShell(SHOW_UNITS));
    return { units, files, endOfJournal: (await this.machine.mustRunShell(END_OF_JOURNAL)).trim() };
  }

  async #unitsChanged(from: Picture, to: Picture): Promise<string[]> {
    const started = await this.#lines(startedSince(from.endOfJournal));
    return unitChanges(from.units, to.units, started).sort();
  }

  /** A file that was put back has another inode: that is the one thing about it that does not come back. */
  async #left(before: Picture, end: Picture, putBack: readonly string[]): Promise<string[]> {
    const whole = await this.#lines(changedFiles(before.files, end.files, { inodes: true }));
    const rest = await this.#lines(changedFiles(before.files, end.files, { inodes: false }));
    return [
      ...new Set([...whole.filter((path) => !putBack.some((one) => isWithin(path, one))), ...rest]),
    ].sort();
  }

  /** Of paths that a change will write those that are looked at, with the directories that are made for them. */
  async #isNew(paths: readonly string[]): Promise<string[]> {
    const watched = paths.filter((path) =>
      this.#directories.some((directory) => path.startsWith(`${directory}/`)),
    );
    const above = watched.flatMap((path) =>
      path.split('/').map((_, index, parts) => parts.slice(0, index).join('/')),
    );
    const script = 'for path; do test -e "$path" || echo "$path"; done';
    const { stdout } = await this.machine.run([
      'sh',
      '-c',
      script,
      'sh',
      ...above.filter((path) => path !== ''),
    ]);
    return [...new Set([...stdout.split('\n').filter((line) => line !== ''), ...watched])].sort();
  }

  async #lines(script: string): Promise<string[]> {
    return (await this.machine.mustRunShell(script)).split('\n').filter((line) => line !== '');
  }

  async #cutover<Document>(words: string): Promise<Document> {
    const { stdout, stderr } = await this.machine.runShell(`cutover ${words} --json`, { timeout: 300_000 });
    if (!stdout.startsWith('{')) throw new Error(`cutover ${words}: ${stdout}${stderr}`);
    return JSON.parse(stdout) as Document;
  }
}

function footprint({ steps }: Plan): string[] {
  return steps.flatMap((step) => (step.kind.startsWith('file-') && 'path' in step ? [step.path] : []));
}
