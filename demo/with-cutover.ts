import { bootDcosAgent, type DcosAgent } from '../test/dcos/boot-dcos-agent.ts';
import type { Narrator } from './narrator.ts';
import { specs } from './specs.ts';

const UNIT = 'dcos-mesos-slave.service';

/** The first half of the evening: eleven stations of grep. */
export async function tellTrace(narrator: Narrator): Promise<void> {
  narrator.chapter('Where does the setting come from?');
  narrator.say(
    'The isolators are set somewhere between unit, environment file, template, generator and module library. ' +
      'By hand it took eleven stations of grep; it is one command.',
  );
  const agent = await bootDcosAgent();
  try {
    await type(narrator, agent, `cutover trace ${UNIT} MESOS_ISOLATION`, 0);
  } finally {
    await agent.machine.throwAway();
  }
}

/** The second half with Cutover, on a fresh machine. */
export async function tellSwap(narrator: Narrator): Promise<void> {
  const agent = await bootDcosAgent();
  try {
    await agent.machine.writeFile('/root/naive.yaml', specs.naive);
    await agent.machine.writeFile('/root/mended.yaml', specs.mended);
    const before = await agent.registered();

    narrator.chapter('With Cutover: what would that swap break?');
    narrator.say('The same node, fresh. The swap of 2016, written down as a spec:');
    narrator.output(specs.naive);
    await type(narrator, agent, 'cutover check /root/naive.yaml', 1);

    narrator.chapter('Do it anyway');
    narrator.say(
      'Cutover refuses a blocked spec. Told to go on regardless, it first starts the new agent beside the running one, isolated, and goes no further.',
    );
    await type(narrator, agent, 'cutover apply /root/naive.yaml --despite-blockers', 1);
    narrator.say(`The agent is registered as ${await agent.registered()}; before, it was ${before}.`);

    narrator.say(
      'Told to leave the trial out as well, it makes the change, watches, and comes back by itself.',
    );
    await type(narrator, agent, 'cutover apply /root/naive.yaml --despite-blockers --no-trial', 1);
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
  const { status, stdout, stderr } = await agent.machine.runShell(command, {
    environment: { COLUMNS: '96' },
  });
  narrator.output(`${stderr}${stdout}`);
  if (status !== expected) throw new Error(`${command}: exit ${status} instead of ${expected}`);
}
