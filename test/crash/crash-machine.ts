import { fileURLToPath } from 'node:url';
import { bootMachine, type Machine } from '../hosts/machine.ts';
import type { Completed } from '../hosts/run-command.ts';
import { bundledHarness } from '../machine/engine/bundled-harness.ts';
import type { CrashScene } from './crash-scene.ts';

const POINTS = '/root/crash-points.mjs';
const HARNESS = '/root/harness.mjs';
const points = fileURLToPath(new URL('crash-points.mjs', import.meta.url));
/** For a run in which every command hangs, each for a while, and for busy machines. */
const PATIENCE_MS = 5 * 60_000;

export interface Death {
  /** The process is killed just before its deed of this number, from 1, or when it has said how it ended. */
  readonly at: number | 'end';
  /** What no sync had brought to the disk is lost, and the machine boots again; `files`: it does not boot. */
  readonly losesPower?: boolean | 'files';
}

/** What the service is, as systemd, its process and its files tell it. */
export type Side = 'before' | 'after' | { readonly neither: string };

export interface CrashMachine {
  readonly machine: Machine;
  readonly scene: CrashScene;
  /** Runs Cutover to its end; what it printed. Throws for a bad exit. */
  run(words: string): Promise<string>;
  /** Likewise, whatever its end, and throws when it does not come within a limit. */
  tryRun(words: string, environment: Readonly<Record<string, string>>, limitMs?: number): Promise<Completed>;
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

/** A machine on which the service of a scene runs, and its plan is made. */
export async function bootCrashMachine(name: string, scene: CrashScene): Promise<CrashMachine> {
  const machine = await bootMachine({ name });
  await machine.copyIn(points, POINTS);
  await scene.install(machine);
  await machine.writeFile(HARNESS, bundledHarness());
  const command = (words: string) => ['node', '--import', POINTS, HARNESS, ...words.split(' ')];
  const photograph = async (script: string) => await machine.mustRunShell(script);
  const before = await photograph(scene.before);
  const crash: CrashMachine = {
    machine,
    scene,
    run: async (words) => {
      const { status, stdout, stderr } = await machine.run(command(words), { timeout: PATIENCE_MS });
      if (status !== 0) throw new Error(`${words} ended with ${status}: ${stdout}${stderr}`);
      return stdout;
    },
    tryRun: async (words, environment, limitMs = PATIENCE_MS) =>
      await machine.run(command(words), { environment, timeout: limitMs }),
    deeds: async () => (await machine.readFile('/root/points')).split('\n').slice(0, -1),
    runAndDie: async (words, { at, losesPower = false }) => {
      const crashing = { CRASH_AT: String(at), CRASH_LOSES: losesPower === false ? '0' : '1' };
      const { status, stderr } = await machine.run(command(words), {
        environment: crashing,
        timeout: PATIENCE_MS,
      });
      if (status === 0) return 'finished';
      if (status !== 137) throw new Error(`${words} was to die at ${at} and ended with ${status}: ${stderr}`);
      if (losesPower !== true) return 'died';
      await machine.powerCut();
      await machine.bootAgain();
      return 'died';
    },
    side: async () => {
      const now = await photograph(scene.before);
      if (now === before) return 'before';
      const after = await photograph(scene.after);
      return after === afterText ? 'after' : { neither: differing(before, now) };
    },
    photograph: async () => await photograph(scene.before),
    reset: async () => {
      await machine.mustRunShell(scene.reset);
    },
  };
  await machine.mustRunShell(`cutover plan ${scene.spec} --out /root/plan.json`);
  let afterText = '';
  await crash.run(scene.words.apply);
  afterText = await photograph(scene.after);
  await crash.reset();
  return crash;
}

export function differing(before: string, now: string): string {
  const was = new Set(before.split('\n'));
  const is = new Set(now.split('\n'));
  const gone = [...was].filter((line) => !is.has(line)).map((line) => `- ${line}`);
  return [...gone, ...[...is].filter((line) => !was.has(line)).map((line) => `+ ${line}`)].join('\n');
}
