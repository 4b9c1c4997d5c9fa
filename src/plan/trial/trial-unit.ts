import { splitWords } from '../../formats/command-line/parse-command-line.ts';
import type { Assignment } from '../../formats/unit/parse-unit.ts';
import type { Host } from '../../host/host.ts';
import type { TrialSettings } from '../../knowledge/plan-advice.ts';
import type { Service } from '../../service/service.ts';
import { expandSpecifiers } from '../../service/specifiers.ts';
import { SYSTEMD_DIRECTORIES } from '../../service/systemd-directories.ts';
import type { StepOfKind } from '../step-duties.ts';
import { trialPaths } from './trial-paths.ts';

export interface TrialUnitRequest {
  readonly host: Host;
  /** The service as it will be. */
  readonly service: Service;
  readonly directory: string;
  /** Files that the plan writes: in the trial they stand in its view alone. */
  readonly written: readonly string[];
  readonly directories: StepOfKind<'trial-start'>['directories'];
  readonly settings: TrialSettings;
}

/**
 * The unit file of a trial start: what `[Service]` says of the service, without what reaches beyond its process, and
 * behind it what isolates. Source: systemd.service(5), systemd.exec(5), systemd.unit(5).
 */
export function trialUnit(request: TrialUnitRequest): string {
  const { host, service, directory, written, directories, settings } = request;
  const paths = trialPaths(directory);
  const leftOut = new Set([...BEYOND_THE_PROCESS, ...settings.without]);
  const lines = service.unit.assignments.flatMap((assignment) => {
    const { section, key } = assignment;
    if (section !== 'Service' || leftOut.has(key)) return [];
    const value = withoutUnitName(host, service.name, assignment);
    if (key.startsWith('Exec') && isUnconfined(value)) return [];
    return `${key}=${inView(key, value, assignment, paths.root, written)}`;
  });
  const unset = [...settings.environment].flatMap(([name, value]) => (value === undefined ? [name] : []));
  return `${[
    `# Written by Cutover for a trial start of ${service.name}. It is removed when that is over.`,
    '[Unit]',
    `Description=Trial start of ${service.name.replaceAll('%', '%%')}, isolated`,
    'DefaultDependencies=no',
    '[Service]',
    ...lines,
    `EnvironmentFile=${paths.environment}`,
    ...(unset.length === 0 ? [] : [`UnsetEnvironment=${unset.join(' ')}`]),
    `RootDirectory=${paths.root}`,
    ...directories.flatMap(({ path }) =>
      path.startsWith('/run/') ? [`BindPaths=${paths.run}${path.slice('/run'.length)}:${path}`] : [],
    ),
    ...ISOLATION,
  ].join('\n')}\n`;
}

const RESTARTS = [
  'Restart',
  'RestartSec',
  'RestartPreventExitStatus',
  'RestartForceExitStatus',
  'RestartMode',
];
const OTHER_COMMANDS = ['ExecStartPost', 'ExecReload', 'ExecStop', 'ExecStopPost', 'ExecCondition'];
const ACTIONS = ['FailureAction', 'SuccessAction', 'StartLimitAction'];
const ENDS = [
  'RuntimeMaxSec',
  'TimeoutStopSec',
  'TimeoutSec',
  'KillMode',
  'SendSIGKILL',
  'FileDescriptorStoreMax',
];
const OUTPUT = ['StandardInput', 'StandardOutput', 'StandardError', 'TTYPath', 'PAMName', 'UtmpIdentifier'];
const OF_OTHERS = [
  'PIDFile',
  'BusName',
  'Sockets',
  'Slice',
  'NetworkNamespacePath',
  'IPCNamespacePath',
  'OpenFile',
];
const MADE_OUTSIDE = Object.keys(SYSTEMD_DIRECTORIES);
const PRIORITIES = ['OOMScoreAdjust', 'CPUSchedulingPolicy', 'CPUSchedulingPriority', 'MountFlags'];

/** What acts on the service itself, on systemd, on other units, or on files outside the view. */
const BEYOND_THE_PROCESS = new Set([
  ...RESTARTS,
  ...OTHER_COMMANDS,
  ...ACTIONS,
  ...ENDS,
  ...OUTPUT,
  ...OF_OTHERS,
  ...MADE_OUTSIDE,
  ...PRIORITIES,
]);

/** Paths that the view may not have: most of /run is not in it. */
const PATH_LISTS = new Set([
  'ReadWritePaths',
  'ReadOnlyPaths',
  'InaccessiblePaths',
  'ExecPaths',
  'NoExecPaths',
  'ReadWriteDirectories',
  'ReadOnlyDirectories',
  'InaccessibleDirectories',
]);

/** `BindReadOnlyPaths=` of systemd's own sockets: for readiness, and for what the trial logs. */
const ISOLATION = [
  'MountAPIVFS=yes',
  'BindReadOnlyPaths=/run/systemd/notify -/run/systemd/journal/socket -/run/systemd/journal/stdout -/run/systemd/journal/dev-log',
  'Restart=no',
  'PrivateNetwork=yes',
  'PrivateTmp=yes',
  'PrivateIPC=yes',
  'ProtectClock=yes',
  'ProtectHostname=yes',
  'ProtectKernelLogs=yes',
  'ProtectKernelModules=yes',
  'ProtectKernelTunables=yes',
  'CapabilityBoundingSet=~CAP_SYS_BOOT CAP_SYS_MODULE CAP_SYS_RAWIO CAP_SYS_TIME',
  'KillMode=control-group',
  'SendSIGKILL=yes',
  'TimeoutStopSec=10s',
  'RuntimeMaxSec=10min',
  'OOMPolicy=kill',
];

/** `+` exempts a command from the view. */
function isUnconfined(value: string): boolean {
  return /^[-@:!|]*\+/.test(value);
}

const OF_THE_NAME = /%([nNpPiIjJf%])/g;

/** Specifiers that stand for the name of the unit would stand for that of the trial. */
function withoutUnitName(host: Host, name: string, { value }: Assignment): string {
  const written = value.toString();
  if (!written.includes('%')) return written;
  return written.replaceAll(OF_THE_NAME, (specifier, letter: string, offset: number) => {
    if (letter === '%') return specifier;
    return expandSpecifiers(host, name, value.slice(offset, offset + 2))
      .text.toString()
      .replaceAll('%', '%%');
  });
}

/** A value whose paths systemd itself would take outside the view. */
function inView(
  key: string,
  value: string,
  assignment: Assignment,
  root: string,
  written: readonly string[],
): string {
  if (key === 'EnvironmentFile') {
    const path = value.replace(/^-/, '');
    return written.includes(path) ? value.replace(path, `${root}${path}`) : value;
  }
  const words = (): string[] => splitWords(assignment.value).map(({ text }) => text.toString());
  if (PATH_LISTS.has(key)) return words().map(optionalInView).join(' ');
  if (key === 'BindReadOnlyPaths') return words().map(optional).join(' ');
  if (key === 'BindPaths')
    return words()
      .map((word) => optional(sourceInView(word, root)))
      .join(' ');
  return value;
}

/** `+`: of the root that the unit has. Source: systemd.exec(5), ReadWritePaths=. */
function optionalInView(path: string): string {
  return `-+${path.replace(/^-?\+?/, '')}`;
}

function optional(path: string): string {
  return path.startsWith('-') ? path : `-${path}`;
}

/** `SOURCE[:DESTINATION[:OPTIONS]]` with the source taken from the view: what is written there is thrown away. */
function sourceInView(word: string, root: string): string {
  const [source = '', destination = source.replace(/^-/, ''), ...options] = word.split(':');
  const path = source.replace(/^-/, '');
  return [`-${root}${path}`, destination, ...options].join(':');
}
