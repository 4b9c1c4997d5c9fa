import type { CouldNotRun } from '../../../documents/could-not-run.ts';
import { showPlace } from '../../../text/place.ts';
import { showSearchRule } from '../../../formats/elf/loader/loaded-object.ts';
import type { ModuleLibrary } from '../modules/examine-modules.ts';
import { isAtLeast } from '../mesos-version.ts';
import type { AgentExamination } from '../agent-examination.ts';
import { MODULE_FLAGS } from '../tables/module-flags.ts';
import { MODULE_API_VERSION, MODULE_KINDS } from '../tables/module-kinds.ts';
import type { AgentCheck, AgentFinding } from './agent-check.ts';

export const modulesCheck: AgentCheck = {
  id: 'mesos-modules',
  title: 'Every module library and module that the agent is told to load is there',
  explains:
    'The agent opens every library of its modules JSON when it starts, and looks up every module by name; the first ' +
    'one that is missing, or JSON that it can not read, ends it with exit code 1. The check also knows the kinds of module and the module API of ' +
    'each release, and that one name may not come from two libraries. A module that is loaded and that no flag names is a note. It is silent when each library is found by ' +
    "the dynamic loader's rules and holds the modules that the JSON names.",
  run(today, tomorrow) {
    const { refusal } = tomorrow;
    if (refusal !== undefined) return { examined: 1, findings: [damaged(refusal, tomorrow)] };
    const findings: AgentFinding[] = [];
    let examined = 0;
    const seen = new Map<string, ModuleLibrary>();
    for (const library of tomorrow.libraries) {
      examined += 1 + library.modules.length;
      findings.push(...missingFiles(library));
      for (const module of library.modules) {
        const subject = `${module.name} in ${library.path}`;
        const before = seen.get(module.name);
        seen.set(module.name, before ?? library);
        if (before !== undefined && before.path !== library.path) {
          findings.push({
            severity: 'blocker',
            subject,
            reason: `The same module is loaded from ${before.path} too; the agent refuses the second one: duplicate module names.`,
            evidence: [module.place, before.place],
            remedy: `Take one of the two out of the modules JSON.`,
          });
        }
        if (library.library?.object === undefined) continue;
        const fault = faultOf(module.record, tomorrow.agent.version, tomorrow.mesos);
        if (fault !== undefined)
          findings.push({ severity: 'blocker', subject, evidence: [module.place], ...fault });
      }
    }
    findings.push(...twoSources(tomorrow), ...unused(today, tomorrow));
    return { examined, findings };
  },
};

/** What the agent reads before anything else and can not read. */
function damaged(
  { what, place, message, why, next }: CouldNotRun,
  { flags }: AgentExamination,
): AgentFinding {
  const flag = flags.given.get('modules') ?? flags.given.get('modules_dir');
  const evidence = [place, flag?.placeAt(0)].filter((one) => one !== undefined);
  return {
    severity: 'blocker',
    subject: place?.file ?? 'A module library',
    reason: `${what}${place === undefined ? '' : ` (${showPlace(place)})`}. ${why ?? 'The agent exits when it starts.'}`,
    evidence: evidence.length === 0 ? [{ how: message }] : evidence,
    remedy: next ?? 'Mend it and ask again.',
  };
}

/** `--modules` and `--modules_dir` exclude each other (src/slave/main.cpp:295-298 of 1.0.0). */
function twoSources({ flags, mesos }: AgentExamination): AgentFinding[] {
  const [one, other] = [flags.given.get('modules'), flags.given.get('modules_dir')];
  if (one === undefined || other === undefined) return [];
  return [
    {
      severity: 'blocker',
      subject: `${one.spelling} and ${other.spelling}`,
      reason: `${mesos} takes one of the two and exits: Only one of --modules or --modules_dir should be specified.`,
      evidence: [one.placeAt(0), other.placeAt(0)],
      remedy: `Unset ${one.spelling}, and put its JSON into ${other.value} as a file of its own.`,
    },
  ];
}

/** Modules of a kind that works only when a flag names it, and none does. */
function unused(today: AgentExamination, tomorrow: AgentExamination): AgentFinding[] {
  const used = new Set(tomorrow.named.map(({ name }) => name));
  const before = new Set(unusedNames(today));
  return tomorrow.libraries.flatMap(({ path, modules }) =>
    modules.flatMap(({ name, place, record }): AgentFinding[] => {
      const of = MODULE_FLAGS.find(({ kind }) => record.kind === 'record' && record.moduleKind === kind);
      if (of === undefined || used.has(name) || before.has(name)) return [];
      return [
        {
          severity: 'note',
          subject: `${name} in ${path}`,
          reason: `It is loaded and does nothing: no --${of.flag} names it.`,
          evidence: [place],
          remedy: `Name it in --${of.flag}, or take it out of ${place.file}.`,
        },
      ];
    }),
  );
}

function unusedNames(today: AgentExamination): string[] {
  if (today.refusal !== undefined) return [];
  const { libraries, named } = today;
  const used = new Set(named.map(({ name }) => name));
  return libraries.flatMap(({ modules }) =>
    modules.map(({ name }) => name).filter((name) => !used.has(name)),
  );
}

function missingFiles({ path, place, library }: ModuleLibrary): AgentFinding[] {
  return (library?.missing ?? []).map((missing): AgentFinding => {
    const isItself = library?.object === undefined;
    const tried = missing.tried.map(
      ({ path: at, rule, reason }) =>
        `${at} (${showSearchRule(rule)}${reason === undefined ? '' : `, ${reason}`})`,
    );
    return {
      severity: 'blocker',
      subject: path,
      reason: isItself
        ? 'The agent is told to load this library and would not find it: Error opening library.'
        : `It needs ${missing.name}, which the loader would not find, so the agent could not open it.`,
      evidence: [place, { how: `tried ${tried.length === 0 ? 'nothing' : tried.join(', ')}` }],
      remedy: isItself
        ? `Name the library where it is at ${place.file}:${place.line}, or take it out there.`
        : `Bring ${missing.name} along, or take ${path} out of ${place.file}.`,
    };
  });
}

function faultOf(
  record: ModuleLibrary['modules'][number]['record'],
  version: Parameters<typeof isAtLeast>[0] | undefined,
  mesos: string,
): Pick<AgentFinding, 'reason' | 'remedy'> | undefined {
  if (record.kind === 'not-provided') {
    return {
      reason: 'The library has no symbol of that name, by which the agent looks the module up.',
      remedy: 'Mend the name in the modules JSON, or take the module out.',
    };
  }
  if (record.kind === 'unknown') return undefined;
  if (record.apiVersion !== MODULE_API_VERSION) {
    return {
      reason: `It has module API version ${record.apiVersion}, ${mesos} has ${MODULE_API_VERSION}: Module API version mismatch.`,
      remedy: `Build the module against ${mesos}.`,
    };
  }
  const since = MODULE_KINDS.get(record.moduleKind);
  const isKnown =
    MODULE_KINDS.has(record.moduleKind) &&
    (since === undefined || version === undefined || isAtLeast(version, since));
  if (isKnown) return undefined;
  return {
    reason: `It is of the kind ${record.moduleKind}, which ${mesos} does not know: Unknown module kind.`,
    remedy: 'Take the module out of the modules JSON.',
  };
}
