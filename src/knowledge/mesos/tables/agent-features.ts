/**
 * What a list in --agent_features may not leave out, from which release on: the agent exits without it. Source:
 * src/slave/flags.cpp of Mesos 1.9.0 and 1.10.0.
 */
export const REQUIRED_FEATURES: readonly { readonly feature: string; readonly since: string }[] = [
  { feature: 'AGENT_DRAINING', since: '1.9.0' },
  { feature: 'TASK_RESOURCE_LIMITS', since: '1.10.0' },
];
