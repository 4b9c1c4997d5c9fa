import { writeSync } from 'node:fs';
import { mutate } from './mutate.ts';
import { Random } from './random.ts';
import { readEverything } from './read-everything.ts';
import { soundFiles } from './sound-files.ts';

// A program of its own, which is ended when it hangs: reads the damaged files FIRST … FIRST + COUNT - 1 of a seed. Writes
// the number of each input that it begins and that matters to whoever has to end it, and at last one line of JSON.

export interface SliceResult {
  readonly outcomes: Readonly<Record<string, number>>;
  /** The longest that one input took, in milliseconds of processor time. */
  readonly slowest: { readonly input: number; readonly milliseconds: number };
  /** The most memory that the process had, in megabytes. */
  readonly peak: number;
}

const EVERY = 64;
const MEASURED_FROM = 100;

const [seed = 0, first = 0, count = 0] = process.argv.slice(2).map(Number);
const sound = soundFiles();
const outcomes: Record<string, number> = {};
let slowest = { input: first, milliseconds: 0 };
for (let input = first; input < first + count; input += 1) {
  if (input % EVERY === 0) writeSync(1, `${input}\n`);
  const random = new Random(Math.imul(seed, 0x9e3779b1) + input);
  const file = sound[random.below(sound.length)];
  if (file === undefined) throw new Error('no ELF files to begin with');
  const bytes = mutate(file, random);
  const began = performance.now();
  const processor = process.cpuUsage();
  const outcome = attempt(bytes, input, file.path);
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  if (performance.now() - began < Math.max(MEASURED_FROM, slowest.milliseconds)) continue;
  const { user, system } = process.cpuUsage(processor);
  const milliseconds = (user + system) / 1000;
  if (milliseconds > slowest.milliseconds) slowest = { input, milliseconds };
}
const result: SliceResult = { outcomes, slowest, peak: process.resourceUsage().maxRSS / 1024 };
writeSync(1, `${JSON.stringify(result)}\n`);

function attempt(bytes: Uint8Array, input: number, path: string): string {
  try {
    return readEverything(bytes, input % EVERY === 0);
  } catch (error) {
    throw new Error(`input ${input}, made from ${path}`, { cause: error });
  }
}
