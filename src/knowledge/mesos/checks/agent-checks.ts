import type { AgentCheck } from './agent-check.ts';
import { agentInfoCheck } from './agent-info.ts';
import { containerLoggerCheck } from './container-logger.ts';
import { flagsCheck } from './flags.ts';
import { gpusCheck } from './gpus.ts';
import { hooksCheck } from './hooks.ts';
import { isolatorsCheck } from './isolators.ts';
import { launcherDirectoryCheck } from './launcher-directory.ts';
import { moduleSymbolsCheck } from './module-symbols.ts';
import { moduleVersionCheck } from './module-version.ts';
import { modulesCheck } from './modules.ts';
import { otherModulesCheck } from './other-modules.ts';

/** In the order of the agent's start: flags, modules, isolators, recovery, tasks. */
export const AGENT_CHECKS: readonly AgentCheck[] = [
  flagsCheck,
  modulesCheck,
  moduleSymbolsCheck,
  moduleVersionCheck,
  hooksCheck,
  containerLoggerCheck,
  isolatorsCheck,
  otherModulesCheck,
  gpusCheck,
  agentInfoCheck,
  launcherDirectoryCheck,
];
