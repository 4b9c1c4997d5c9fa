import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { canBoot } from '../test/hosts/can-boot.ts';
import { measureDowntime } from './downtime.ts';
import { measureLargeNode } from './large-node.ts';
import type { Measurement, Size } from './measurement.ts';
import { measureStartUp } from './start-up.ts';
import { measureTrace } from './trace.ts';

const measurements: Measurement[] = [...(await measureStartUp()), ...(await measureTrace())];
const sizes: Size[] = [];
const large = await measureLargeNode();
if (large.kind === 'measured') {
  measurements.push(...large.times);
  sizes.push(...large.sizes);
} else console.log(`a node as large as one of DC/OS 2.2 is not measured: ${large.reason}`);
const possible = canBoot();
if (possible.ok) measurements.push(...(await measureDowntime()));
else console.log(`downtime is not measured: ${possible.reason}`);

console.table(
  measurements.map(({ title, median, against, ratio, spread, goal }) => ({
    measured: title,
    'median ms': round(median),
    against: `${against.title}: ${round(against.median)} ms`,
    ratio: round(ratio),
    spread: spread.map(round).join(' … '),
    goal: goal === undefined ? '' : `at most ${goal}`,
  })),
);
console.table(
  sizes.map(({ title, median, largest, goal }) => ({
    measured: title,
    'median MB': round(median),
    'largest MB': round(largest),
    goal: `at most ${goal}`,
  })),
);
const file = fileURLToPath(new URL('./results.json', import.meta.url));
writeFileSync(file, `${JSON.stringify({ node: process.version, measurements, sizes }, undefined, 2)}\n`);

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
