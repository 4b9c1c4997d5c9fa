// `npm run test:crash`: kills Cutover at every numbered deed of a change and of its way back, kills the recovery too,
// cuts the power, and looks each time whether the machine is exactly as before or exactly as after.
import { parseArgs } from 'node:util';
import {
  beginnings,
  type CrashCase,
  depthOne,
  learnDeeds,
  outcomeOf,
  recoveryDeeds,
  titleOf,
} from './crash-cases.ts';
import { bootCrashMachine } from './crash-machine.ts';
import { lampScene } from './lamp-scene.ts';
import { endOfFault, type FaultEnd, faultCases, hangCases, titleOfFault } from './fault-cases.ts';
import { namedFaults } from './named-faults.ts';
import { randomOf, sample } from '../random.ts';
import { SCENES } from './scenes.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    /** How many of the points of depth one; all unless told. */
    points: { type: 'string', default: 'all' },
    /** How many of the recoveries that are killed too. */
    recoveries: { type: 'string', default: '300' },
    'power-cuts': { type: 'string', default: '100' },
    faults: { type: 'string', default: '300' },
    hangs: { type: 'string', default: 'all' },
    named: { type: 'string', default: 'all' },
    scene: { type: 'string', default: 'lamp' },
    /** I/N: only each Nth of the cases, from the Ith; for several machines at a time that share a seed. */
    part: { type: 'string', default: '1/1' },
    /** A pattern: only faults whose titles match, of the three kinds that have titles. */
    only: { type: 'string', default: '' },
  },
});
const seed = Number(values.seed);
const random = randomOf(seed);
const [part = 1, parts = 1] = values.part.split('/').map(Number);
const some = <T>(all: readonly T[], size: string): T[] =>
  (size === 'all' ? [...all] : sample(all, Number(size), random)).filter(
    (_, index) => index % parts === part - 1,
  );

const scene = SCENES.find(({ unit }) => unit === values.scene);
if (scene === undefined)
  throw new Error(`no scene ${values.scene}: ${SCENES.map(({ unit }) => unit).join(', ')}`);
const crash = await bootCrashMachine(`crash-${process.pid}`, scene);
try {
  const deeds = await learnDeeds(crash);
  const { apply, confirm, rollback } = deeds;
  console.log(
    `seed ${seed}; an apply has ${apply.length} points, a confirm ${confirm.length}, a rollback ${rollback.length}`,
  );
  await run('killed once', some(depthOne(deeds, false), values.points));
  await run('killed, and its recovery killed', some(await depthTwo(), values.recoveries));
  await run('without power', some(depthOne(deeds, true), values['power-cuts']));

  const toCases = (cases: ReturnType<typeof faultCases>): Case[] =>
    cases.map((each) => ({
      title: titleOfFault(each, deeds),
      run: async () => await endOfFault(crash, each),
    }));
  const only = new RegExp(values.only);
  const refused = toCases(faultCases(deeds)).filter(({ title }) => only.test(title));
  await meet('refused by the system', some(refused, values.faults));
  const hangs = toCases(hangCases(deeds)).filter(({ title }) => only.test(title));
  await meet('a command hangs', some(hangs, values.hangs));
  const named = (scene === lampScene ? namedFaults() : []).filter(({ title }) => only.test(title));
  await meet(
    'named faults',
    some(named, values.named).map(({ title, run: meets }) => ({
      title,
      run: async () => {
        await crash.reset();
        return await meets(crash, deeds);
      },
    })),
  );

  interface Case {
    readonly title: string;
    readonly run: () => Promise<FaultEnd>;
  }

  async function meet(what: string, cases: readonly Case[]): Promise<void> {
    const ends = new Map<string, number>();
    let broken = 0;
    for (const [index, { title, run: meets }] of cases.entries()) {
      if (index > 0 && index % 25 === 0) console.error(`${what}: ${index} of ${cases.length}`);
      const { end, wrong } = await meets().catch(crashed);
      ends.set(end, (ends.get(end) ?? 0) + 1);
      if (wrong === undefined) continue;
      broken += 1;
      process.exitCode = 1;
      console.log(`FAULT ${title}: ${end}\n${wrong}`);
    }
    const list = [...ends].map(([end, count]) => `${count} ${end}`).join(', ');
    console.log(`${what}: ${cases.length} cases: ${list}, ${broken} broken`);
  }

  async function depthTwo(): Promise<CrashCase[]> {
    if (values.recoveries === '0') return [];
    const cases: CrashCase[] = [];
    for (const first of beginnings(deeds)) {
      const points = await recoveryDeeds(crash, first);
      for (let recoveryAt = 1; recoveryAt <= points; recoveryAt += 1) cases.push({ ...first, recoveryAt });
    }
    console.log(
      `recoveries from the ${beginnings(deeds).length} places where they begin have ${cases.length} points`,
    );
    return cases;
  }

  async function run(title: string, cases: readonly CrashCase[]): Promise<void> {
    const count = { before: 0, after: 0, neither: 0 };
    for (const [index, crashCase] of cases.entries()) {
      if (index > 0 && index % 25 === 0) console.error(`${title}: ${index} of ${cases.length}`);
      const end = await endOf(crashCase);
      count[typeof end === 'string' ? end : 'neither'] += 1;
      if (typeof end === 'string') continue;
      process.exitCode = 1;
      console.log(`FAULT ${titleOf(crashCase, deeds)}\n${end.neither}`);
    }
    const { before, after, neither } = count;
    console.log(`${title}: ${cases.length} cases: ${before} as before, ${after} as after, ${neither} broken`);
  }

  function crashed(error: unknown): FaultEnd {
    return { end: 'crashed', wrong: error instanceof Error ? error.message : String(error) };
  }

  async function endOf(crashCase: CrashCase): ReturnType<typeof outcomeOf> {
    try {
      return await outcomeOf(crash, crashCase);
    } catch (error) {
      return { neither: error instanceof Error ? error.message : String(error) };
    }
  }
} finally {
  await crash.machine.throwAway();
}
