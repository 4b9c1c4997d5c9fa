import { MODULE_FLAGS } from '../tables/module-flags.ts';
import type { AgentCheck } from './agent-check.ts';
import { checkNamedModules } from './named-module-findings.ts';

const ELSEWHERE = new Set(['isolation', 'hooks', 'container_logger']);
const FLAGS = new Set(MODULE_FLAGS.map(({ flag }) => flag).filter((flag) => !ELSEWHERE.has(flag)));

export const otherModulesCheck: AgentCheck = {
  id: 'mesos-other-modules',
  title: "Tomorrow's agent has every other module that a setting names",
  explains:
    'Authenticators, authorizers, resource estimators, QoS controllers, secret resolvers and detectors are named by ' +
    'flags of their own. Each name must be built in or be a loaded module of the right kind; anything else ends the ' +
    'start. The check is silent when each is.',
  run: (today, tomorrow) => checkNamedModules(today, tomorrow, FLAGS),
};
