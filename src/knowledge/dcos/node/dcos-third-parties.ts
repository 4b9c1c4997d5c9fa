import { type DcosCheck, type DcosFinding, isOtherProgram, type NodeDay } from './dcos-check.ts';
import { THIRD_PARTIES, type ThirdParty } from './third-parties.ts';
import { shellWord } from '../../../text/shell-word.ts';

const UNITS = ['/etc/systemd/system', '/opt/mesosphere/dcos.target.wants'];
/** The agent's own. Source: src/slave/constants.hpp of Mesos. */
const DEFAULT_PORT = '5051';
/** Settings that name modules of the agent. */
const NAMING = ['MESOS_ISOLATION', 'MESOS_CONTAINER_LOGGER', 'MESOS_HOOKS'];
const AGENT = /^dcos-mesos-slave(?:-public)?\.service$/;

export const dcosThirdPartiesCheck: DcosCheck = {
  id: 'dcos-third-parties',
  title: 'What else of DC/OS talks to the agent goes on to find it',
  explains:
    'Metrics, logs of tasks, diagnostics, the admin router and the network of a node ask the agent at its port, and some ' +
    'get their data from a module inside it; the names of tasks and the history of the cluster come from the master. None ' +
    'of them says so before it asks. The check knows by their units which of them are there: another port, and a module ' +
    'that nothing names any more, are warnings; another program is a note with those to look at afterwards. It is silent ' +
    'for a service that is no agent, and when program, port and modules stay the same.',
  run(today, tomorrow) {
    if (!AGENT.test(today.start.service.name)) return { examined: 0, findings: [] };
    const { host } = tomorrow.start;
    const present = THIRD_PARTIES.flatMap((party): Present[] => {
      const isThere = (unit: string): boolean =>
        UNITS.some((directory) => host.lstat(`${directory}/${unit}`) !== undefined);
      const unit = party.units.find(isThere);
      return unit === undefined ? [] : [{ ...party, unit }];
    });
    const findings = present.flatMap((party) => [
      ...otherPort(party, today, tomorrow),
      ...lostModule(party, today, tomorrow),
    ]);
    const isOther = isOtherProgram(today, tomorrow) && present.length > 0;
    return { examined: present.length, findings: [...findings, ...(isOther ? [toLookAt(present)] : [])] };
  },
};

type Present = ThirdParty & { readonly unit: string };

function otherPort(party: Present, today: NodeDay, tomorrow: NodeDay): DcosFinding[] {
  const [before, after] = [portOf(today), portOf(tomorrow)];
  if (before === after || !party.byPort) return [];
  const place = tomorrow.start.service.environment.effective.get('MESOS_PORT')?.place;
  return [
    {
      severity: 'warning',
      subject: party.unit,
      reason: `It is ${party.who} and asks the agent for ${party.asks}, at port ${before}. The agent listens at ${after} tomorrow.`,
      evidence: [place ?? { how: 'the command line of the agent, or the default of --port' }],
      remedy: `Let the agent stay at port ${before}.`,
    },
  ];
}

function portOf({ start: { service, launch } }: NodeDay): string {
  const given = launch?.args.flatMap((arg) => /^--port=(\d+)$/.exec(arg)?.[1] ?? []).at(-1);
  return given ?? service.environment.effective.get('MESOS_PORT')?.value.toString() ?? DEFAULT_PORT;
}

function lostModule(party: Present, today: NodeDay, tomorrow: NodeDay): DcosFinding[] {
  const before = namedIn(today, party.module);
  if (before === undefined || namedIn(tomorrow, party.module) !== undefined) return [];
  const { setting, name } = before;
  const place = today.start.service.environment.effective.get(setting)?.place;
  return [
    {
      severity: 'warning',
      subject: party.unit,
      reason: `It is ${party.who} and lives on the module ${name}, which ${setting} names today and nothing names tomorrow: of tasks that are started then it has nothing.`,
      evidence: [place ?? { how: setting }],
      remedy: `Build the module for tomorrow's Mesos and leave ${name} in ${setting}, or do without.`,
    },
  ];
}

function namedIn(
  { start: { service } }: NodeDay,
  module: RegExp | undefined,
): { readonly setting: string; readonly name: string } | undefined {
  for (const setting of module === undefined ? [] : NAMING) {
    const value = service.environment.effective.get(setting)?.value.toString() ?? '';
    const name = module?.exec(value)?.[0];
    if (name !== undefined) return { setting, name };
  }
  return undefined;
}

function toLookAt(present: readonly Present[]): DcosFinding {
  const list = present.map(({ unit, who, asks }) => `${unit}, ${who} (${asks})`);
  return {
    severity: 'note',
    subject: 'What else talks to the agent',
    reason: `${list.join('; ')}.`,
    evidence: [{ how: 'their units are on this node' }],
    remedy: `Look at them once the change is through: systemctl status ${present.map(({ unit }) => shellWord(unit)).join(' ')}`,
  };
}
