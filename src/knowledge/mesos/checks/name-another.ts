import type { AgentExamination } from '../agent-examination.ts';
import type { ModuleLibrary } from '../modules/examine-modules.ts';
import { findCounterpart } from '../modules/find-counterpart.ts';

/** What to write in place of a library that does not fit: the agent's own one of that name, where there is one. */
export function nameAnother(tomorrow: AgentExamination, library: ModuleLibrary): string {
  const { file, line } = library.place;
  const own = findCounterpart(tomorrow.start.host, tomorrow.agent, library);
  return own === undefined
    ? `Name a library that was built against ${tomorrow.mesos} at ${file}:${line}`
    : `Name ${own} at ${file}:${line}, which was built with tomorrow's agent`;
}
