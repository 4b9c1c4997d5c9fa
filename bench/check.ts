import { dcosAgentLayer } from '../test/dcos/dcos-agent-layer.ts';
import { compare, type Measurement, type Size, size } from './measurement.ts';
import { CUTOVER, nodePeak, nodeRun } from './whole-process.ts';

/** In megabytes. */
const MOST_MEMORY = 200;
/** The answer of a check that found blockers, as this one must. */
const BLOCKED = 1;

/** The naive swap of the story, checked cold, against starting node alone, and the memory it takes. */
export async function measureCheck(): Promise<{ times: readonly Measurement[]; sizes: readonly Size[] }> {
  const root = await dcosAgentLayer();
  const swap = ['--with', '/root/repo/mesos/build/bin/mesos-slave.sh', '--root', root];
  const command = [CUTOVER, 'check', 'dcos-mesos-slave.service', ...swap];
  const title = 'check of the story';
  const bare = { title: 'node -e 0', run: () => nodeRun(['-e', '0']) };
  return {
    times: [await compare({ title, run: () => nodeRun(command, BLOCKED) }, bare, 15, 6)],
    sizes: [
      await size({ title: `${title}, peak memory`, run: () => nodePeak(command, BLOCKED) }, 3, MOST_MEMORY),
    ],
  };
}
