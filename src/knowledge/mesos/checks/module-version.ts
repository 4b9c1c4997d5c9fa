import { compareVersions, parseMesosVersion } from '../mesos-version.ts';
import { type AgentCheck, type AgentFinding, versionUnknown, waysToModule } from './agent-check.ts';
import type { AgentExamination } from '../agent-examination.ts';
import { nameAnother } from './name-another.ts';

export const moduleVersionCheck: AgentCheck = {
  id: 'mesos-module-version',
  title: "Every module was built for tomorrow's Mesos",
  explains:
    'A module carries the Mesos version it was built for, and the agent takes its own version alone, patch level ' +
    "included: Mesos's table of minimum versions holds the agent's version for every kind of module, and a newer " +
    "module is refused too. The version is read from the library's record without loading it. The check is silent " +
    'when every module of the modules JSON was built for the version of the agent that will load it.',
  run(today, tomorrow) {
    const agent = tomorrow.agent.version;
    if (agent === undefined) return versionUnknown(tomorrow);
    const findings: AgentFinding[] = [];
    let examined = 0;
    for (const library of tomorrow.libraries) {
      for (const module of library.modules) {
        const { record } = module;
        examined += 1;
        if (record.kind === 'not-provided' || library.library?.object === undefined) continue;
        const subject = `${module.name} in ${library.path}`;
        const { text: ways, evidence, leaveOut } = waysToModule(tomorrow, library, module);
        const built = record.kind === 'record' ? parseMesosVersion(record.mesosVersion) : undefined;
        if (record.kind === 'unknown' || built === undefined) {
          const why = record.kind === 'unknown' ? record.reason : `'${record.mesosVersion}' is no version`;
          findings.push({
            severity: isLoadedToday(today, tomorrow, library.path) ? 'note' : 'warning',
            subject,
            reason: `Which Mesos it was built for can not be told (${why}). ${ways}`,
            evidence,
            remedy: `Make sure that it was built against Mesos ${agent.text}.`,
          });
          continue;
        }
        const order = compareVersions(built, agent);
        if (order === 0) continue;
        const refusal =
          order < 0
            ? `Minimum supported mesos version for '${record.moduleKind}' is ${agent.text}, but module is compiled with version ${built.text}`
            : `Mesos has version ${agent.text}, but module is compiled with version ${built.text}`;
        findings.push({
          severity: 'blocker',
          subject,
          reason: `It was built for Mesos ${built.text} and tomorrow's agent is Mesos ${agent.text}, which takes modules of its own version alone and exits: ${refusal}. ${ways}`,
          evidence,
          remedy: `${nameAnother(tomorrow, library)}, or ${leaveOut}.`,
        });
      }
    }
    return { examined, findings };
  },
};

/** The same release loads the same library today. */
function isLoadedToday(today: AgentExamination, tomorrow: AgentExamination, path: string): boolean {
  const isSameRelease = today.isSameRelease(tomorrow);
  return (
    isSameRelease && today.refusal === undefined && today.libraries.some((library) => library.path === path)
  );
}
