import type { CheckRun } from '../../check-outcome.ts';
import type { AgentExamination } from '../agent-examination.ts';
import type { GivenFlag } from '../flags/agent-flags.ts';
import { flagValue } from '../flags/flag-value.ts';
import { isAtLeast, type MesosVersion } from '../mesos-version.ts';
import { mesosOfLibrary } from '../modules/mesos-of-library.ts';
import {
  LAUNCHER_PROGRAMS,
  type LauncherProgram,
  LAUNCH_FLAGS_CHANGED,
} from '../tables/launcher-programs.ts';
import type { AgentCheck, AgentFinding } from './agent-check.ts';

export const launcherDirectoryCheck: AgentCheck = {
  id: 'mesos-launcher-dir',
  title: "The helper programs are those of tomorrow's agent",
  explains:
    'The agent starts containers, fetchers and executors through helper programs in --launcher_dir, and nothing looks ' +
    'at them before the first task: with missing or foreign ones every launch fails while the agent looks healthy. In a ' +
    'build tree up to 1.1 the wrapper exports MESOS_LAUNCHER_DIR over what the unit sets, from 1.2 on what the unit sets ' +
    'wins. The logrotate logger looks for its own helper, and ends the start when it does not find it. The check is silent when the helpers are there and belong to the agent; a change of place is a note.',
  run(today, tomorrow): CheckRun {
    const logger = loggersWithoutHelper(tomorrow);
    const launcher = tomorrow.flags.given.get('launcher_dir');
    if (launcher === undefined) return { examined: logger.length, findings: logger };
    const helpers = helpersOf(tomorrow);
    const directory = launcher.value.replace(/\/+$/, '');
    const missing = helpers.filter(
      ({ name }) => tomorrow.start.host.stat(`${directory}/${name}`) === undefined,
    );
    const before = today.flags.given.get('launcher_dir')?.value;
    const subject = `${launcher.spelling}=${launcher.value}`;
    const evidence = [launcher.placeAt(0)];
    const findings = [...logger];
    const isSame = before === launcher.value && today.isSameRelease(tomorrow);
    if (missing.length > 0) {
      findings.push({
        severity: isSame ? 'note' : 'warning',
        subject,
        reason: `${missing.map(({ name, for: use }) => `${name} (for ${use})`).join(', ')} ${missing.length === 1 ? 'is' : 'are'} not there; the agent starts, and the first task that needs it fails.`,
        evidence,
        remedy: `Point ${launcher.spelling} to the helpers of ${tomorrow.mesos}.`,
      });
    }
    findings.push(...foreignHelpers(today, tomorrow, launcher, helpers));
    if (before !== launcher.value) {
      findings.push({
        severity: 'note',
        subject,
        reason: `Helper programs come from here tomorrow, today from ${before ?? 'the directory compiled in to the agent'}.${knowsByName(tomorrow) ? '' : ' Command executors that run now are not recognised as such after it.'}`,
        evidence,
        remedy: 'Nothing to do, unless tasks of the command executor run.',
      });
    }
    return { examined: helpers.length, findings };
  },
};

/** What the agent of this release starts with the containerizers and isolators that it has. */
function helpersOf({ flags, agent: { version } }: AgentExamination): LauncherProgram[] {
  return LAUNCHER_PROGRAMS.filter(({ since, until, when }) => {
    if (since !== undefined && (version === undefined || !isAtLeast(version, since))) return false;
    if (until !== undefined && (version === undefined || isAtLeast(version, until))) return false;
    return when === undefined || (flagValue(flags, when.flag, version) ?? '').split(',').includes(when.has);
  });
}

/** Helpers that were built for another release: by the libmesos they need, else by the place they have kept. */
function foreignHelpers(
  today: AgentExamination,
  tomorrow: AgentExamination,
  launcher: GivenFlag,
  helpers: readonly LauncherProgram[],
): AgentFinding[] {
  const { agent, mesos, start } = tomorrow;
  const directory = launcher.value.replace(/\/+$/, '');
  const built = helpers.map(({ name }) => ({ name, of: mesosOfLibrary(start.host, `${directory}/${name}`) }));
  const foreign = built.find(({ of }) => of !== undefined && of.text !== agent.version?.text);
  const isKnown = built.some(({ of }) => of !== undefined);
  const hasKept = today.flags.given.get('launcher_dir')?.value === launcher.value;
  const isStale = !isKnown && hasKept && !today.isSameRelease(tomorrow);
  if (foreign === undefined && !isStale) return [];
  const old = foreign?.of ?? today.agent.version;
  const isRefused =
    old !== undefined && agent.version !== undefined && launchFlagsOf(old) !== launchFlagsOf(agent.version);
  return [
    {
      severity: isRefused ? 'blocker' : 'warning',
      subject: `${launcher.spelling}=${launcher.value}`,
      reason: `${mesos} would start the helper programs of ${foreign === undefined ? today.mesos : `Mesos ${foreign.of?.text} (${foreign.name} needs its libmesos)`}${isRefused ? ', whose mesos-containerizer launch takes other flags: every launch fails with "Failed to load unknown flag" while the agent looks healthy' : '; what they take and print may differ'}.`,
      evidence: [launcher.placeAt(0)],
      remedy: `Point ${launcher.spelling} to the helpers of ${mesos}.`,
    },
  ];
}

function launchFlagsOf(version: MesosVersion): number {
  return LAUNCH_FLAGS_CHANGED.filter((release) => isAtLeast(version, release)).length;
}

/** From 1.10.0 on executors are told by the end of their path (src/slave/state.cpp:535 of 1.11.0). */
function knowsByName({ agent: { version } }: AgentExamination): boolean {
  return version !== undefined && isAtLeast(version, '1.10.0');
}

/** The logrotate logger alone looks for its helper when it is created, in a directory that its parameters name. */
function loggersWithoutHelper({ libraries, start, mesos }: AgentExamination): AgentFinding[] {
  const loggers = libraries.flatMap(({ modules }) => modules.filter(({ name }) => name === LOGROTATE));
  const directories = loggers.flatMap(({ parameters }) =>
    parameters.filter(({ key }) => key === 'launcher_dir'),
  );
  return directories
    .map(({ value, place }) => ({ place, helper: `${value.replace(/\/+$/, '')}/${LOGROTATE_HELPER}` }))
    .filter(({ helper }) => start.host.stat(helper) === undefined)
    .map(({ place, helper }) => ({
      severity: 'blocker',
      subject: helper,
      reason: `${LOGROTATE} is told that its helper program is here, does not find it, and ${mesos} exits: Failed to parse parameters: Failed to load flag 'launcher_dir': Cannot find: ${helper}.`,
      evidence: [place],
      remedy: `Write the directory of ${LOGROTATE_HELPER} at ${place.file}:${place.line}.`,
    }));
}

const LOGROTATE = 'org_apache_mesos_LogrotateContainerLogger';
const LOGROTATE_HELPER = 'mesos-logrotate-logger';
