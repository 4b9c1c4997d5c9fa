import { compare, type Measurement } from './measurement.ts';
import { CUTOVER, nodeRun } from './whole-process.ts';

/** What a script pays for calling cutover at all. */
export async function measureStartUp(): Promise<Measurement[]> {
  const bare = { title: 'node -e 0', run: () => nodeRun(['-e', '0']) };
  return [
    await compare({ title: 'cutover --version', run: () => nodeRun([CUTOVER, '--version']) }, bare, 30, 1.4),
    await compare({ title: 'cutover --help', run: () => nodeRun([CUTOVER, '--help']) }, bare, 15),
  ];
}
