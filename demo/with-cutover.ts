import { bootDcosAgent, type DcosAgent } from '../test/dcos/boot-dcos-agent.ts';
import type { Narrator } from './narrator.ts';
import { specs } from './specs.ts';

const UNIT = 'dcos-mesos-slave.service';

/** The same evening with Cutover, on a fresh machine. */
export async function tellWithCutover(narrator: Narrator): Promise<void> {
  narrator.chapter('With Cutover: where does the setting come from?');
  narrator.say('The same node, fresh. What took an evening of grep is one command.');
  const agent = await bootDcosAgent();
  try {
    await agent.machine.writeFile('/root/naive.yaml', specs.naive);
    await agent.machine.writeFile('/root/mended.yaml', specs.mended);
    const before = await agent.registered();
    await type(narrator, agent, `cutover trace ${UNIT} MESOS_ISOLATION`, 0);

    narrator.chapter('What would the naive swap break?');
    narrator.say('The swap of 2016, written down as a spec:');
    narrator.output(specs.naive);
    await type(narrator, agent, 'cutover check /root/naive.yaml', 1);

    narrator.chapter('Do it anyway');
    narrator.say(
      'Cutover refuses a blocked spec. Told to go on regardless, it makes the change, watches, and comes back by itself.',
    );
    await type(narrator, agent, 'cutover apply /root/naive.yaml --despite-blockers', 1);
    narrator.say(`The agent is registered as ${await agent.registered()}; before, it was ${before}.`);

    narrator.chapter('The spec that check led to');
    narrator.output(specs.mended);
    await type(narrator, agent, 'cutover check /root/mended.yaml', 0);
    await type(narrator, agent, 'cutover apply /root/mended.yaml', 0);
    narrator.say(`The new agent is registered as ${await agent.registered()}.`);
    await type(narrator, agent, 'cutover status', 0);

    narrator.chapter('And back');
    await type(narrator, agent, `cutover rollback ${UNIT}`, 0);
    const after = await agent.registered();
    narrator.say(
      `The old agent is healthy again. Its id is ${after}: the one difference that was accepted beforehand.`,
    );
  } finally {
    await agent.machine.throwAway();
  }
}

async function type(narrator: Narrator, agent: DcosAgent, command: string, expected: number): Promise<void> {
  narrator.command(command);
  const { status, stdout, stderr } = await agent.machine.runShell(command);
  narrator.output(`${stderr}${stdout}`);
  if (status !== expected) throw new Error(`${command}: exit ${status} instead of ${expected}`);
}
