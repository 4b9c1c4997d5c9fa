// `npm run test:trees -- --seed N --count N`: random file trees through a change and its way back, many at once.
// `--first N --count 1` takes one of them alone, and shows it where it is not put back.
import { parseArgs } from 'node:util';
import { endOfForest } from './forest.ts';
import { randomTrees } from './random-tree.ts';

const AT_ONCE = 500;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    count: { type: 'string', default: '10000' },
    first: { type: 'string', default: '0' },
  },
});
const seed = Number(values.seed);
const [first, count] = [Number(values.first), Number(values.count)];
const trees = randomTrees(seed, first + count).slice(first);
console.log(`seed ${seed}, trees ${first} to ${first + trees.length - 1}`);
let [steps, items, wrong] = [0, 0, 0];
for (let at = 0; at < trees.length; at += AT_ONCE) {
  if (at > 0 && at % 1000 === 0) console.error(`${at} of ${trees.length}`);
  const some = trees.slice(at, at + AT_ONCE);
  const numbers = `${first + at} to ${first + at + some.length - 1}`;
  try {
    const end = await endOfForest(some);
    steps += end.steps;
    items += end.items;
    wrong += end.wrong.length;
    for (const { tree, differences } of end.wrong)
      console.log(`FAULT tree ${first + at + tree} is not as before:\n${differences}`);
  } catch (error) {
    wrong += 1;
    console.log(`FAULT trees ${numbers}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
if (wrong > 0 && count === 1) console.log(JSON.stringify(trees[0], undefined, 1));
console.log(`${trees.length} trees, ${steps} steps, ${items} entries compared: ${wrong} not put back`);
process.exitCode = wrong === 0 ? 0 : 1;
