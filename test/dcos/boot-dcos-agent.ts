import { setTimeout as sleep } from 'node:timers/promises';
import { bootMachine, type Machine } from '../hosts/machine.ts';
import { dcosAgentLayer } from './dcos-agent-layer.ts';

/** An agent as the master lists it. */
export interface MasterSlave {
  readonly id: string;
  readonly active: boolean;
}

export interface DcosAgent {
  readonly machine: Machine;
  /** The id under which the agent has registered; undefined while it does not answer or has none yet. */
  agentId(): Promise<string | undefined>;
  /** The agents that the master knows; undefined while it does not answer. */
  masterSlaves(): Promise<readonly MasterSlave[] | undefined>;
  /** Waits until the master lists this agent as active and returns its id. */
  registered(): Promise<string>;
}

const patience = 30_000;

/** Boots a DC/OS 1.7 agent node with a master beside it, and waits until the agent has registered. */
export async function bootDcosAgent(): Promise<DcosAgent> {
  const machine = await bootMachine({ name: 'dcos-agent', layers: [await dcosAgentLayer()] });
  const agent = dcosAgent(machine);
  try {
    await agent.registered();
    return agent;
  } catch (error) {
    await machine.throwAway();
    throw error;
  }
}

function dcosAgent(machine: Machine): DcosAgent {
  async function ask<Answer>(port: number, path: string): Promise<Answer | undefined> {
    const { status, stdout } = await machine.run([
      process.execPath,
      '-e',
      fetchIt,
      `http://127.0.0.1:${port}${path}`,
    ]);
    return status === 0 ? (JSON.parse(stdout) as Answer) : undefined;
  }
  async function agentId(): Promise<string | undefined> {
    const state = await ask<{ id: string }>(5051, '/state');
    return state?.id === '' ? undefined : state?.id;
  }
  async function masterSlaves(): Promise<readonly MasterSlave[] | undefined> {
    return (await ask<{ slaves: readonly MasterSlave[] }>(5050, '/slaves'))?.slaves;
  }
  async function registered(): Promise<string> {
    for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(50)) {
      const [id, slaves] = await Promise.all([agentId(), masterSlaves()]);
      if (id !== undefined && slaves?.some((slave) => slave.id === id && slave.active)) return id;
    }
    const journal = await machine.run([
      'journalctl',
      '-u',
      'dcos-mesos-slave.service',
      '-n',
      '40',
      '-o',
      'cat',
    ]);
    throw new Error(
      `The agent has not registered within ${patience / 1000} s. Its journal:\n${journal.stdout}`,
    );
  }
  return { machine, agentId, masterSlaves, registered };
}

const fetchIt = `
  const answer = await fetch(process.argv[1]).catch(() => process.exit(7));
  if (!answer.ok) process.exit(22);
  process.stdout.write(await answer.text());`;
