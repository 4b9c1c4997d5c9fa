import { posix } from 'node:path';
import { shortName } from '../../../formats/cxx-name/short-name.ts';
import type { MissingSymbol } from '../../../formats/elf/loader/missing-symbols.ts';
import type { LoadedProgram } from '../../../service/service-start.ts';
import type { ModuleLibrary } from '../modules/examine-modules.ts';
import type { AgentExamination } from '../agent-examination.ts';
import type { AgentCheck, AgentFinding } from './agent-check.ts';
import { nameAnother } from './name-another.ts';
import { firstOf } from '../../../text/first-of.ts';

const MOST_NAMED = 3;

export const moduleSymbolsCheck: AgentCheck = {
  id: 'mesos-module-symbols',
  title: "Every module library finds its symbols in tomorrow's agent",
  explains:
    'Module libraries take most of Mesos from the agent that opens them, and the agent opens them so that every ' +
    'symbol must be found at once (RTLD_NOW). Functions of Mesos change their parameters from release to release, ' +
    "and with them their names in the library; the agent then exits before it even looks at the module's version. " +
    'The check looks up every symbol as the dynamic loader would, in the program, its libraries and the ' +
    "module's own. It is silent when nothing is missing.",
  run(_today, tomorrow) {
    const { loaded } = tomorrow.agent;
    if (loaded === undefined) return { couldNotRun: `${tomorrow.agent.program} could not be read` };
    const absent = loaded.closure.missing.filter(({ fatal }) => fatal).map(({ name }) => name);
    if (absent.length > 0) {
      return {
        couldNotRun: `the agent itself does not find ${absent.join(', ')}, so its symbols are not known`,
      };
    }
    const findings = tomorrow.libraries.flatMap((library) => [
      ...missingSymbols(tomorrow, library, loaded),
      ...secondMesos(tomorrow, library),
    ]);
    return { examined: tomorrow.libraries.length, findings };
  },
};

function missingSymbols(
  tomorrow: AgentExamination,
  library: ModuleLibrary,
  loaded: LoadedProgram,
): AgentFinding[] {
  const { path, place, library: opened } = library;
  if (opened === undefined || opened.missing.length > 0) return [];
  const { symbols, versions, unreadable } = opened.binding();
  const unread = unreadable.map(
    ({ object, reason }): AgentFinding => ({
      severity: 'warning',
      subject: path,
      reason: `The symbols of ${object.path} could not be read (${reason}), so it can not be told whether any is missing.`,
      evidence: [place],
      remedy: `Look at ${object.path}.`,
    }),
  );
  const wanted = versions.map(({ version, library: of }) => `version ${version} of ${of.path}`);
  const names = [...symbols.map(({ name }) => shortName(name)), ...wanted];
  if (names.length === 0) return unread;
  const others = symbols.slice(0, MOST_NAMED).flatMap((symbol) => sameNamed(symbol, loaded));
  return [
    ...unread,
    {
      severity: 'blocker',
      subject: path,
      reason: `It needs ${firstOf([...new Set(names)], MOST_NAMED)}, which nothing in tomorrow's process provides, so the agent could not open it: undefined symbol.${others.map((text) => ` ${text}`).join('')}`,
      evidence: [
        place,
        ...symbols.slice(0, MOST_NAMED).map(({ name }) => ({ how: `undefined symbol ${name}` })),
      ],
      remedy: `${nameAnother(tomorrow, library)}, or take it out there.`,
    },
  ];
}

/** A function of the same name with other parameters: the change that broke it. */
function sameNamed({ name }: MissingSymbol, { closure, symbolsOf }: LoadedProgram): string[] {
  const wanted = shortName(name);
  if (wanted === name) return [];
  for (const object of closure.objects) {
    const symbols = symbolsOf(object);
    if (symbols.kind !== 'symbols' || !symbols.defined.some((symbol) => shortName(symbol.name) === wanted))
      continue;
    return [`${posix.basename(object.realPath)} has a ${wanted} with other parameters.`];
  }
  return [];
}

function secondMesos(tomorrow: AgentExamination, library: ModuleLibrary): AgentFinding[] {
  const { path, place } = library;
  const objects = tomorrow.agent.loaded?.closure.objects;
  const own = objects?.findLast(({ realPath }) => familyOf(realPath) === 'libmesos')?.realPath;
  const others = library.library?.opened.added.filter(({ name, realPath }) => {
    const family = familyOf(name) ?? familyOf(realPath);
    return family === 'libmesos' ? own !== realPath : family !== undefined;
  });
  return (others ?? []).map(
    (other): AgentFinding => ({
      severity: 'blocker',
      subject: path,
      reason: `It brings ${other.path} into the process, ${familyOf(other.name) === 'libmesos' ? "a second Mesos beside the agent's own" : 'a second copy of what the agent has already or has built in: it ends the process when both register the same names'}.`,
      evidence: [place, { how: `${path} needs ${other.name}` }],
      remedy: `${nameAnother(tomorrow, library)}, or take it out there.`,
    }),
  );
}

/** Libraries that may be in a process but once: each registers its messages or flags when it is loaded. */
function familyOf(path: string): string | undefined {
  return /^(libmesos|libprotobuf|libglog)(-[\d.]+[^/]*)?\.so(\.\d+)*$/.exec(posix.basename(path))?.[1];
}
