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
import { checkpointedResourcesCheck } from './checkpointed-resources.ts';
import { checkpointsCheck } from './checkpoints.ts';
import { containerizersCheck } from './containerizers.ts';
import { flagValuesCheck } from './flag-values.ts';
import { masterCheck } from './master.ts';
import { recoveryModeCheck } from './recovery-mode.ts';
import { releaseChangesCheck } from './release-changes.ts';

/** In the order of the agent's start: flags, modules, isolators, recovery, tasks; then what others see of it. */
export const AGENT_CHECKS: readonly AgentCheck[] = [
  flagsCheck,
  flagValuesCheck,
  modulesCheck,
  moduleSymbolsCheck,
  moduleVersionCheck,
  hooksCheck,
  containerLoggerCheck,
  containerizersCheck,
  isolatorsCheck,
  otherModulesCheck,
  gpusCheck,
  checkpointsCheck,
  checkpointedResourcesCheck,
  agentInfoCheck,
  recoveryModeCheck,
  launcherDirectoryCheck,
  masterCheck,
  releaseChangesCheck,
];
