import type { Finding } from '../../../documents/check-report.ts';
import type { Place } from '../../../text/place.ts';
import { showPlace } from '../../../text/place.ts';
import type { CheckRun } from '../../check-outcome.ts';
import type { CheckDescription } from '../../knowledge.ts';
import type { AgentExamination } from '../agent-examination.ts';
import type { GivenFlag } from '../flags/agent-flags.ts';
import type { Module, ModuleLibrary } from '../modules/examine-modules.ts';
import { whyNoVersion } from '../recognise-agent.ts';

/** A check of two agents, the one of today and the one of tomorrow. */
export interface AgentCheck extends CheckDescription {
  run(today: AgentExamination, tomorrow: AgentExamination): CheckRun;
}

export type AgentFinding = Omit<Finding, 'id'>;

/** Why a check that needs tomorrow's version can not run without it. */
export function versionUnknown({ agent }: AgentExamination): CheckRun {
  return { couldNotRun: whyNoVersion(agent) };
}

/** How the agent comes to load a module: in words, where, and how to make it not. */
export function waysToModule(
  examination: AgentExamination,
  library: ModuleLibrary,
  module: Module,
): { readonly text: string; readonly evidence: Place[]; readonly leaveOut: string } {
  const { flag } = library.source;
  const selecting = examination.named.filter(
    ({ means }) => means.kind === 'module' && means.module === module,
  );
  const selected = selecting.map(({ flag: { spelling }, place }) => `${spelling} (${showPlace(place)})`);
  const asks = selected.length === 0 ? '' : `, ${selected.join(' and ')} asks for it by name`;
  return {
    text: `${flag.spelling} (${showPlace(flag.placeAt(0))}) loads it at ${showPlace(module.place)}${asks}.`,
    evidence: [module.place, flag.placeAt(0), ...selecting.map(({ place }) => place)],
    leaveOut: [
      `take ${module.name} out of ${module.place.file}`,
      ...selecting.map((named) => withoutName(named.flag, module.name)),
    ].join(' and '),
  };
}

/** How to leave a name out of a list: the line to write. */
export function withoutName(flag: GivenFlag, name: string): string {
  const rest = flag.value.split(',').filter((part) => part !== name);
  const value = rest.join(',');
  if (flag.isVariable) return value === '' ? `unset ${flag.spelling}` : `set ${flag.spelling}=${value}`;
  return value === '' ? `leave ${flag.spelling} out` : `write ${flag.spelling}=${value}`;
}
