import type { TraceObserved } from '../../documents/trace.ts';
import { ifReadable } from '../../host/if-readable.ts';
import type { RunningProcess, SystemdSays } from '../../host/systemd-says.ts';
import { readCommands } from '../../service/commands.ts';
import type { EnvironmentLayer } from '../../service/environment-layer.ts';
import type { Launch } from '../../service/launch.ts';
import { launchOfCommand } from '../../service/launch-of-command.ts';
import { showPlace } from '../../text/place.ts';
import { showMoment } from '../show-moment.ts';
import { type FilesOfService, restartCommand, whyNoRestart } from './restart-advice.ts';
import { unreadChanges } from './unread-changes.ts';

type Why = Pick<TraceObserved, 'why' | 'next'>;

/**
 * Why the main process has another value of a variable than the files give it. A cause is named where there is evidence
 * for it alone; and a restart is advised where it would bring the value, and systemd would start the service again.
 */
export function whyProcessDiffers(files: FilesOfService, name: string, says: SystemdSays): Why {
  const { host, unit, environment } = files;
  const layer = environment.effective.get(name)?.layer;
  if (layer === undefined && GIVEN_PER_START.test(name))
    return { why: 'systemd gives it to each process that it starts' };
  const file = layer?.kind === 'file' ? layer.path : undefined;
  const line = layer !== undefined && layer.kind !== 'default' ? layer.directive.place.file : undefined;
  const unread = unreadChanges(host, unit, says, line === undefined ? [] : [line]);
  if (unread !== undefined) return withRestart(files, unread, 'after daemon-reload');
  if (layer === undefined && says.manager().environment.has(name))
    return { why: "it is in systemd's own environment", next: 'systemctl show-environment' };
  const changed = says.process === undefined ? [] : changedSince(files, says.process);
  const own = [file, line].find((path) => path !== undefined && changed.includes(path));
  if (own !== undefined)
    return withRestart(files, `it was started ${startOf(says.process)}, before ${own} changed`);
  const launch = launchOf(files);
  const set = launch?.setOnTheWay.get(name);
  if (set !== undefined && set.value === says.process?.environment?.get(name))
    return { why: `the command sets it itself on the way to the program (${showPlace(set.place)})` };
  return {
    why: [...facts(files, layer, changed, says), ...mayChange(launch), 'nothing here tells why'].join('; '),
  };
}

function withRestart(files: FilesOfService, why: string, when?: 'after daemon-reload'): Why {
  const down = whyNoRestart(files);
  if (down !== undefined) return { why: `${why}; a restart now would leave it down: ${down}` };
  return { why, next: restartCommand(files.unit, when) };
}

/** ` at 2026-11-25 21:59:31 UTC` */
function startOf(process: RunningProcess | undefined): string {
  return process?.startedAt === undefined ? 'earlier' : `at ${showMoment(process.startedAt)}`;
}

/** The files of the unit and its environment, and the directories of its drop-ins, that changed after the start. */
function changedSince({ host, unit, environment }: FilesOfService, { startedAt }: RunningProcess): string[] {
  if (startedAt === undefined) return [];
  const own = [unit.fragment, ...unit.dropIns].map(({ path }) => path);
  const read = environment.layers.flatMap((layer) => (layer.kind === 'file' ? [layer.path] : []));
  const directories = ['/etc', '/run'].map((above) => `${above}/systemd/system/${unit.name}.d`);
  return [...new Set([...own, ...read, ...directories])].filter(
    (path) => (ifReadable(() => host.stat(path))?.mtimeNs ?? 0n) > startedAt,
  );
}

/** That the command line goes through other programs, which may change any variable. */
function mayChange(launch: Launch | undefined): string[] {
  const hops = launch?.hops ?? [];
  return hops.length > 1
    ? ['the command line goes through another program first, which may have changed it']
    : [];
}

function launchOf({ host, unit, environment }: FilesOfService): Launch | undefined {
  const commands = readCommands(host, unit, environment);
  const command = commands.findLast(({ directive }) => directive === 'ExecStart');
  if (command === undefined) return undefined;
  // A script that can't be read tells nothing.
  return ifReadable(() => launchOfCommand(host, { unit, environment }, command));
}

/** What is so, and might be the cause. */
function facts(
  { host, unit, environment, properties }: FilesOfService,
  layer: EnvironmentLayer | undefined,
  changed: readonly string[],
  says: SystemdSays,
): string[] {
  const session = properties.get('PAMName');
  const pam = session?.steps.at(-1)?.line;
  const hasSession = session?.value !== undefined && properties.get('User')?.value !== undefined;
  const [first] = changed;
  const absent = environment.layers.find(
    (one) => one.kind === 'file' && one.content === undefined && one.resetBy === undefined,
  );
  const gone =
    layer === undefined && absent?.kind === 'file' && host.lstat(absent.path) === undefined
      ? [`${absent.path}, which ${unit.name} reads, is not there now`]
      : [];
  return [
    ...(layer === undefined ? ['no file of the unit sets it'] : []),
    ...(hasSession && pam !== undefined
      ? [`PAM modules may set it: ${showPlace(pam.place)} has PAMName=${session.value}`]
      : []),
    ...gone,
    ...(first === undefined
      ? []
      : [`${first} changed after the process was started ${startOf(says.process)}`]),
  ];
}

/** Source: systemd.exec(5), "Environment Variables Set or Propagated by the Service Manager". */
const GIVEN_PER_START =
  /^(?:INVOCATION_ID|JOURNAL_STREAM|SYSTEMD_EXEC_PID|NOTIFY_SOCKET|MAINPID|MANAGERPID|LISTEN_\w+|WATCHDOG_\w+|CREDENTIALS_DIRECTORY|MONITOR_\w+|EXIT_\w+|SERVICE_RESULT|REMOTE_\w+|TERM|LOG_NAMESPACE|MEMORY_PRESSURE_\w+|PIDFILE)$/;
