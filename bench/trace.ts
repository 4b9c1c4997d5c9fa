import { dcosAgentLayer } from '../test/dcos/dcos-agent-layer.ts';
import { compare, type Measurement } from './measurement.ts';
import { CUTOVER, nodeRun } from './whole-process.ts';

/** A trace through the generator, against starting cutover alone. */
export async function measureTrace(): Promise<Measurement[]> {
  const root = await dcosAgentLayer();
  const version = { title: 'cutover --version', run: () => nodeRun([CUTOVER, '--version']) };
  const ask = (title: string, args: readonly string[]): Promise<Measurement> =>
    compare({ title, run: () => nodeRun([CUTOVER, ...args, '--root', root]) }, version, 10);
  return [
    await ask('trace of MESOS_ISOLATION', ['trace', 'dcos-mesos-slave.service', 'MESOS_ISOLATION']),
    await ask('inspect of the agent', ['inspect', 'dcos-mesos-slave.service']),
  ];
}
