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
import { endOfFault, type FaultCase, faultCases, titleOfFault } from './fault-cases.ts';
import { randomOf, sample } from './random.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    /** How many of the points of depth one; all unless told. */
    points: { type: 'string', default: 'all' },
    /** How many of the recoveries that are killed too. */
    recoveries: { type: 'string', default: '300' },
    'power-cuts': { type: 'string', default: '100' },
    faults: { type: 'string', default: '300' },
  },
});
const seed = Number(values.seed);
const random = randomOf(seed);
const some = <T>(all: readonly T[], size: string): T[] =>
  size === 'all' ? [...all] : sample(all, Number(size), random);

const crash = await bootCrashMachine('crash');
try {
  const deeds = await learnDeeds(crash);
  const { apply, rollback } = deeds;
  console.log(`seed ${seed}; an apply has ${apply.length} points, a rollback ${rollback.length}`);
  await run('killed once', some(depthOne(deeds, false), values.points));
  await run('killed, and its recovery killed', some(await depthTwo(), values.recoveries));
  await run('without power', some(depthOne(deeds, true), values['power-cuts']));

  await refuse(some(faultCases(deeds), values.faults));

  async function refuse(cases: readonly FaultCase[]): Promise<void> {
    const ends = new Map<string, number>();
    let broken = 0;
    for (const [index, faultCase] of cases.entries()) {
      if (index > 0 && index % 25 === 0) console.error(`refused by the system: ${index} of ${cases.length}`);
      const { end, wrong } = await endOfFault(crash, faultCase);
      ends.set(end, (ends.get(end) ?? 0) + 1);
      if (wrong === undefined) continue;
      broken += 1;
      process.exitCode = 1;
      console.log(`FAULT ${titleOfFault(faultCase, deeds)}: ${end}\n${wrong}`);
    }
    const list = [...ends].map(([end, count]) => `${count} ${end}`).join(', ');
    console.log(`refused by the system: ${cases.length} cases: ${list}, ${broken} broken`);
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
