import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { canBoot } from '../test/hosts/can-boot.ts';
import { measureChanges } from './changes.ts';
import { measureCheck } from './check.ts';
import { measureDowntime } from './downtime.ts';
import { measureLargeNode } from './large-node.ts';
import { measureLibraries } from './libraries.ts';
import type { Measurement, Size } from './measurement.ts';
import { measureService } from './service.ts';
import { measureStartUp } from './start-up.ts';
import { measureTrace } from './trace.ts';

const measurements: Measurement[] = [...(await measureStartUp()), ...(await measureTrace())];
const checked = await measureCheck();
measurements.push(...checked.times);
const sizes: Size[] = [...checked.sizes];
const large = await measureLargeNode();
if (large.kind === 'measured') {
  measurements.push(...large.times);
  sizes.push(...large.sizes);
} else console.log(`a node as large as one of DC/OS 2.2 is not measured: ${large.reason}`);
const libraries = await measureLibraries();
if (libraries.kind === 'measured') measurements.push(...libraries.times);
else console.log(`libraries are not measured: ${libraries.reason}`);
const possible = canBoot();
if (possible.ok) {
  const service = await measureService();
  if (service.kind === 'measured') measurements.push(...service.times);
  else console.log(`a trace of nginx.service is not measured: ${service.reason}`);
  measurements.push(...(await measureDowntime()));
  const changes = await measureChanges();
  if (changes.kind === 'measured') measurements.push(...changes.times);
  else console.log(`changes of many files are not measured: ${changes.reason}`);
} else console.log(`nginx.service, downtime and changes are not measured: ${possible.reason}`);

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
