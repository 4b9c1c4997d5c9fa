import { NEW_AGENT, SETTINGS, examined, mesosRoot, type MesosRootOptions } from './mesos-root.ts';
import type { CheckResult, Finding } from '../src/documents/check-report.ts';

export interface Run {
  readonly check: CheckResult;
  readonly findings: readonly Finding[];
}

/** What one check says of a service that is today as `mesosRoot` makes it. */
export function run(id: string, tomorrow: MesosRootOptions, today: MesosRootOptions = {}): Run {
  const outcomes = examined(mesosRoot(today)).compare(examined(mesosRoot(tomorrow)));
  const found = outcomes.find(({ check }) => check.id === id);
  if (found === undefined) throw new Error(`there is no check ${id}`);
  return found;
}

export const said = ({ findings }: Run): string[] =>
  findings.map(({ severity, subject, reason }) => `${severity}: ${subject}: ${reason}`);

export const line = (name: string): number => Object.keys(SETTINGS).indexOf(name) + 1;

/** The modules of Mesos 1.0.0: its own logger, nothing of 0.28.1. */
export const own = JSON.stringify({
  libraries: [{ file: '/srv/mesos/lib/liblogger.so', modules: [{ name: 'org_lamp_KeptLogger' }] }],
});
/** Mesos 1.0.0 with its own logger module and nothing of 0.28.1. */
export const fitting: MesosRootOptions = {
  program: NEW_AGENT,
  modules: own,
  settings: { MESOS_ISOLATION: 'cgroups/cpu,posix/disk', MESOS_HOOKS: undefined },
};
