import type { SystemdSays } from '../src/host/systemd-says.ts';

interface Saying {
  readonly properties?: Readonly<Record<string, string>>;
  readonly files?: readonly string[];
  readonly needsReload?: boolean;
  /** Nanoseconds since 1970. */
  readonly loadedAt?: bigint;
  readonly managerEnvironment?: readonly string[];
  readonly startedAt?: bigint;
  /** undefined: the service does not run. */
  readonly environment?: Readonly<Record<string, string>>;
  /** It runs, and its environment can't be read: why. */
  readonly unread?: string;
}

/** What a systemd 252 could say of a unit. */
export function systemdSaying(saying: Saying): SystemdSays {
  const { properties = {}, files = [], needsReload = false, environment, startedAt, unread } = saying;
  return {
    properties: new Map(Object.entries(properties)),
    files,
    needsReload,
    manager: () => ({
      loadedAt: saying.loadedAt,
      environment: new Map((saying.managerEnvironment ?? []).map((name) => [name, ''])),
      version: '252',
    }),
    process:
      environment === undefined
        ? unread === undefined
          ? undefined
          : { pid: 4711, startedAt, environment: undefined, unread }
        : { pid: 4711, startedAt, environment: new Map(Object.entries(environment)) },
  };
}
