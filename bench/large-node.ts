import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { whyNotRendered } from '../test/dcos-2.2/render.ts';
import { buildLargeNode } from './large-node/build-large-node.ts';
import { compare, type Measurement, type Size, size } from './measurement.ts';
import { CUTOVER, nodePeak, nodeRun } from './whole-process.ts';

export type MeasuredLargeNode =
  | { readonly kind: 'measured'; readonly times: readonly Measurement[]; readonly sizes: readonly Size[] }
  | { readonly kind: 'not-measured'; readonly reason: string };

const MOST_MEMORY = 150;

/** Cold traces on a node as large as one of DC/OS 2.2, against starting node alone, and the memory they take. */
export async function measureLargeNode(): Promise<MeasuredLargeNode> {
  const reason = whyNotRendered();
  if (reason !== undefined) return { kind: 'not-measured', reason };
  const directory = mkdtempSync(`${tmpdir()}/cutover-bench-`);
  try {
    const root = `${directory}/root`;
    buildLargeNode(root);
    return await measureRoot(root);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function measureRoot(root: string): Promise<MeasuredLargeNode> {
  const bare = { title: 'node -e 0', run: () => nodeRun(['-e', '0']) };
  const asked = [
    {
      title: 'DC/OS 2.2: trace of MESOS_ISOLATION',
      args: ['dcos-mesos-slave.service', 'MESOS_ISOLATION'],
      goal: 4,
    },
    { title: 'DC/OS 2.2: trace --all', args: ['--all'], goal: 8 },
  ];
  const times: Measurement[] = [];
  const sizes: Size[] = [];
  for (const { title, args, goal } of asked) {
    const command = [CUTOVER, 'trace', ...args, '--root', root];
    times.push(await compare({ title, run: () => nodeRun(command) }, bare, 15, goal));
    sizes.push(await size({ title: `${title}, peak memory`, run: () => nodePeak(command) }, 3, MOST_MEMORY));
  }
  return { kind: 'measured', times, sizes };
}
