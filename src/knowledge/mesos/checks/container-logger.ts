import type { AgentCheck } from './agent-check.ts';
import { checkNamedModules } from './named-module-findings.ts';

export const containerLoggerCheck: AgentCheck = {
  id: 'mesos-container-logger',
  title: "Tomorrow's agent has the container logger it is told to use",
  explains:
    '--container_logger names a ContainerLogger module, which the agent creates once for each containerizer. Taking ' +
    'the module out of the modules JSON and leaving the setting ends the start with "Module … unknown". The check ' +
    'is silent when the module is loaded and of that kind, or the setting is not there.',
  run: (today, tomorrow) => checkNamedModules(today, tomorrow, new Set(['container_logger'])),
};
