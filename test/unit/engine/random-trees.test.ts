// A slice of `npm run test:trees`, another one each time.
import { expect, test } from 'vitest';
import { endOfForest } from '../../trees/forest.ts';
import { randomTrees } from '../../trees/random-tree.ts';

const seed = Number(process.env['CUTOVER_SEED'] ?? Date.now() % 1_000_000);
const TREES = 50;

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn('SKIPPED: random trees are not put back: files are given to other users, as root');

test.skipIf(!isRoot)(
  `whatever happens to them, state and files are put back as they were (seed ${seed})`,
  async () => {
    const { wrong, items } = await endOfForest(randomTrees(seed, TREES));
    expect(wrong).toEqual([]);
    expect(items).toBeGreaterThan(TREES);
  },
);
