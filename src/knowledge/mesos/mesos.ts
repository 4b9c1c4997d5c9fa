import type { Knowledge } from '../knowledge.ts';
import { AgentExamination } from './agent-examination.ts';
import { AGENT_CHECKS } from './checks/agent-checks.ts';
import { recogniseAgent } from './recognise-agent.ts';

/** What Cutover knows of Mesos agents, releases 0.23 to 1.11. */
export const mesos: Knowledge = {
  id: 'mesos',
  reads: 'Mesos agents',
  examine: (start) => {
    const agent = recogniseAgent(start);
    return agent && new AgentExamination(start, agent);
  },
  checks: AGENT_CHECKS.map(({ id, title, explains }) => ({ id, title, explains })),
};
