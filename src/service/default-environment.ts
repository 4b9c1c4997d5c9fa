import { textOfFile } from '../host/text-of-file.ts';
import { parseEnvironmentFile } from '../formats/environment-file/parse-environment-file.ts';
import type { Assignment } from '../formats/unit/parse-unit.ts';
import type { Host } from '../host/host.ts';
import { TracedText } from '../text/traced-text.ts';
import type { EnvironmentLayer, Variable } from './environment-layer.ts';
import { readVariables } from './environment-lines.ts';
import { DEFAULT_PATH } from './find-program.ts';
import { managerSettings } from './system-conf.ts';
import { parseBoolean } from './directives/kinds/boolean.ts';
import { passwdEntry } from './passwd-entry.ts';
import { expandSpecifiers } from './specifiers.ts';
import { SYSTEMD_DIRECTORIES } from './systemd-directories.ts';

type DefaultLayer = Extract<EnvironmentLayer, { kind: 'default' }>;

interface NamedUnit {
  readonly name: string;
  readonly assignments: readonly Assignment[];
}

/**
 * What a service gets without having any of it in its unit, lowest first: the manager's PATH and locale,
 * `DefaultEnvironment=`, then what follows from `User=` and from the directories of the unit.
 * Source: systemd.exec(5), "Environment Variables in Spawned Processes"; build_environment() in
 * src/core/execute.c of systemd 252.
 *
 * With what the manager that runs says it has (`running`), of the first three only what it has still, and then what it has
 * beside them: `systemctl set-environment` can both add and change. Source: manager_get_effective_environment() in
 * src/core/manager.c.
 */
export function defaultEnvironment(
  host: Host,
  unit: NamedUnit,
  running?: ReadonlyMap<string, string>,
): DefaultLayer[] {
  const ofManager: DefaultLayer[] = [
    layer("systemd's own PATH", { PATH: DEFAULT_PATH }),
    { kind: 'default', rule: 'the locale in /etc/locale.conf', variables: locale(host) },
    { kind: 'default', rule: 'DefaultEnvironment= of the manager', variables: managerVariables(host) },
  ];
  const layers = [
    ...(running === undefined ? ofManager : asRunning(ofManager, running)),
    layer('the user of the service', userVariables(host, unit)),
    layer('the directories of the service', directoryVariables(host, unit)),
  ];
  return layers.filter(({ variables }) => variables.length > 0);
}

function asRunning(written: readonly DefaultLayer[], running: ReadonlyMap<string, string>): DefaultLayer[] {
  const kept = written.map((one): DefaultLayer => {
    const variables = one.variables.filter(({ name, value }) => running.get(name) === value.toString());
    return { ...one, variables };
  });
  const known = new Set(kept.flatMap(({ variables }) => variables.map(({ name }) => name)));
  const others = [...running].filter(([name]) => !known.has(name));
  const isOwn = ([name, value]: readonly [string, string]) => name === 'LANG' && value === OWN_LOCALE;
  const given = Object.fromEntries(others.filter((one) => !isOwn(one)));
  return [
    ...kept,
    layer("systemd's own locale", Object.fromEntries(others.filter(isOwn))),
    { ...layer('systemctl show-environment', given), ofRunningManager: true },
  ];
}

/** What it has where nobody has set a locale. Source: locale_context_load() and the build of Debian's systemd 252. */
const OWN_LOCALE = 'C.UTF-8';

function layer(rule: string, values: Readonly<Record<string, string>>): DefaultLayer {
  const variables = Object.entries(values).map(
    ([name, value]): Variable => ({
      name,
      place: undefined,
      value: TracedText.from(value, { kind: 'derived', rule }),
    }),
  );
  return { kind: 'default', rule, variables };
}

const CONFIGURATION_LIMIT = 1024 * 1024;

function locale(host: Host): readonly Variable[] {
  const text = textOfFile(host, '/etc/locale.conf', CONFIGURATION_LIMIT);
  if (text === undefined) return [];
  return parseEnvironmentFile('/etc/locale.conf', text).assignments.filter(
    ({ name, value }) => /^(LANG|LANGUAGE|LC_[A-Z]+)$/.test(name) && value.length > 0,
  );
}

function managerVariables(host: Host): readonly Variable[] {
  let variables: Variable[] = [];
  for (const line of managerSettings(host)) {
    if (line.key !== 'DefaultEnvironment') continue;
    variables =
      line.value.length === 0 ? [] : [...variables, ...readVariables(host, 'system.conf', line).variables];
  }
  return variables;
}

/** Shells that let nobody in: they are not passed on. Source: is_nologin_shell() of systemd 252. */
const NO_LOGIN = /^(\/usr)?\/s?bin\/(nologin|false|true)$/;

function userVariables(host: Host, unit: NamedUnit): Record<string, string> {
  const [user] = values(host, unit, 'User').slice(-1);
  if (parseBoolean(values(host, unit, 'DynamicUser').at(-1) ?? '') === true) return dynamicUser(unit, user);
  const entry = user === undefined ? undefined : passwdEntry(host, user);
  if (entry === undefined) return {};
  return {
    ...(entry.home === '' || entry.home === '/' ? {} : { HOME: entry.home }),
    LOGNAME: entry.name,
    USER: entry.name,
    ...(entry.shell === '' || NO_LOGIN.test(entry.shell) ? {} : { SHELL: entry.shell }),
  };
}

/**
 * Of a user that systemd makes for the service: called as User= says, else as the unit; one whose unit has a name that no
 * user may have gets a number instead, which is not known here. Source: systemd.exec(5), DynamicUser=;
 * user_from_unit_name() in src/core/unit.c of systemd 252.
 */
function dynamicUser({ name }: NamedUnit, user: string | undefined): Record<string, string> {
  const called = user ?? name.replace(/@.*|\.[a-z]+$/s, '');
  return /^[A-Za-z_][A-Za-z0-9_-]{0,30}$/.test(called) ? { LOGNAME: called, USER: called } : {};
}

function directoryVariables(host: Host, unit: NamedUnit): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [key, above] of Object.entries(SYSTEMD_DIRECTORIES)) {
    const name = key.replace('Directory', '_DIRECTORY').toUpperCase();
    const directories = values(host, unit, key)
      .flatMap((value) => value.split(/\s+/))
      .map((directory) => directory.split(':')[0] ?? '')
      .filter((directory) => directory !== '');
    if (directories.length > 0) {
      const sorted = [...new Set(directories)].sort();
      variables[name] = sorted.map((directory) => `${above}/${directory}`).join(':');
    }
  }
  return variables;
}

/** The values of a setting that an empty assignment resets. */
function values(host: Host, unit: NamedUnit, key: string): string[] {
  const lines = unit.assignments.filter((line) => line.section === 'Service' && line.key === key);
  const reset = lines.findLastIndex((line) => line.value.length === 0);
  return lines.slice(reset + 1).map((line) => expandSpecifiers(host, unit.name, line.value).text.toString());
}
