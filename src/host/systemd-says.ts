import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readQuotedList } from './quoted-list.ts';

/** What the systemd of this machine says of a unit at this moment. */
export interface SystemdSays {
  /** As `systemctl show` prints them; of a name that stands there more than once, one value a line. */
  readonly properties: ReadonlyMap<string, string>;
  /** The files that it has read for the unit. */
  readonly files: readonly string[];
  /** A file of the unit has changed since it was read. */
  readonly needsReload: boolean;
  /** Asked when it is first needed. */
  readonly manager: () => ManagerSays;
  readonly process: RunningProcess | undefined;
}

/** What the manager says of itself. */
export interface ManagerSays {
  /** When systemd last read unit files, in nanoseconds since 1970; undefined where it does not tell. */
  readonly loadedAt: bigint | undefined;
  /** The variables that it gives every service, with their values. */
  readonly environment: ReadonlyMap<string, string>;
  /** `252.39-1~deb12u2` */
  readonly version: string | undefined;
}

/** The main process of a service. */
export interface RunningProcess {
  readonly pid: number;
  /** In nanoseconds since 1970; undefined where systemd does not tell. */
  readonly startedAt: bigint | undefined;
  /** As systemd gave it to the process; undefined where it can't be read. */
  readonly environment: ReadonlyMap<string, string> | undefined;
  /** Why it can't be read, for people. */
  readonly unread?: string;
}

/** A manager that does not answer must not hold up a question. */
const ANSWER_LIMIT_MS = 5000;
const OUTPUT_LIMIT = 16 * 1024 * 1024;

/** Asks `systemctl show`; undefined where no systemd answers, or it does not know the unit. */
export function systemdSays(unit: string): SystemdSays | undefined {
  return saysOf(show(['--', unit]));
}

/** The same, asked while the caller goes on: systemctl takes as long as reading the files of a unit. */
export async function systemdSaysMeanwhile(unit: string): Promise<SystemdSays | undefined> {
  return saysOf(await showMeanwhile(['--', unit]));
}

function saysOf(properties: ReadonlyMap<string, string> | undefined): SystemdSays | undefined {
  if (properties === undefined || properties.get('LoadState') === 'not-found') return undefined;
  const pid = Number(properties.get('MainPID') ?? '0');
  const files = [
    properties.get('FragmentPath') ?? '',
    ...readQuotedList(properties.get('DropInPaths') ?? ''),
  ];
  return {
    properties,
    files: files.filter((path) => path !== ''),
    needsReload: properties.get('NeedDaemonReload') === 'yes',
    manager: once(managerSays),
    process:
      Number.isInteger(pid) && pid > 0
        ? {
            pid,
            startedAt: parseTimestamp(properties.get('ExecMainStartTimestamp')),
            ...environmentOf(pid),
          }
        : undefined,
  };
}

/**
 * What the manager of this machine gives every service that it starts now, with what `systemctl set-environment` has put
 * there; undefined where no systemd answers.
 */
export function managerEnvironment(): ReadonlyMap<string, string> | undefined {
  const answer = run(['show', '--property=Environment']);
  return answer === undefined
    ? undefined
    : readShownEnvironment(readProperties(answer).get('Environment') ?? '');
}

/** The value of the property `Environment` as `systemctl show` prints it. */
export function readShownEnvironment(text: string): ReadonlyMap<string, string> {
  return new Map(
    readQuotedList(text).flatMap((entry) => {
      const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(entry) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );
}

function managerSays(): ManagerSays {
  const properties = show(['--property=UnitsLoadTimestamp', '--property=Environment', '--property=Version']);
  return {
    loadedAt: parseTimestamp(properties?.get('UnitsLoadTimestamp')),
    environment: readShownEnvironment(properties?.get('Environment') ?? ''),
    version: properties?.get('Version'),
  };
}

function once<Value>(find: () => Value): () => Value {
  let known: { readonly value: Value } | undefined;
  return () => {
    known ??= { value: find() };
    return known.value;
  };
}

function show(args: readonly string[]): ReadonlyMap<string, string> | undefined {
  const answer = run([...WITH_MICROSECONDS, ...args]) ?? run(['show', ...args]);
  return answer === undefined ? undefined : readProperties(answer);
}

async function showMeanwhile(args: readonly string[]): Promise<ReadonlyMap<string, string> | undefined> {
  const answer =
    (await runMeanwhile([...WITH_MICROSECONDS, ...args])) ?? (await runMeanwhile(['show', ...args]));
  return answer === undefined ? undefined : readProperties(answer);
}

/** Before version 248 systemctl refuses it, and gives whole seconds only. */
const WITH_MICROSECONDS = ['show', '--timestamp=us+utc'];

const options = () => ({
  encoding: 'utf8' as const,
  timeout: ANSWER_LIMIT_MS,
  maxBuffer: OUTPUT_LIMIT,
  env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', TZ: 'UTC' },
});

function run(args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('systemctl', args, options());
  return status === 0 ? stdout : undefined;
}

function runMeanwhile(args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('systemctl', args, options(), (error, stdout) => resolve(error === null ? stdout : undefined));
  });
}

/** `NAME=VALUE` lines. */
export function readProperties(output: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of output.split('\n')) {
    const equals = line.indexOf('=');
    if (equals <= 0) continue;
    const name = line.slice(0, equals);
    const before = values.get(name);
    values.set(name, `${before === undefined ? '' : `${before}\n`}${line.slice(equals + 1)}`);
  }
  return values;
}

/** `Wed 2026-11-25 21:59:31.865640 UTC`, as nanoseconds since 1970. */
export function parseTimestamp(text: string | undefined): bigint | undefined {
  const match = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,9}))? UTC$/.exec(text ?? '');
  if (match === null) return undefined;
  const [, date, time, fraction = ''] = match;
  const ms = Date.parse(`${date}T${time}Z`);
  return Number.isNaN(ms) ? undefined : BigInt(ms) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}

function environmentOf(pid: number): Pick<RunningProcess, 'environment' | 'unread'> {
  const path = `/proc/${pid}/environ`;
  try {
    const environment = parseProcessEnvironment(readFileSync(path, 'utf8'));
    return environment === undefined
      ? { environment, unread: `the program has written over ${path}` }
      : { environment };
  } catch (error) {
    const isDenied = error instanceof Error && 'code' in error && error.code === 'EACCES';
    return {
      environment: undefined,
      unread: isDenied ? `only root may read ${path}` : `${path} can't be read`,
    };
  }
}

/**
 * Of /proc/PID/environ; undefined where the program has written over it, as nginx, sshd and others do that show a
 * title of their own in the list of processes. Source: proc(5), setproctitle(3bsd).
 */
export function parseProcessEnvironment(text: string): ReadonlyMap<string, string> | undefined {
  const entries = text.replace(/\0$/, '').split('\0');
  if (text === '' || !entries.every((entry) => entry.indexOf('=') > 0)) return undefined;
  return new Map(
    entries.map((entry) => {
      const equals = entry.indexOf('=');
      return [entry.slice(0, equals), entry.slice(equals + 1)];
    }),
  );
}
