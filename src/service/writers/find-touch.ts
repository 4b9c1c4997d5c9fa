import { posix } from 'node:path';
import { isShell, readShebang } from '../../formats/shell/read-shebang.ts';
import { ShellState } from '../../formats/shell/shell-state.ts';
import type { Host } from '../../host/host.ts';
import { placesIn } from '../../text/places-in.ts';
import { commandPrefix } from '../prefixes/command-prefix.ts';
import { UNKNOWN_WORD } from '../prefixes/prefix.ts';
import { findProgram } from '../find-program.ts';
import { outputsOf } from './output-of-command.ts';
import { sameFile } from './same-file.ts';
import { scriptCommands } from './script-commands.ts';
import { scriptText } from './script-text.ts';
import type { Touch } from './touch.ts';
import { wellKnownName } from './well-known-name.ts';

export interface TouchContext {
  readonly host: Host;
  /** The file that is asked about. */
  readonly target: string;
  readonly environment: ReadonlyMap<string, string>;
  /** Where the command runs; undefined where only running tells. */
  readonly directory: string | undefined;
  readonly budget: TouchBudget;
}

/** What a search may still read of scripts, in UTF-16 units. One that runs itself would never end. */
export interface TouchBudget {
  left: number;
}

const MAX_SCRIPT_DEPTH = 3;
/** What the smallest script costs. */
const COST_OF_SCRIPT = 1000;
/** What a command costs for which a program is looked up. */
const COST_OF_COMMAND = 100;

/**
 * What a command has to do with a file: by its own words, and by the shell script that it is or runs, followed
 * without running it. Of several the first that writes counts; undefined where none names the file.
 */
export function findTouch(context: TouchContext, words: readonly (string | undefined)[]): Touch | undefined {
  const touches = touchesOf(context, words, 0);
  return touches.find(({ kind }) => kind === 'writes') ?? touches[0];
}

function touchesOf(
  context: TouchContext,
  all: readonly (string | undefined)[],
  depth: number,
): readonly Touch[] {
  const words = withoutPrefixes(all);
  const [program, ...args] = words;
  if (program === undefined) return [];
  const outputs = outputsOf(words);
  if (outputs !== undefined) {
    const writes = outputs.some((path) => isTarget(context, path));
    return writes
      ? [{ kind: 'writes', program, how: `${base(program)} … ${context.target}`, place: undefined }]
      : [];
  }
  if (depth < MAX_SCRIPT_DEPTH) {
    const followed = throughShell(context, program, args, depth);
    if (followed !== undefined) return followed;
  }
  return [...inArguments(context, program, args), ...inProgram(context, program)];
}

/** What the script does when the command runs a shell; undefined when it runs something else. */
function throughShell(
  context: TouchContext,
  program: string,
  args: readonly (string | undefined)[],
  depth: number,
): readonly Touch[] | undefined {
  if (isShell(wellKnownName(program), undefined) && !wellKnownName(program).includes('/')) {
    const option = args.findIndex((word) => word !== undefined && /^-[a-z]*c$/.test(word));
    if (option !== -1) {
      const text = args[option + 1];
      if (text === undefined) return [];
      return inScript(context, program, text, undefined, args.slice(option + 3), depth);
    }
    const at = args.findIndex((word) => word === undefined || !/^[-+]/.test(word));
    const path = at === -1 ? undefined : absolute(context, args[at] ?? '');
    const text = path === undefined ? undefined : scriptText(context.host, path);
    if (path === undefined || text === undefined) return [];
    return inScript(context, program, text, path, args.slice(at + 1), depth);
  }
  const path = findProgram(context.host, program, context.environment.get('PATH'));
  const text = path === undefined ? undefined : scriptText(context.host, path);
  const shebang = text === undefined ? undefined : readShebang(text.slice(0, 256));
  if (path === undefined || text === undefined || shebang === undefined) return undefined;
  if (!isShell(shebang.interpreter, shebang.argument)) return undefined;
  return inScript(context, path, text, path, args, depth);
}

/** `file`: where the text stands, when that is not the unit's own line. */
function inScript(
  context: TouchContext,
  program: string,
  text: string,
  file: string | undefined,
  args: readonly (string | undefined)[],
  depth: number,
): readonly Touch[] {
  const { host, environment, directory, budget } = context;
  budget.left -= text.length + COST_OF_SCRIPT;
  if (budget.left < 0) return [];
  const given = args.filter((word) => word !== undefined);
  const state = new ShellState(
    file ?? program,
    { read: () => undefined, realPath: (path) => host.realPath(path) },
    environment,
    given,
    directory ?? '/',
  );
  state.directory = directory;
  if (given.length < args.length) state.arguments = undefined;
  const placeAt = file === undefined ? undefined : placesIn(file, text);
  const commands = scriptCommands(text, state);
  return commands.flatMap(({ words, outputs, directory: at, offset }): readonly Touch[] => {
    budget.left -= COST_OF_COMMAND;
    if (budget.left < 0) return [];
    const inner = withoutPrefixes(words)[0];
    const by = inner?.includes('/') === true ? inner : (file ?? program);
    const place = placeAt?.(offset);
    const output = outputs.find(({ path }) => isTarget(context, path));
    const here: Touch[] =
      output === undefined
        ? []
        : [{ kind: 'writes', program: by, how: `${output.operator} ${context.target}`, place }];
    const deeper = touchesOf({ ...context, directory: at }, words, depth + 1).map((touch) => ({
      ...touch,
      program: touch.program.includes('/') ? touch.program : (file ?? program),
      place: touch.place ?? place,
    }));
    return [...here, ...deeper];
  });
}

/** Options whose value is a file to write. */
const OUTPUT_OPTION =
  /^(?:-o|-O|--?(?:out|output|outfile|out-file|output-file|output-document|dest|destination|write-to))$/;

function inArguments(context: TouchContext, program: string, args: readonly (string | undefined)[]): Touch[] {
  return args.flatMap((word, index): Touch[] => {
    if (word === undefined) return [];
    const option = /^(--?[\w-]+|[A-Za-z_]\w*)=(.*)$/s.exec(word);
    const path = option?.[2] ?? word;
    if (!isTarget(context, path)) return [];
    const name = option?.[1] ?? args[index - 1];
    const isOutput = name !== undefined && OUTPUT_OPTION.test(name);
    return [
      {
        kind: isOutput ? 'writes' : 'names',
        program,
        how: isOutput ? `${base(program)} ${name} ${context.target}` : `${base(program)} is given its path`,
        place: undefined,
      },
    ];
  });
}

/** A script in another language: where its text has the path, and whether that is in a call that opens for writing. */
function inProgram(context: TouchContext, program: string): Touch[] {
  const path = findProgram(context.host, program, context.environment.get('PATH'));
  const text = path === undefined ? undefined : scriptText(context.host, path);
  if (path === undefined || text === undefined) return [];
  const offset = text.indexOf(context.target);
  if (offset === -1 || /[\w.-]/.test(text.charAt(offset + context.target.length))) return [];
  const place = placesIn(path, text)(offset);
  const escaped = context.target.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const opens = new RegExp(
    `open\\(\\s*['"]${escaped}['"]\\s*,\\s*(?:mode\\s*=\\s*)?['"][wax>]|Path\\(['"]${escaped}['"]\\)\\.write_|['"]>{1,2}\\s*${escaped}['"]`,
  );
  return opens.test(text)
    ? [{ kind: 'writes', program: path, how: 'opens it for writing', place }]
    : [{ kind: 'names', program: path, how: 'has its path in its text', place }];
}

function isTarget(context: TouchContext, path: string): boolean {
  const whole = absolute(context, path);
  return whole !== undefined && sameFile(whole, context.target);
}

function absolute({ directory }: TouchContext, path: string): string | undefined {
  if (path.startsWith('/')) return path;
  return directory === undefined ? undefined : posix.join(directory, path);
}

/** Words of the shell before a command, with their options. */
const OF_THE_SHELL = new Set(['exec', 'command', 'time']);
const MOST_PREFIXES = 16;

/** `env A=b timeout 5 program` → `program` */
function withoutPrefixes(words: readonly (string | undefined)[]): readonly (string | undefined)[] {
  let left = words;
  for (let count = 0; count < MOST_PREFIXES; count += 1) {
    const [first, ...rest] = left;
    if (first !== undefined && OF_THE_SHELL.has(first)) {
      const from = rest.findIndex((word) => word?.startsWith('-') !== true);
      left = from === -1 ? [] : rest.slice(from);
      continue;
    }
    // A program elsewhere only shares the name.
    if (first === undefined || wellKnownName(first).includes('/')) return left;
    const prefix = commandPrefix(left.map((word) => word ?? UNKNOWN_WORD));
    if (prefix === undefined) return left;
    const { script, words: inner } = prefix;
    const known = inner.map((word) => (word === UNKNOWN_WORD ? undefined : word));
    left = script === undefined ? known : ['sh', '-c', ...known];
  }
  return left;
}

function base(program: string): string {
  return program.split('/').at(-1) ?? program;
}
