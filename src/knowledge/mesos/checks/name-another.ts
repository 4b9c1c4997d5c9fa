import type { AgentExamination } from '../agent-examination.ts';
import type { ModuleLibrary } from '../modules/examine-modules.ts';
import { findCounterpart } from '../modules/find-counterpart.ts';

/** What to write in place of a library that does not fit: the agent's own one of that name, where there is one. */
export function nameAnother(tomorrow: AgentExamination, library: ModuleLibrary): string {
  const { file, line } = library.place;
  const own = findCounterpart(tomorrow.start.host, tomorrow.agent, library);
  const where = `at ${file}:${line} (or in a copy that ${library.source.flag.spelling} names)`;
  return own === undefined
    ? `Name a library that was built against ${tomorrow.mesos} ${where}`
    : `Name ${own}, which was built with tomorrow's agent, ${where}`;
}
