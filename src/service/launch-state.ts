import type { ScriptVariable } from '../formats/shell/script-facts.ts';
import { readShebang } from '../formats/shell/read-shebang.ts';
import type { Host } from '../host/host.ts';
import { withFile } from '../host/with-file.ts';
import type { Place } from '../text/place.ts';
import { findProgram } from './find-program.ts';
import type { LaunchBranch } from './launch.ts';
import type { ExplicitLoader, LaunchHop } from './launch-hop.ts';
import type { Launcher } from './launcher.ts';
import { commandPrefix } from './prefixes/command-prefix.ts';

/** How far the way of a command has been followed. */
export interface LaunchState {
  readonly host: Host;
  readonly launchers: readonly Launcher[];
  readonly hops: LaunchHop[];
  readonly environment: Map<string, string>;
  readonly setOnTheWay: Map<string, ScriptVariable>;
  readonly notExamined: string[];
  /** The working directory. */
  directory: string;
  words: readonly string[];
  at: Place;
  how: string;
  program: string | undefined;
  /** The first argument on the way that only running a script tells. */
  unknownArgument: Place | undefined;
  loader: ExplicitLoader | undefined;
  readonly branches: LaunchBranch[];
  /** How many branches may still be followed, of all together. */
  readonly budget: { left: number };
  readonly depth: number;
}

/** Where the way of a command begins. */
export function beginning(
  given: Pick<
    LaunchState,
    'host' | 'launchers' | 'directory' | 'words' | 'at' | 'how' | 'unknownArgument' | 'budget' | 'depth'
  >,
  environment: ReadonlyMap<string, string>,
): LaunchState {
  return {
    ...given,
    environment: new Map(environment),
    hops: [],
    setOnTheWay: new Map(),
    notExamined: [],
    program: undefined,
    loader: undefined,
    branches: [],
  };
}

export function hop(
  state: LaunchState,
  path: string,
  kind: LaunchHop['kind'],
  sources: readonly { readonly path: string; readonly place: Place }[] = [],
  readers?: LaunchHop['interpreters'],
  accounts: LaunchHop['accounts'] = [],
): void {
  const { host, at: startedAt, how, directory } = state;
  const environment = new Map(state.environment);
  const known = sources.map((source) => ({ ...source, exists: host.stat(source.path) !== undefined }));
  const interpreters =
    readers ?? (kind === 'script' ? interpretersOf(host, path, environment.get('PATH')) : []);
  state.hops.push({
    path,
    kind,
    startedAt,
    how,
    sources: known,
    interpreters,
    accounts,
    environment,
    directory,
  });
}

function interpretersOf(
  host: Host,
  script: string,
  searchPath: string | undefined,
): LaunchHop['interpreters'] {
  const { interpreter, argument } = readShebang(head(host, script)) ?? {};
  if (interpreter === undefined) return [];
  const onward = commandPrefix(argument === undefined ? [interpreter] : [interpreter, argument])?.words[0];
  const path = onward === undefined ? undefined : (findProgram(host, onward, searchPath) ?? onward);
  return [interpreter, ...(path === undefined ? [] : [path])].map((one) => ({
    path: one,
    exists: host.stat(one)?.type === 'file',
  }));
}

export function drop(state: LaunchState, name: string): void {
  state.environment.delete(name);
  state.setOnTheWay.delete(name);
}

export function setOnTheWay(state: LaunchState, variable: ScriptVariable): void {
  state.environment.set(variable.name, variable.value);
  state.setOnTheWay.set(variable.name, variable);
}

export function head(host: Host, path: string): string {
  return withFile(host, path, (file) => new TextDecoder('latin1').decode(file.read(0, 256)));
}
