import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { canBoot } from '../test/hosts/can-boot.ts';
import { measureDowntime } from './downtime.ts';
import type { Measurement } from './measurement.ts';
import { measureStartUp } from './start-up.ts';
import { measureTrace } from './trace.ts';

const measurements: Measurement[] = [...(await measureStartUp()), ...(await measureTrace())];
const possible = canBoot();
if (possible.ok) measurements.push(...(await measureDowntime()));
else console.log(`downtime is not measured: ${possible.reason}`);

console.table(
  measurements.map(({ title, median, against, ratio, goal }) => ({
    measured: title,
    'median ms': round(median),
    against: `${against.title}: ${round(against.median)} ms`,
    ratio: round(ratio),
    goal: goal === undefined ? '' : `at most ${goal}`,
  })),
);
const file = fileURLToPath(new URL('./results.json', import.meta.url));
writeFileSync(file, `${JSON.stringify({ node: process.version, measurements }, undefined, 2)}\n`);

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
