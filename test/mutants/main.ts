// `npm run test:mutants`: takes one sync, inverse, condition or call out of the engine at a time, has the changed engine
// make a change, take it back and recover on a test machine, and tells which mutants nothing noticed.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bootCrashMachine, type CrashMachine } from '../crash/crash-machine.ts';
import type { CrashScene, Verb } from '../crash/crash-scene.ts';
import { learnDeeds } from '../crash/crash-cases.ts';
import { randomOf, sample } from '../random.ts';
import { SCENES } from '../crash/scenes.ts';
import { bundledHarness, bundledHarnessWith } from '../machine/engine/bundled-harness.ts';
import { behavioursOf, planNever } from './behaviours.ts';
import { whyExplained } from './explained.ts';
import { findMutants } from './find-mutants.ts';
import { judgeOfBehaviours, NotTheSame } from './kill-by-behaviour.ts';
import { judgeOfUnitTests } from './kill-by-unit-tests.ts';
import { asIfItLackedSyncs, killByPowerCut, learn, type Learned } from './kill-by-power-cut.ts';
import { type Mutant, titleOf } from './mutant.ts';
import { recoveryRuns, verbRuns } from './runs.ts';
import { isLoss, type Verdict } from './verdict.ts';

const { values } = parseArgs({
  options: {
    kind: { type: 'string', default: 'sync' },
    /** A pattern: only mutants whose titles match. */
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    /** How many of them; all unless told. */
    count: { type: 'string', default: 'all' },
    /** How many power cuts a mutant of a sync has to survive. */
    tries: { type: 'string', default: '12' },
    /** One of them alone. */
    scene: { type: 'string', default: '' },
    list: { type: 'boolean', default: false },
  },
});
const scenes = SCENES.filter(({ unit }) => values.scene === '' || values.scene === unit);
const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const kind = (['sync', 'inverse', 'any'] as const).find((each) => each === values.kind);
if (values.kind === 'none') {
  await control();
  process.exit();
}
if (kind === undefined) throw new Error(`--kind ${values.kind}: it is sync, inverse, any or none`);
const seed = Number(values.seed);
const only = new RegExp(values.only);
const all = findMutants(root, kind).filter((mutant) => only.test(titleOf(mutant)));
const mutants = values.count === 'all' ? all : sample(all, Number(values.count), randomOf(seed));
console.log(`seed ${seed}: ${mutants.length} of ${all.length} mutants of kind ${kind}`);
if (values.list) {
  for (const mutant of mutants) console.log(titleOf(mutant));
  process.exit(0);
}

const verdicts = new Map<Mutant, Verdict>();
if (kind !== 'sync') judgeByUnitTests();
for (const scene of scenes) {
  let left: readonly Mutant[] = mutants.filter((mutant) => verdicts.get(mutant)?.result !== 'killed');
  while (left.length > 0) left = await judgeSome(scene, left);
}

const count = { killed: 0, explained: 0, survived: 0, unreached: 0, undecided: 0 };
for (const [mutant, verdict] of verdicts) {
  if (verdict.result === 'killed') {
    count.killed += 1;
    continue;
  }
  const reason = whyExplained(mutant);
  if (reason !== undefined) count.explained += 1;
  else if (verdict.result === 'survived') count.survived += 1;
  else if (verdict.result === 'undecided') count.undecided += 1;
  else count.unreached += 1;
  if (reason === undefined) console.log(`SURVIVED ${titleOf(mutant)}: ${tell(verdict)}`);
}
const { killed, explained, survived, unreached, undecided } = count;
console.log(
  `${verdicts.size} mutants: ${killed} killed, ${explained} explained, ${survived} survived, ${unreached} not reached, ${undecided} undecided`,
);
process.exitCode = survived + unreached + undecided === 0 ? 0 : 1;

/** What they notice takes no machine. */
function judgeByUnitTests(): void {
  const judge = judgeOfUnitTests(root);
  for (const mutant of mutants) {
    const by = judge(mutant);
    if (by === undefined) continue;
    verdicts.set(mutant, { result: 'killed', by });
    console.log(`unit tests: ${titleOf(mutant)}: killed: ${by}`);
  }
}

/** Judges mutants on a machine until it is lost; gives those that are left then. */
async function judgeSome(scene: CrashScene, some: readonly Mutant[]): Promise<readonly Mutant[]> {
  const crash = await bootCrashMachine(`mutants-${scene.unit}-${process.pid}`, scene);
  try {
    const judge = await judgeOn(crash);
    for (const [index, mutant] of some.entries()) {
      const started = performance.now();
      const harness = await bundledHarnessWith(`${root}/${mutant.file}`, mutant.mutated);
      const verdict = await judge(harness).catch(verdictOf);
      const known = verdicts.get(mutant);
      if (known === undefined || verdict.result !== 'not reached') verdicts.set(mutant, verdict);
      const seconds = ((performance.now() - started) / 1000).toFixed(0);
      console.log(`${scene.unit}: ${titleOf(mutant)}: ${tell(verdict)} [${seconds} s]`);
      if (verdict.result === 'undecided') return some.slice(index + 1);
    }
    return [];
  } finally {
    await crash.machine.throwAway();
  }
}

/** The engine as it is survives everything that its mutants have to. */
async function control(): Promise<void> {
  for (const scene of scenes) {
    const crash = await bootCrashMachine(`mutants-${scene.unit}-${process.pid}`, scene);
    try {
      const learned = await learnOn(crash);
      const verdict = await killByPowerCut(crash, learned.map(asIfItLackedSyncs), Number(values.tries));
      console.log(`${scene.unit}: the engine itself: ${tell(verdict)}`);
      if (verdict.result !== 'survived') process.exitCode = 1;
    } finally {
      await crash.machine.throwAway();
    }
  }
}

/** What judges the text of a harness. */
async function judgeOn(crash: CrashMachine): Promise<(mutant: string) => Promise<Verdict>> {
  const useHarness = async (text: string) => await crash.machine.writeFile('/root/harness.mjs', text);
  if (kind === 'sync') {
    const learned = await learnOn(crash);
    return async (mutant) => {
      await useHarness(mutant);
      return await killByPowerCut(crash, learned, Number(values.tries));
    };
  }
  await planNever(crash);
  const behaviours = behavioursOf(crash, await learnDeeds(crash));
  return judgeOfBehaviours(crash, behaviours, useHarness, bundledHarness());
}

async function learnOn(crash: CrashMachine): Promise<Learned[]> {
  await crash.machine.writeFile('/root/harness.mjs', bundledHarness());
  const learned: Learned[] = [];
  for (const run of verbRuns(crash.scene)) learned.push(await learn(crash, run));
  const deedsOf = (verb: Verb) => learned.find(({ run }) => run.title === verb)?.deeds ?? [];
  for (const run of recoveryRuns(crash.scene, deedsOf)) learned.push(await learn(crash, run));
  return learned;
}

function verdictOf(error: unknown): Verdict {
  if (error instanceof NotTheSame) throw error;
  const message = error instanceof Error ? error.message : String(error);
  return isLoss(message) ? { result: 'undecided', why: message } : { result: 'killed', by: message };
}

function tell(verdict: Verdict): string {
  if (verdict.result === 'killed') return `killed: ${verdict.by.split('\n').slice(0, 2).join(' / ')}`;
  if (verdict.result === 'undecided') return `undecided: ${verdict.why.split('\n')[0] ?? ''}`;
  return verdict.result === 'survived' ? `survived ${verdict.tried.join('; ')}` : 'not reached';
}
