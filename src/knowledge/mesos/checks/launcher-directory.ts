import type { CheckRun } from '../../check-outcome.ts';
import type { AgentExamination } from '../agent-examination.ts';
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
    const helpers = [
      ...HELPERS,
      ...(usesDocker(tomorrow.flags.given.get('containerizers')?.value) ? [DOCKER] : []),
    ];
    const directory = launcher.value.replace(/\/+$/, '');
    const missing = helpers.filter((name) => tomorrow.start.host.stat(`${directory}/${name}`) === undefined);
    const before = today.flags.given.get('launcher_dir')?.value;
    const subject = `${launcher.spelling}=${launcher.value}`;
    const evidence = [launcher.placeAt(0)];
    const findings = [...logger];
    if (missing.length > 0) {
      findings.push({
        severity: 'warning',
        subject,
        reason: `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not there; the agent starts, and the first task that needs it fails.`,
        evidence,
        remedy: `Point ${launcher.spelling} to the helpers of ${tomorrow.mesos}.`,
      });
    }
    const isOther = today.agent.version?.text !== tomorrow.agent.version?.text;
    if (before === launcher.value && isOther) {
      findings.push({
        severity: 'warning',
        subject,
        reason: `${tomorrow.mesos} would start the helper programs of ${today.mesos}, whose options differ; launches then fail while the agent looks healthy.`,
        evidence,
        remedy: `Point ${launcher.spelling} to the helpers of ${tomorrow.mesos}.`,
      });
    }
    if (before !== launcher.value) {
      findings.push({
        severity: 'note',
        subject,
        reason: `Helper programs come from here tomorrow, today from ${before ?? 'the directory compiled in to the agent'}. Command executors that run now are not recognised as such after it.`,
        evidence,
        remedy: 'Nothing to do, unless tasks of the command executor run.',
      });
    }
    return { examined: helpers.length, findings };
  },
};

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
const HELPERS = ['mesos-containerizer', 'mesos-executor', 'mesos-fetcher'];
const DOCKER = 'mesos-docker-executor';

function usesDocker(containerizers: string | undefined): boolean {
  return containerizers?.split(',').includes('docker') ?? false;
}
