import type { AgentExamination } from '../agent-examination.ts';
import { isAtLeast } from '../mesos-version.ts';
import { type AgentCheck, type AgentFinding, versionUnknown } from './agent-check.ts';

export const masterCheck: AgentCheck = {
  id: 'mesos-master',
  title: "The masters admit tomorrow's agent",
  explains:
    'Mesos is upgraded masters first, so the masters are taken to be no older than the agent of today. A master from ' +
    '1.2.1 on ignores agents before 1.0: such an agent only tries again and again, while /health is 200, /state is 200 ' +
    'and slave/registered is 1, for that says no more than that a master was detected. Between 1.x and 1.y both ways ' +
    "work as long as no new feature is used; between 0.28 and 1.0 nothing is promised. An agent newer than today's may " +
    'be newer than its masters, which is a note. The check is silent when the release stays the same.',
  run(today, tomorrow) {
    const { version } = tomorrow.agent;
    if (version === undefined) return versionUnknown(tomorrow);
    return { examined: 1, findings: admission(today, tomorrow) };
  },
};

/** Source: MINIMUM_AGENT_VERSION, src/master/constants.hpp:150 of 1.3.0; docs/upgrades.md and docs/versioning.md. */
function admission(today: AgentExamination, tomorrow: AgentExamination): AgentFinding[] {
  const [before, after] = [today.agent.version, tomorrow.agent.version];
  if (before === undefined || after === undefined || before.text === after.text) return [];
  const master = tomorrow.flags.given.get('master');
  const evidence = [master?.placeAt(0) ?? { how: 'no --master is given' }];
  const subject = `${tomorrow.mesos} and its masters`;
  if (!isAtLeast(after, '1.0.0') && isAtLeast(before, '1.0.0')) {
    const isIgnored = isAtLeast(before, '1.2.1');
    return [
      {
        severity: isIgnored ? 'blocker' : 'warning',
        subject,
        reason: `Masters from 1.2.1 on ignore agents before 1.0${isIgnored ? `, and those of ${today.mesos} are no older than that` : ''}. The agent would only try again, and nothing on this machine would tell: /health and /state stay 200, slave/registered stays 1.`,
        evidence,
        remedy: isIgnored
          ? 'Stay with an agent of 1.0 or later.'
          : 'Look at the version of the leading master first: curl http://leader.mesos:5050/version',
      },
    ];
  }
  if (isAtLeast(before, after.text)) return [];
  const crossing = !isAtLeast(before, '1.0.0') && isAtLeast(after, '1.0.0');
  return [
    {
      severity: 'note',
      subject,
      reason: `Masters are upgraded before agents. ${crossing ? 'From 0.28 to 1.0 nothing is promised for an agent that is newer than its masters, nor for the way back' : 'An agent that is newer than its masters works as long as it uses nothing new'}. That it was admitted shows only in the leading master's list of agents (active, and registered or re-registered after the start), not in /health nor in slave/registered.`,
      evidence,
      remedy: 'Look at the leading master: curl http://leader.mesos:5050/version and /slaves',
    },
  ];
}
