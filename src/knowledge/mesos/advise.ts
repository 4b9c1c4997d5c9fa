import type { HttpProbe } from '../../documents/plan.ts';
import type { PlanAdvice, StateAdvice } from '../plan-advice.ts';
import type { AgentExamination } from './agent-examination.ts';
import { flagValue } from './flags/flag-value.ts';
import { type Checkpoint, latestLink, metaDirectory } from './info/read-checkpoint.ts';
import { isAtLeast } from './mesos-version.ts';
import { NEW_ID } from './new-id.ts';
import { trial } from './trial.ts';

export const NO_ADVICE: PlanAdvice = { state: [], probes: [], probesBack: [], irreversible: [] };

/** What a plan from one agent to another must bear in mind. */
export function advise(today: AgentExamination, tomorrow: AgentExamination): PlanAdvice {
  const irreversible = newId(today, tomorrow);
  return {
    state: state(today),
    probes: probes(tomorrow, today.checkpoint, irreversible.length === 0),
    probesBack: probes(today, today.checkpoint, irreversible.length === 0),
    irreversible,
    trial: trial(tomorrow),
  };
}

function state({ workDirectory }: AgentExamination): StateAdvice[] {
  if (workDirectory === undefined) return [];
  return [
    {
      path: metaDirectory(workDirectory),
      class: 'snapshot',
      why: 'It holds the id of the agent and what it recovers from; another release may rewrite it.',
    },
    {
      path: `${workDirectory.replace(/\/+$/, '')}/slaves`,
      class: 'shared',
      why: 'Sandboxes of tasks that may go on running while the agent is down.',
    },
  ];
}

/** What the agent alone can tell. That a master has accepted it shows only in the list of the leading master. */
function probes(examination: AgentExamination, checkpoint: Checkpoint, keepsId: boolean): HttpProbe[] {
  const { agent, flags, mesos } = examination;
  const base = `http://${address(examination, checkpoint)}:${flagValue(flags, 'port', agent.version)}`;
  const isolation = flags.given.get('isolation')?.value;
  const id: HttpProbe =
    keepsId && checkpoint.kind === 'agent'
      ? {
          title: `the agent has recovered and is still ${checkpoint.id}`,
          url: `${base}/state`,
          status: 200,
          json: [{ pointer: '/id', must: 'equal', value: checkpoint.id }],
        }
      : {
          title: 'the agent has recovered and has an id',
          url: `${base}/state`,
          status: 200,
          json: [{ pointer: '/id', must: 'be-non-empty' }],
        };
  const probed: HttpProbe[] = [id];
  if (agent.version !== undefined) {
    const value = agent.version.text;
    probed.push({
      title: `the program that answers is ${mesos}`,
      url: `${base}/version`,
      status: 200,
      json: [{ pointer: '/version', must: 'equal', value }],
    });
  }
  if (isolation !== undefined) {
    probed.push({
      title: 'the agent runs with the isolators that were set',
      url: `${base}/flags`,
      status: 200,
      json: [{ pointer: '/flags/isolation', must: 'equal', value: isolation }],
    });
  }
  return probed;
}

/** Where the agent listens: `--ip` or LIBPROCESS_IP binds it to one address, else it listens on all. */
function address({ flags, start }: AgentExamination, checkpoint: Checkpoint): string {
  const given = flags.given.get('ip')?.value ?? start.launch?.environment.get('LIBPROCESS_IP');
  if (given !== undefined && given !== '0.0.0.0') return given;
  const hostname = checkpoint.kind === 'agent' ? checkpoint.info.hostname : '';
  // A discovery command is not run here. Without host name lookup the last answer is the agent's hostname.
  const isDiscovered = given === undefined && flags.given.has('ip_discovery_command');
  return isDiscovered && /^\d+(\.\d+){3}$/.test(hostname) ? hostname : '127.0.0.1';
}

/**
 * Only what the start itself would do: an agent that refuses its checkpoint stays under its id, however often
 * it is started, until somebody follows the remedy it prints. That `check` says.
 */
function newId(today: AgentExamination, tomorrow: AgentExamination): PlanAdvice['irreversible'] {
  const before = today.checkpoint;
  const { workDirectory } = tomorrow;
  if (before.kind !== 'agent' || workDirectory === undefined) return [];
  const link = latestLink(workDirectory);
  const how = beginsAfresh(tomorrow, link);
  if (how === undefined) return [];
  return [
    {
      id: NEW_ID,
      title: `Agent ${before.id} is given up for a new id`,
      why: `${tomorrow.mesos} ${how} and registers as a new agent. A master before 1.1 then removes ${before.id} and refuses it for ever; its tasks are lost to the cluster, and bringing the old state back makes the agent shut down.`,
      crossedWhenLinkChanged: link,
      leaveOut: [link],
      difference: `the agent is no longer ${before.id}: the master never admits that id again, so it registers under a new one`,
    },
  ];
}

function beginsAfresh(
  { checkpoint, agent: { version } }: AgentExamination,
  link: string,
): string | undefined {
  if (checkpoint.kind === 'none') return `finds no agent at ${link}`;
  const skipsAfterReboot = version !== undefined && !isAtLeast(version, '1.4.0');
  const rebooted = checkpoint.kind === 'agent' && checkpoint.rebooted === true;
  return rebooted && skipsAfterReboot
    ? 'passes over the checkpoint because the machine was started anew'
    : undefined;
}
