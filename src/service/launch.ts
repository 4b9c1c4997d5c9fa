import { readLibtoolWrapper } from '../formats/shell/read-libtool-wrapper.ts';
import { followScript, type ScriptVariable } from '../formats/shell/follow-script.ts';
import { isShell, readShebang } from '../formats/shell/read-shebang.ts';
import type { Host } from '../host/host.ts';
import { type Place, showPlace } from '../text/place.ts';
import type { ServiceCommand } from './commands.ts';
import { findProgram } from './find-program.ts';

/** The way from a command of the unit to the program that runs in the end. */
export interface Launch {
  /** From the unit's command inward; the last one is the program when it was reached. */
  readonly hops: readonly LaunchHop[];
  /** The program that is executed in the end, as seen inside the root; undefined when it was not reached. */
  readonly program: string | undefined;
  /** The program's arguments as far as known, itself left out. */
  readonly args: readonly string[];
  /** The environment the program gets: the service's, changed by the scripts on the way. */
  readonly environment: ReadonlyMap<string, string>;
  /** What scripts on the way set, the last for each name. */
  readonly setOnTheWay: ReadonlyMap<string, ScriptVariable>;
  /** The working directory the program starts in, as far as it is known. */
  readonly directory: string;
  readonly notExamined: readonly string[];
}

export interface LaunchHop {
  readonly path: string;
  readonly kind: 'script' | 'program' | 'missing';
  /** Where it is started. */
  readonly startedAt: Place;
  readonly how: string;
  readonly sources: readonly { readonly path: string; readonly place: Place; readonly exists: boolean }[];
}

const MAX_HOPS = 16;
const SCRIPT_SIZE_LIMIT = 1024 * 1024;

/**
 * Follows a command, started in `workingDirectory`, through wrapper scripts, libtool wrappers and `env`-like prefixes to the ELF program,
 * reading only. What a script decides at run time is listed in `notExamined`, never guessed.
 */
export function followLaunch(
  host: Host,
  command: ServiceCommand,
  environment: ReadonlyMap<string, string>,
  workingDirectory = '/',
): Launch {
  const state: State = {
    hops: [],
    directory: workingDirectory,
    environment: new Map(environment),
    setOnTheWay: new Map(),
    notExamined: [],
    words: command.words.map((word) => word.toString()),
    at: command.place,
    how: command.directive,
    program: undefined,
  };
  for (let count = 0; count < MAX_HOPS; count += 1) if (!advance(host, state)) return finish(state);
  state.notExamined.push(`${state.words[0]}: more than ${MAX_HOPS} programs one after another`);
  return finish(state);
}

interface State {
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
}

function finish(state: State): Launch {
  const { hops, program, environment, setOnTheWay, directory, notExamined } = state;
  return { hops, program, args: state.words.slice(1), environment, setOnTheWay, directory, notExamined };
}

/** Takes one step inward; false when the end is reached. */
function advance(host: Host, state: State): boolean {
  skipPrefixes(state);
  const [asked, ...args] = state.words;
  if (asked === undefined) return false;
  const path = findProgram(host, asked, state.environment.get('PATH'));
  if (path === undefined) {
    state.hops.push({ path: asked, kind: 'missing', startedAt: state.at, how: state.how, sources: [] });
    return false;
  }
  const start = head(host, path);
  const shebang = readShebang(start);
  if (shebang === undefined) {
    state.hops.push({ path, kind: 'program', startedAt: state.at, how: state.how, sources: [] });
    state.program = path;
    return false;
  }
  if (!isShell(shebang.interpreter, shebang.argument)) {
    state.hops.push({ path, kind: 'script', startedAt: state.at, how: state.how, sources: [] });
    state.notExamined.push(`${path}: a script for ${shebang.interpreter}, not followed`);
    state.words = [
      ...[shebang.interpreter, shebang.argument].filter((word) => word !== undefined),
      path,
      ...args,
    ];
    state.at = { file: path, line: 1, column: 3 };
    state.how = '#!';
    return true;
  }
  return throughShellScript(host, state, path, args);
}

function throughShellScript(host: Host, state: State, path: string, args: readonly string[]): boolean {
  const text = new TextDecoder().decode(host.readFile(path, SCRIPT_SIZE_LIMIT));
  const wrapper = readLibtoolWrapper(text);
  if (wrapper !== undefined) {
    const program = `${path.slice(0, path.lastIndexOf('/'))}/${wrapper.program}`;
    state.hops.push({ path, kind: 'script', startedAt: state.at, how: state.how, sources: [] });
    prependLibraryPath(state, path, text, wrapper.libraryPath);
    state.words = [program, ...args];
    state.at = { file: path, line: lineOf(text, 'temporary wrapper script for'), column: 1 };
    state.how = 'libtool wrapper';
    return true;
  }
  const start = { environment: state.environment, arguments: args, directory: state.directory };
  const facts = followScript(path, text, start, {
    read: (source) =>
      host.stat(source)?.type === 'file'
        ? new TextDecoder().decode(host.readFile(source, SCRIPT_SIZE_LIMIT))
        : undefined,
    realPath: (asked) => host.realPath(asked),
  });
  state.hops.push({
    path,
    kind: 'script',
    startedAt: state.at,
    how: state.how,
    sources: facts.sources.map((source) => ({ ...source, exists: host.stat(source.path) !== undefined })),
  });
  for (const name of facts.dropped) {
    state.environment.delete(name);
    state.setOnTheWay.delete(name);
  }
  for (const variable of facts.exports) setOnTheWay(state, variable);
  for (const { place, text: line } of facts.undecided) {
    state.notExamined.push(`${showPlace(place)}: decided only when it runs: ${line}`);
  }
  if (facts.undecidedExec !== undefined) {
    state.notExamined.push(`${showPlace(facts.undecidedExec)}: which program this becomes is not known`);
    return false;
  }
  if (facts.exec === undefined) {
    state.notExamined.push(
      `${path}: no 'exec' that could be followed; the script itself stays the main process`,
    );
    return false;
  }
  state.words = facts.exec.words;
  if (facts.directory !== undefined) state.directory = facts.directory;
  state.at = facts.exec.place;
  state.how = 'exec';
  return true;
}

/** `env A=b nice -n5 program` → `program`. Options with a value of their own are not known: such a command ends here. */
function skipPrefixes(state: State): void {
  for (;;) {
    const base = state.words[0]?.split('/').at(-1);
    if (base !== 'env' && base !== 'nice' && base !== 'nohup' && base !== 'setsid' && base !== 'ionice')
      return;
    let rest = state.words.slice(1);
    while (rest[0] !== undefined) {
      const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(rest[0]);
      if (assignment !== null && base === 'env') {
        setOnTheWay(state, { name: assignment[1] ?? '', value: assignment[2] ?? '', place: state.at });
      } else if (!rest[0].startsWith('-')) break;
      rest = rest.slice(1);
    }
    if (rest.length === 0) return;
    state.how = `${state.how}, through ${base}`;
    state.words = rest;
  }
}

function prependLibraryPath(state: State, path: string, text: string, directories: readonly string[]): void {
  if (directories.length === 0) return;
  const rest = state.environment.get('LD_LIBRARY_PATH');
  const value = [...directories, ...(rest === undefined || rest === '' ? [] : [rest])].join(':');
  const place = { file: path, line: lineOf(text, `LD_LIBRARY_PATH="${directories[0]}`), column: 1 };
  setOnTheWay(state, { name: 'LD_LIBRARY_PATH', value, place });
}

function setOnTheWay(state: State, variable: ScriptVariable): void {
  state.environment.set(variable.name, variable.value);
  state.setOnTheWay.set(variable.name, variable);
}

function lineOf(text: string, part: string): number {
  return text.slice(0, Math.max(0, text.indexOf(part))).split('\n').length;
}

function head(host: Host, path: string): string {
  const file = host.open(path);
  try {
    return new TextDecoder('latin1').decode(file.read(0, 256));
  } finally {
    file.close();
  }
}
