import { parseJson } from '../../../formats/json/parse-json.ts';
import { placesIn } from '../../../text/places-in.ts';
import type { AgentExamination } from '../agent-examination.ts';
import { type GivenFlag, knownFlag } from '../flags/agent-flags.ts';
import { refusalOfValue } from '../flags/parse-value.ts';
import { type MalformedResources, parseAttributes, parseResources } from '../info/parse-resources.ts';
import { isAtLeast } from '../mesos-version.ts';
import { FLAG_BUILDS } from '../tables/flag-builds.ts';
import { REQUIRED_FEATURES } from '../tables/agent-features.ts';
import { type AgentCheck, type AgentFinding, versionUnknown } from './agent-check.ts';

export const flagValuesCheck: AgentCheck = {
  id: 'mesos-flag-values',
  title: "Tomorrow's agent takes every flag the way it is given",
  explains:
    'A value that is none of the type of its flag ends the start: `yes` is no boolean, `10` no duration, `--x y` gives x ' +
    'no value at all, resources and attributes are pairs. So does a flag that is on the command line twice, and, from 1.0.0 on, one that is given under two ' +
    'names (MESOS_STRICT and --no-strict), where older releases take the name that comes later in the alphabet. Some ' +
    'flags exist only in a build with the option they belong to, and --agent_features has members that it may not lack. The check is silent when every value is of its type, ' +
    'every flag is given under one name, and the release stays the same for those of a special build.',
  run(today, tomorrow) {
    if (tomorrow.agent.version === undefined) return versionUnknown(tomorrow);
    const taken = tomorrow.flags.spelled.filter((flag) => isTaken(tomorrow, flag));
    const findings = [
      ...taken.flatMap((flag) => [...valueFindings(flag), ...buildFindings(today, tomorrow, flag)]),
      ...spelledTwice(tomorrow, taken),
      ...missingFeatures(tomorrow),
      ...tomorrow.flags.skipped.map((word) => skippedWord(tomorrow, word)),
    ];
    return { examined: taken.length, findings };
  },
};

function isTaken({ flags }: AgentExamination, flag: GivenFlag): boolean {
  return !flags.unknown.includes(flag) && !flags.foreign.includes(flag);
}

function valueFindings(flag: GivenFlag): AgentFinding[] {
  const type = knownFlag(flag.name)?.type;
  const refused = (says: string, remedy: string, at = flag.placeAt(0)): AgentFinding[] => [
    {
      severity: 'blocker',
      subject: flag.spelling,
      reason: `The agent can not take it and exits: ${says}.`,
      evidence: [at],
      remedy,
    },
  ];
  const isNegated = flag.spelling.startsWith('--no-');
  if (isNegated && flag.written !== undefined) {
    return refused(
      `Failed to load boolean flag '${flag.name}' via 'no-${flag.name}' with value '${flag.written}'`,
      `Write ${flag.spelling} alone.`,
    );
  }
  if (isNegated && type !== 'boolean') {
    return refused(
      `Failed to load non-boolean flag '${flag.name}' via 'no-${flag.name}'`,
      `Give --${flag.name} a value or leave it out.`,
    );
  }
  if (!flag.isVariable && flag.written === undefined && type !== 'boolean') {
    return refused(
      `Failed to load non-boolean flag '${flag.name}': Missing value`,
      `Write ${flag.spelling}=VALUE, with an equals sign.`,
    );
  }
  if (flag.file !== undefined && flag.file.content === undefined) {
    // The modules JSON is read, and missed, by itself.
    return flag.name === 'modules'
      ? []
      : refused(
          `Failed to load flag '${flag.name}': Failed to load value 'file://${flag.file.path}': Error reading file '${flag.file.path}'`,
          `Bring ${flag.file.path} along, or give the value itself.`,
        );
  }
  const says = refusalOfValue(flag.value, type);
  if (says !== undefined) {
    return refused(
      `Failed to load flag '${flag.name}': Failed to load value '${flag.value}': ${says}`,
      `Give ${flag.spelling} a ${type ?? 'value'} that the agent takes.`,
    );
  }
  const listed = LISTS[flag.name]?.(flag.value);
  if (listed !== undefined && 'reason' in listed) {
    return refused(listed.reason, 'Write NAME:VALUE pairs with semicolons between them.');
  }
  if (type !== 'json' || flag.name === 'modules') return [];
  const json = parseJson(
    flag.value,
    flag.file === undefined ? flag.placeAt : placesIn(flag.file.path, flag.value),
  );
  if (json.kind !== 'malformed') return [];
  return refused(`Failed to load flag '${flag.name}': ${json.reason}`, 'Mend the JSON.', json.place);
}

const LISTS: Readonly<Record<string, (text: string) => readonly object[] | MalformedResources>> = {
  resources: (text) => parseResources(text, '*'),
  attributes: parseAttributes,
};

function buildFindings(today: AgentExamination, tomorrow: AgentExamination, flag: GivenFlag): AgentFinding[] {
  const isSameRelease = today.isSameRelease(tomorrow);
  const known = isSameRelease && today.flags.given.has(knownFlag(flag.name)?.name ?? flag.name);
  const option = [...FLAG_BUILDS].find(([, flags]) => flags.includes(flag.name))?.[0];
  if (option === undefined || known) return [];
  const without = flag.isVariable ? 'the variable is ignored without a word' : 'it ends the start';
  return [
    {
      severity: 'warning',
      subject: flag.spelling,
      reason: `Only a build of Mesos with ${option} has this flag, and whether ${tomorrow.agent.program} is one can not be told from here; in any other ${without}.`,
      evidence: [flag.placeAt(0)],
      remedy: `Build ${tomorrow.mesos} with ${option}, or take ${flag.spelling} out.`,
    },
  ];
}

function spelledTwice(
  { agent: { version }, mesos }: AgentExamination,
  taken: readonly GivenFlag[],
): AgentFinding[] {
  const strict = version !== undefined && isAtLeast(version, '1.0.0');
  return taken.flatMap((flag, index): AgentFinding[] => {
    const name = knownFlag(flag.name)?.name;
    const before = taken.slice(0, index).find((other) => knownFlag(other.name)?.name === name);
    if (before === undefined) return [];
    const loadedAs = ({ spelling, name: of }: GivenFlag): string =>
      spelling.startsWith('--no-') ? `no-${of}` : of;
    const isSameSpelling = loadedAs(before) === loadedAs(flag);
    // The command line wins over a variable of the same name.
    if (isSameSpelling && before.isVariable !== flag.isVariable) return [];
    const says = strict
      ? `Flag '${name ?? flag.name}' is already loaded via name '${before.name}'`
      : `Duplicate flag '${flag.name}' on command line`;
    const isFatal = strict || isSameSpelling;
    const winner = [before, flag].sort((a, b) => (loadedAs(a) < loadedAs(b) ? -1 : 1))[1] ?? flag;
    return [
      {
        severity: isFatal ? 'blocker' : 'note',
        subject: `${before.spelling} and ${flag.spelling}`,
        reason: isFatal
          ? `Both give ${name ?? flag.name}, and ${mesos} exits: ${says}.`
          : `Both give ${name ?? flag.name}; ${mesos} takes ${winner.spelling}, whose name comes later in the alphabet, and from 1.0.0 on the two end the start.`,
        evidence: [before.placeAt(0), flag.placeAt(0)],
        remedy: `Leave one of the two out.`,
      },
    ];
  });
}

function missingFeatures({ agent: { version }, flags, mesos }: AgentExamination): AgentFinding[] {
  const flag = flags.given.get('agent_features');
  if (flag === undefined || version === undefined) return [];
  const missing = REQUIRED_FEATURES.filter(
    ({ feature, since }) => isAtLeast(version, since) && !flag.value.includes(feature),
  );
  return missing.map(({ feature }) => ({
    severity: 'blocker',
    subject: `${feature} in ${flag.spelling}`,
    reason: `${mesos} does not go without it: where the list of features is given and has not got it, the agent exits.`,
    evidence: [flag.placeAt(0)],
    remedy: `Leave ${flag.spelling} out, or write ${feature} into it.`,
  }));
}

function skippedWord({ mesos, start }: AgentExamination, word: string): AgentFinding {
  return {
    severity: 'note',
    subject: word,
    reason: `It does not begin with -- and ${mesos} skips it without a word: a flag takes its value after an equals sign.`,
    evidence: [start.command?.place ?? { how: 'the command line of the agent' }],
    remedy: `Write --flag=${word} if it is meant to be a value.`,
  };
}
