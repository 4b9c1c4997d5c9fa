import { readLibtoolWrapper } from '../formats/shell/read-libtool-wrapper.ts';
import { posix } from 'node:path';
import { followScript } from '../formats/shell/follow-script.ts';
import type { ScriptFacts, ScriptVariable, StartedProgram } from '../formats/shell/script-facts.ts';
import { isShell, readShebang } from '../formats/shell/read-shebang.ts';
import type { Host } from '../host/host.ts';
import { type Place, showPlace } from '../text/place.ts';
import { commandPrefix } from './prefixes/command-prefix.ts';
import type { CommandPrefix } from './prefixes/prefix.ts';
import { wellKnownName } from './writers/well-known-name.ts';
import type { ServiceCommand } from './commands.ts';
import { findProgram } from './find-program.ts';
import { interpreterFiles } from './interpreter-files.ts';
import type { ExplicitLoader, LaunchHop } from './launch-hop.ts';
import { beginning, drop, head, hop, type LaunchState, setOnTheWay } from './launch-state.ts';
import type { Launcher, Onward } from './launcher.ts';
import { passwdEntry } from './passwd-entry.ts';
import { findPythonModule, pythonModule } from './python-module.ts';
import { scriptFiles } from './script-files.ts';
import { shellInvocation } from './shell-invocation.ts';

/** The way from a command of the unit to the program that runs in the end. */
export interface Launch {
  /** From the unit's command inward; the last one is the program when it was reached. */
  readonly hops: readonly LaunchHop[];
  /** The program that is executed in the end, as seen inside the root; undefined when it was not reached. */
  readonly program: string | undefined;
  /** The program's arguments as far as known, itself left out. */
  readonly args: readonly string[];
  /**
   * The first argument on the way that only running a script tells. The program may then be given any option: nothing
   * that an option overrules is to be asserted for want of it. Undefined where `args` are all.
   */
  readonly unknownArgument: Place | undefined;
  /** The environment the program gets: the service's, changed by the scripts on the way. */
  readonly environment: ReadonlyMap<string, string>;
  /** What scripts on the way set, the last for each name. */
  readonly setOnTheWay: ReadonlyMap<string, ScriptVariable>;
  /** The working directory the program starts in, as far as it is known. */
  readonly directory: string;
  /** The loader that is started with the program as its argument, in place of the one that the program asks for. */
  readonly loader: ExplicitLoader | undefined;
  /**
   * What scripts on the way start and go on after; of one that becomes another program only what it leaves running; of one
   * that may become several, these.
   */
  readonly branches: readonly LaunchBranch[];
  readonly notExamined: readonly string[];
}

/** The way of a program that a script starts. */
export interface LaunchBranch {
  /** Which of the hops starts it. */
  readonly from: number;
  readonly launch: Launch;
}

const MAX_HOPS = 24;
const MAX_BRANCHES = 100;
const MAX_BRANCH_DEPTH = 2;
const SCRIPT_SIZE_LIMIT = 1024 * 1024;

/** How a command is started. */
export interface LaunchStart {
  /** `/` unless told. */
  readonly directory?: string | undefined;
  readonly launchers?: readonly Launcher[];
}

/**
 * Follows a command through wrapper scripts, libtool wrappers, prefixes such as `env` and `nice`, and the launchers that
 * are known, to the ELF program, reading only. What a script decides at run time is listed in `notExamined`, never
 * guessed.
 */
export function followLaunch(
  host: Host,
  command: ServiceCommand,
  environment: ReadonlyMap<string, string>,
  { directory = '/', launchers = [] }: LaunchStart = {},
): Launch {
  const start = {
    host,
    launchers,
    directory,
    words: command.words.map((word) => word.toString()),
    at: command.place,
    how: command.directive,
    unknownArgument: undefined,
    budget: { left: MAX_BRANCHES },
    depth: 0,
  };
  return followState(beginning(start, environment));
}

function followState(state: LaunchState): Launch {
  for (let count = 0; count < MAX_HOPS; count += 1) if (!advance(state)) return finish(state);
  state.notExamined.push(`${state.words[0]}: more than ${MAX_HOPS} programs one after another`);
  return finish(state);
}

function finish(state: LaunchState): Launch {
  const { words, hops, program, unknownArgument, environment, setOnTheWay, directory } = state;
  const { loader, branches, notExamined } = state;
  const args = words.slice(1);
  return {
    hops,
    program,
    args,
    unknownArgument,
    environment,
    setOnTheWay,
    directory,
    loader,
    branches,
    notExamined,
  };
}

/** Takes one step inward; false when the end is reached. */
function advance(state: LaunchState): boolean {
  const { host } = state;
  const [asked, ...args] = state.words;
  if (asked === undefined) return false;
  const path = findProgram(host, asked, state.environment.get('PATH'));
  const shebang = path === undefined ? undefined : readShebang(head(host, path));
  const prefix = commandPrefix(state.words, state.environment);
  // A script of that name in a directory of its own is no such program.
  const isOwn = shebang !== undefined && path !== undefined && wellKnownName(path).includes('/');
  if (prefix !== undefined && !isOwn) return throughPrefix(state, path ?? asked, prefix);
  if (path === undefined) {
    hop(state, asked, 'missing');
    return false;
  }
  const onward = knownLauncher(state, path, args);
  if (onward !== undefined) {
    hop(state, path, shebang === undefined ? 'program' : 'script', onward.sources);
    return throughLauncher(state, onward);
  }
  if (shebang === undefined)
    return isShell(path, undefined) ? throughShell(state, path, args) : arrive(state, path, args);
  if (isShell(shebang.interpreter, shebang.argument)) return throughShellScript(state, path, args);
  hop(state, path, 'script', [], []);
  state.notExamined.push(`${path}: a script for ${shebang.interpreter}, not followed`);
  const interpreter = [shebang.interpreter, shebang.argument].filter((word) => word !== undefined);
  state.words = [...interpreter, path, ...args];
  state.at = { file: path, line: 1, column: 3 };
  state.how = '#!';
  return true;
}

/** The program at the end; an interpreter reads files that its arguments name. */
function arrive(state: LaunchState, path: string, args: readonly string[]): false {
  const isKnown = (file: string): boolean => state.hops.some((earlier) => earlier.path === file);
  const module = pythonModule(path, args);
  const moduleFile = module === undefined ? undefined : findPythonModule(state.host, path, module, state);
  if (module !== undefined && moduleFile === undefined)
    state.notExamined.push(`${path} -m ${module}: where this module is was not found`);
  const files = [...interpreterFiles(path, args), ...(moduleFile === undefined ? [] : [moduleFile])]
    .map((file) => posix.resolve(state.directory, file))
    .filter((file) => !isKnown(file));
  hop(
    state,
    path,
    'program',
    files.map((file) => ({ path: file, place: state.at })),
  );
  state.program = path;
  return false;
}

function throughPrefix(state: LaunchState, path: string, prefix: CommandPrefix): boolean {
  const { host } = state;
  const { name, script, environment, directory, accounts = [], root, loader, preloads = [] } = prefix;
  const isThere = host.stat(path)?.type === 'file';
  const kind = !isThere ? 'missing' : readShebang(head(host, path)) === undefined ? 'program' : 'script';
  hop(state, path, kind, [], undefined, accounts);
  for (const change of environment) {
    if (change.kind === 'set') setOnTheWay(state, { ...change, place: state.at });
    else if (change.kind === 'unset') drop(state, change.name);
    else for (const variable of state.environment.keys()) drop(state, variable);
  }
  if (directory !== undefined) state.directory = posix.resolve(state.directory, directory);
  const preload = preloads.find((library) => host.stat(library)?.type === 'file');
  if (preload !== undefined) {
    const before = state.environment.get('LD_PRELOAD');
    const value = before === undefined ? preload : `${before}:${preload}`;
    setOnTheWay(state, { name: 'LD_PRELOAD', value, place: state.at });
  } else if (preloads.length > 0)
    state.notExamined.push(`${name}: the library that it preloads is in none of ${preloads.join(', ')}`);
  state.notExamined.push(...prefix.notFollowed);
  const user = accounts.find((account) => account.kind === 'user')?.name;
  const home = user === undefined || prefix.isLogin !== true ? undefined : passwdEntry(host, user)?.home;
  if (home !== undefined && host.stat(home)?.type === 'directory') state.directory = home;
  state.words =
    script === undefined ? prefix.words : [shellFor(host, script.shell, user), '-c', ...prefix.words];
  state.how = name;
  if (loader !== undefined) return throughLoader(state, { ...loader, path });
  return root === undefined || root === '/' ? true : intoRoot(state, name, root);
}

/** The user's own, where it lets one in. */
function shellFor(host: Host, asked: string | undefined, user: string | undefined): string {
  const own = user === undefined ? undefined : passwdEntry(host, user)?.shell;
  return asked ?? (own !== undefined && isShell(own, undefined) ? own : '/bin/sh');
}

/** It loads an ELF file itself, and no script. */
function throughLoader(state: LaunchState, loader: ExplicitLoader): false {
  const [asked = '', ...args] = state.words;
  const path = posix.resolve(state.directory, asked);
  if (!asked.includes('/'))
    state.notExamined.push(`${asked}: looked for by the loader as it looks for libraries`);
  if (!asked.includes('/') || state.host.stat(path)?.type !== 'file') {
    hop(state, asked, 'missing');
    return false;
  }
  state.loader = loader;
  return arrive(state, path, args);
}

/** What runs with another directory as `/` is looked up there; its libraries are not. */
function intoRoot(state: LaunchState, name: string, asked: string): false {
  const root = posix.resolve(state.directory, asked);
  const [program = ''] = state.words;
  const path = program.startsWith('/') ? posix.join(root, program) : undefined;
  const isThere = path !== undefined && state.host.lstat(path) !== undefined;
  if (path !== undefined) hop(state, path, isThere ? 'program' : 'missing');
  state.notExamined.push(
    `${path ?? program}: ${name} makes ${root} its /; what it starts and loads in there was not followed`,
  );
  return false;
}

function knownLauncher(state: LaunchState, path: string, args: readonly string[]): Onward | undefined {
  const { host, environment, directory, at: startedAt } = state;
  for (const launcher of state.launchers) {
    const onward = launcher({ host, path, args, environment, directory, startedAt });
    if (onward !== undefined) return onward;
  }
  return undefined;
}

function throughLauncher(
  state: LaunchState,
  { words, how, place, exports, dropped, notExamined }: Onward,
): boolean {
  for (const name of dropped) drop(state, name);
  for (const variable of exports) setOnTheWay(state, variable);
  state.notExamined.push(...notExamined);
  state.words = words;
  state.at = place;
  state.how = how;
  return true;
}

/** A shell that the command names itself: with a script, or with `-c` and a text. */
function throughShell(state: LaunchState, path: string, args: readonly string[]): boolean {
  const invocation = shellInvocation(args);
  if (invocation === undefined) return arrive(state, path, args);
  if (invocation.kind === 'script') {
    const script = posix.resolve(state.directory, invocation.path);
    hop(state, path, 'program');
    if (state.host.stat(script)?.type !== 'file') {
      state.how = posix.basename(path);
      hop(state, script, 'missing');
      return false;
    }
    state.how = posix.basename(path);
    return throughShellScript(state, script, invocation.args);
  }
  const { text, zero = path } = invocation;
  const facts = follow(state, zero, text, invocation.args, state.at);
  hop(state, path, 'program', facts.sources);
  return onFrom(state, facts, `${path} -c`, path);
}

function throughShellScript(state: LaunchState, path: string, args: readonly string[]): boolean {
  const text = new TextDecoder().decode(state.host.readFile(path, SCRIPT_SIZE_LIMIT));
  const wrapper = readLibtoolWrapper(text);
  if (wrapper !== undefined) {
    const program = `${path.slice(0, path.lastIndexOf('/'))}/${wrapper.program}`;
    hop(state, path, 'script');
    prependLibraryPath(state, path, text, wrapper.libraryPath);
    state.words = [program, ...args];
    state.at = { file: path, line: lineOf(text, 'temporary wrapper script for'), column: 1 };
    state.how = 'libtool wrapper';
    return true;
  }
  const facts = follow(state, path, text, args);
  hop(state, path, 'script', facts.sources);
  return onFrom(state, facts, path, undefined);
}

function follow(
  { host, environment, directory }: LaunchState,
  path: string,
  text: string,
  args: readonly string[],
  given?: Place,
): ScriptFacts {
  const start = { environment, arguments: args, directory, ...(given === undefined ? {} : { given }) };
  return followScript(path, text, start, scriptFiles(host));
}

/** Goes on with what a script becomes. `shell` is the shell that stays when it is a text of `-c`. */
function onFrom(state: LaunchState, facts: ScriptFacts, name: string, shell: string | undefined): boolean {
  for (const one of facts.started)
    if (one.inBackground || facts.exec === undefined)
      branch(state, one, one.inBackground ? 'in the background' : 'runs');
  for (const variable of facts.dropped) drop(state, variable);
  for (const variable of facts.exports) setOnTheWay(state, variable);
  for (const { place, text: line } of facts.undecided) {
    state.notExamined.push(`${showPlace(place)}: decided only when it runs: ${line}`);
  }
  if (facts.undecidedExec !== undefined) {
    const possible = facts.mayBecome.map((one) => {
      const launch = branch(state, one, 'may become');
      return `${launch?.program ?? one.words[0]} (${showPlace(one.place)})`;
    });
    const which = possible.length === 0 ? '' : `; possible: ${[...new Set(possible)].join(', ')}`;
    const where = showPlace(facts.undecidedExec);
    state.notExamined.push(`${where}: which program this becomes is not known${which}`);
    return false;
  }
  if (facts.exec === undefined) {
    state.notExamined.push(
      `${name}: no 'exec' that could be followed; the ${shell === undefined ? 'script' : 'shell'} itself stays the main process`,
    );
    if (shell !== undefined) state.program = shell;
    return false;
  }
  state.words = facts.exec.words;
  state.unknownArgument ??= facts.exec.unknownArgument;
  if (facts.directory !== undefined) state.directory = facts.directory;
  state.at = facts.exec.place;
  state.how = shell === undefined ? 'exec' : `${posix.basename(shell)} -c`;
  return true;
}

/**
 * Follows what a script starts beside itself, or may become. What it only runs and is not found may be anything, and is
 * listed as undecided.
 */
function branch(
  state: LaunchState,
  { words, unknownArgument, place, environment, directory }: StartedProgram,
  how: 'in the background' | 'runs' | 'may become',
): Launch | undefined {
  const { host, launchers, budget, depth, hops } = state;
  if (depth >= MAX_BRANCH_DEPTH || budget.left <= 0) return undefined;
  budget.left -= 1;
  const at = { directory: directory ?? '/', words, at: place, how, unknownArgument };
  const start = { host, launchers, budget, depth: depth + 1, ...at };
  const launch = followState(beginning(start, environment));
  if (how !== 'runs' || launch.hops[0]?.kind !== 'missing')
    state.branches.push({ from: hops.length - 1, launch });
  return launch;
}

function prependLibraryPath(
  state: LaunchState,
  path: string,
  text: string,
  directories: readonly string[],
): void {
  if (directories.length === 0) return;
  const rest = state.environment.get('LD_LIBRARY_PATH');
  const value = [...directories, ...(rest === undefined || rest === '' ? [] : [rest])].join(':');
  const place = { file: path, line: lineOf(text, `LD_LIBRARY_PATH="${directories[0]}`), column: 1 };
  setOnTheWay(state, { name: 'LD_LIBRARY_PATH', value, place });
}

function lineOf(text: string, part: string): number {
  return text.slice(0, Math.max(0, text.indexOf(part))).split('\n').length;
}
