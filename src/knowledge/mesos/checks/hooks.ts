import type { AgentCheck } from './agent-check.ts';
import { checkNamedModules } from './named-module-findings.ts';

export const hooksCheck: AgentCheck = {
  id: 'mesos-hooks',
  title: "Tomorrow's agent has every hook it is told to install",
  explains:
    'A hook is always a module: every name in --hooks must be the name of a Hook module in the modules JSON, or the ' +
    'agent exits with "No hook module named … available". The check is silent when each is one.',
  run: (today, tomorrow) => checkNamedModules(today, tomorrow, new Set(['hooks'])),
};
