import {
  type AndOr,
  type Assignment,
  type Case,
  type Command,
  type CompoundList,
  type If,
  parse,
  type Statement,
  type Word,
} from 'unbash';
import type { Place } from '../../text/place.ts';
import { placesIn } from '../../text/places-in.ts';
import { matchesPattern } from '../../text/matches-pattern.ts';
import { type Changes, changesIn } from './changes-in.ts';
import { decideCondition } from './decide-condition.ts';
import { expandFields, expandPattern, expandWord } from './expand-word.ts';
import { type ScriptFiles, ShellState } from './shell-state.ts';

/** What a launcher script does on its straight way from the first line to the program it becomes. */
export interface ScriptFacts {
  /** Files it reads with `.` or `source`. */
  readonly sources: readonly { readonly path: string; readonly place: Place }[];
  /** Variables it sets for the program. */
  readonly exports: readonly ScriptVariable[];
  /** Variables of the environment that it takes away, or gives a value that only running it tells. */
  readonly dropped: readonly string[];
  /**
   * The command it becomes (`exec …`), a relative program made absolute. Arguments end before the first that only
   * running tells, or leave it out when it is an `--option=…` of its own.
   */
  readonly exec: { readonly words: readonly string[]; readonly place: Place } | undefined;
  /** Where it becomes a program that only running it tells. */
  readonly undecidedExec: Place | undefined;
  /** The working directory that it leaves to the program; undefined where only running it tells. */
  readonly directory: string | undefined;
  /** What can't be decided without running it. */
  readonly undecided: readonly { readonly place: Place; readonly text: string }[];
}

export interface ScriptVariable {
  readonly name: string;
  readonly value: string;
  readonly place: Place;
}

/** How a script is started. */
export interface ScriptStart {
  readonly environment: ReadonlyMap<string, string>;
  readonly arguments: readonly string[];
  readonly directory: string;
  /** The text is that of `sh -c`, which stands here: its last command takes the shell's place, with or without `exec`. */
  readonly given?: Place;
}

const MAX_SOURCE_DEPTH = 8;
const MAX_SOURCES = 64;
const MAX_SCRIPT_LENGTH = 1024 * 1024;

/**
 * Follows a POSIX shell script without running it: assignments, `export`, `unset`, `cd`, `.`/`source` and `exec`, with
 * the variables known so far, and into `if` and `case` where their conditions are decided by these. Other conditions,
 * loops and most substitutions are not evaluated; they are listed in `undecided`, and the variables that they may change
 * are unknown from there on.
 */
export function followScript(
  path: string,
  text: string,
  start: ScriptStart,
  files: ScriptFiles,
): ScriptFacts {
  const walk = new Walk(path, start, files);
  walk.file(path, text, 0);
  return {
    sources: walk.sources,
    exports: [...walk.exports.values()],
    dropped: [...walk.dropped],
    exec: walk.exec,
    undecidedExec: walk.undecidedExec,
    directory: walk.state.directory,
    undecided: walk.undecided,
  };
}

interface Script {
  readonly text: string;
  readonly place: (offset: number) => Place;
  readonly depth: number;
}

interface Stretch {
  readonly type: string;
  readonly pos: number;
  readonly end: number;
}

class Walk {
  readonly state: ShellState;
  readonly sources: { path: string; place: Place }[] = [];
  readonly exports = new Map<string, ScriptVariable>();
  readonly dropped = new Set<string>();
  readonly undecided: { place: Place; text: string }[] = [];
  exec: { words: readonly string[]; place: Place } | undefined;
  undecidedExec: Place | undefined;
  readonly #exported: Set<string>;
  readonly #functions = new Map<string, Changes>();
  #hasEnded = false;

  readonly #given: Place | undefined;

  constructor(path: string, start: ScriptStart, files: ScriptFiles) {
    this.#given = start.given;
    this.state = new ShellState(path, files, start.environment, start.arguments, start.directory);
    this.#exported = new Set(start.environment.keys());
  }

  file(path: string, whole: string, depth: number): void {
    const text = whole.slice(0, MAX_SCRIPT_LENGTH);
    const given = depth === 0 ? this.#given : undefined;
    const script: Script = { text, place: given === undefined ? placesIn(path, text) : () => given, depth };
    const { commands } = parse(text);
    for (const [index, statement] of commands.entries()) {
      if (this.#hasEnded) return;
      if (given !== undefined && index === commands.length - 1) this.#last(script, statement);
      else this.#statement(script, statement);
    }
  }

  #statement(script: Script, { command, background }: Statement): void {
    if (background === true) this.#leaveOpen(script, command);
    else if (command.type === 'Command') this.#command(script, command);
    else if (command.type === 'AndOr') this.#andOr(script, command);
    else if (command.type === 'If') this.#if(script, command);
    else if (command.type === 'Case') this.#case(script, command);
    else if (command.type === 'BraceGroup') this.#list(script, command.body);
    else if (command.type === 'Function')
      this.#functions.set(command.name.value, changesIn(script.text.slice(command.pos, command.end)));
    else this.#leaveOpen(script, command);
  }

  /** `cd /srv && lamp -v`: what comes last is run in place of the shell. */
  #last(script: Script, statement: Statement): void {
    const { command, background } = statement;
    const parts = command.type === 'AndOr' ? command.commands : [command];
    const isStraight = command.type !== 'AndOr' || command.operators.every((operator) => operator === '&&');
    const last = parts.at(-1);
    if (background === true || !isStraight || last?.type !== 'Command' || !this.#isProgram(last))
      return this.#statement(script, statement);
    for (const part of parts.slice(0, -1)) {
      if (part.type === 'Command' && isFollowed(part)) this.#command(script, part);
      else if (decideCondition(this.state, part) !== true) return this.#leaveOpen(script, command);
    }
    const { name, pos } = last;
    if (this.#hasEnded || name === undefined) return;
    for (const prefix of last.prefix) if (prefix.type === 'Assignment') this.#assign(script, prefix, true);
    this.#exec(script, { ...last, args: [name, ...last.args], pos });
  }

  /** Neither a builtin nor a function that is known; a name that is put together may be anything. */
  #isProgram(command: Command): boolean {
    const name = command.name?.value;
    const isOther =
      name === undefined || BUILTIN.has(name) || HARMLESS.has(name) || this.#functions.has(name);
    return !isOther && !isFollowed(command);
  }

  #list(script: Script, { commands }: CompoundList): void {
    for (const statement of commands) if (!this.#hasEnded) this.#statement(script, statement);
  }

  #if(script: Script, node: If): void {
    for (const { clause, then } of [node, ...node.elif]) {
      const holds = decideCondition(this.state, clause);
      if (holds === undefined) return this.#leaveOpen(script, node);
      if (holds) return this.#list(script, then);
    }
    if (node.else !== undefined) this.#list(script, node.else);
  }

  #case(script: Script, node: Case): void {
    const word = expandWord(this.state, node.word);
    const patterns = node.items.map(({ pattern }) => pattern.map((one) => expandPattern(this.state, one)));
    const isPlain = node.items.every(({ terminator }) => terminator === undefined || terminator === ';;');
    if (word === undefined || !isPlain || patterns.flat().includes(undefined))
      return this.#leaveOpen(script, node);
    const at = patterns.findIndex((all) => all.some((one) => matchesPattern(one ?? '', word)));
    const body = node.items[at]?.body;
    if (body !== undefined) this.#list(script, body);
  }

  /** A decided condition lets the rest run or not; of `cd … && exec …` and `cd … || exit` it is taken that all is well. */
  #andOr(script: Script, node: AndOr): void {
    const { commands, operators } = node;
    const [first] = commands;
    const holds = first === undefined ? undefined : decideCondition(this.state, first);
    if (holds !== undefined && commands.length === 2) {
      const [, second] = commands;
      if (second !== undefined && (operators[0] === '&&') === holds)
        this.#statement(script, { ...node, type: 'Statement', command: second, background: undefined });
      return;
    }
    this.#straightOn(script, node);
  }

  #straightOn(script: Script, { type, pos, end, commands, operators }: AndOr): void {
    const plain = commands.filter((command) => command.type === 'Command');
    const [first, last] = plain;
    if (plain.length < commands.length || first === undefined) {
      this.#leaveOpen(script, { type, pos, end });
    } else if (plain.every(isFollowed) && operators.every((operator) => operator === '&&')) {
      for (const command of plain) if (!this.#hasEnded) this.#command(script, command);
    } else if (
      plain.length === 2 &&
      operators[0] === '||' &&
      last?.name?.value === 'exit' &&
      isFollowed(first)
    ) {
      this.#command(script, first);
    } else this.#leaveOpen(script, { type, pos, end });
  }

  #command(script: Script, command: Command): void {
    const name = command.name === undefined ? '' : expandWord(this.state, command.name);
    const assignments = command.prefix.filter((prefix) => prefix.type === 'Assignment');
    const { args } = command;
    if (command.name === undefined) {
      for (const assignment of assignments) this.#assign(script, assignment, false);
    } else if (name === undefined) this.#leaveOpen(script, command);
    else if (this.#functions.has(name)) {
      this.#leaveOpen(script, command);
      this.#forget(this.#functions.get(name));
    } else if (name === 'export' || name === 'readonly') this.#declare(script, command, name === 'export');
    else if (name === 'unset') this.#unset(script, command);
    else if (name === '.' || name === 'source') this.#source(script, command);
    else if (name === 'cd') this.#changeDirectory(script, command);
    else if (name === 'exec' && args.length > 0) {
      for (const assignment of assignments) this.#assign(script, assignment, true);
      this.#exec(script, command);
    } else if (name === 'exit') this.#hasEnded = true;
    else if (name === ':')
      args.forEach((word) => word.type === 'Word' && expandWord(this.state, word)); // for ${A:=b}
    else if (name === 'shift' && args.length === 0) this.state.arguments = this.state.arguments?.slice(1);
    else if (name === 'set' && args.every((word) => /^[-+](?!-)/.test(word.text) || word.text === 'pipefail'))
      return;
    else if (!HARMLESS.has(name) || args[0]?.text === '-v') this.#leaveOpen(script, command);
  }

  #declare(script: Script, command: Command, isExport: boolean): void {
    for (const argument of command.args) {
      if (argument.type === 'Assignment') {
        this.#assign(script, argument, isExport);
        continue;
      }
      const text = expandWord(this.state, argument);
      const equals = text?.indexOf('=') ?? -1;
      if (text === undefined || text.startsWith('-')) this.#leaveOpen(script, command);
      else if (equals > 0) {
        this.state.set(text.slice(0, equals), text.slice(equals + 1));
        if (isExport) this.#export(text.slice(0, equals), script.place(argument.pos));
      } else if (isExport) this.#export(text, script.place(command.pos));
    }
  }

  #assign(script: Script, assignment: Assignment, exported: boolean): void {
    const { name, append, index } = assignment;
    const before = append === true ? this.state.variable(name) : 'unset';
    const added =
      isWord(assignment.value) && index === undefined ? expandWord(this.state, assignment.value) : undefined;
    const isKnown = added !== undefined && before !== 'unknown';
    if (!isKnown) this.#leaveOpen(script, assignment);
    this.state.set(name, isKnown ? `${before === 'unset' ? '' : before.value}${added}` : undefined);
    if (exported || this.#exported.has(name)) this.#export(name, script.place(assignment.pos));
  }

  #export(name: string, place: Place): void {
    this.#exported.add(name);
    const variable = this.state.variable(name);
    if (variable === 'unset') return;
    this.exports.delete(name);
    this.dropped.delete(name);
    if (variable === 'unknown') this.dropped.add(name);
    else this.exports.set(name, { name, value: variable.value, place });
  }

  #unset(script: Script, command: Command): void {
    const words = command.args.map((word) =>
      word.type === 'Word' ? expandWord(this.state, word) : undefined,
    );
    if (words[0] === '-f') return;
    if (words.includes(undefined)) this.#leaveOpen(script, command);
    for (const name of words) {
      if (name === undefined || name === '-v') continue;
      this.state.unset(name);
      this.#exported.delete(name);
      this.exports.delete(name);
      this.dropped.add(name);
    }
  }

  #source(script: Script, command: Command): void {
    const [word] = command.args;
    const target = word?.type === 'Word' ? expandWord(this.state, word) : undefined;
    const path = target?.includes('/') === true ? this.state.absolute(target) : undefined;
    if (path !== undefined) this.sources.push({ path, place: script.place(command.pos) });
    const isTooMuch = script.depth >= MAX_SOURCE_DEPTH || this.sources.length > MAX_SOURCES;
    const text = path === undefined || isTooMuch ? undefined : this.state.files.read(path);
    if (path === undefined || text === undefined) this.#leaveOpen(script, command);
    else this.file(path, text, script.depth + 1);
  }

  #changeDirectory(script: Script, command: Command): void {
    const words = command.args.flatMap((word): readonly (string | undefined)[] => {
      const fields = word.type === 'Word' ? expandFields(this.state, word) : undefined;
      return fields ?? [undefined];
    });
    const [target, ...others] = words[0] === '--' ? words.slice(1) : words;
    const isPlain = target !== undefined && !target.startsWith('-') && others.length === 0;
    this.state.directory = isPlain ? this.state.absolute(target) : undefined;
    if (this.state.directory === undefined) this.#leaveOpen(script, command);
  }

  #exec(script: Script, command: Command): void {
    this.#hasEnded = true;
    const [program, ...args] = command.args;
    const words = program?.type === 'Word' ? expandFields(this.state, program) : undefined;
    const path = words?.[0] === undefined ? undefined : this.#program(words[0]);
    if (words === undefined || path === undefined || path.startsWith('-')) {
      this.undecidedExec = script.place(command.pos);
      this.#leaveOpen(script, command);
      return;
    }
    const known = [path, ...words.slice(1)];
    this.exec = { words: known, place: script.place(command.pos) };
    for (const argument of args) {
      const fields =
        argument.type === 'Word' ? expandFields(this.state, argument) : this.#assignmentWord(argument);
      if (fields !== undefined) known.push(...fields);
      else {
        this.#leaveOpen(script, argument);
        if (!/^["']?--?[\w-]+=/.test(argument.text)) return;
      }
    }
  }

  /** `A=b` as an argument is a word like any other. */
  #assignmentWord({ name, value, text }: Assignment): readonly string[] | undefined {
    if (!isWord(value) || !text.startsWith(`${name}=`)) return undefined;
    const expanded = expandWord(this.state, value);
    return expanded === undefined ? undefined : [`${name}=${expanded}`];
  }

  /** A name without a slash is looked for along PATH, which has to be known. */
  #program(name: string): string | undefined {
    if (name.includes('/')) return this.state.absolute(name);
    return this.state.variable('PATH') === 'unknown' ? undefined : name;
  }

  #leaveOpen(script: Script, { type, pos, end }: Stretch): void {
    const text = script.text.slice(pos, end);
    const firstLine = text.slice(0, 120).split('\n')[0]?.trim() ?? '';
    this.undecided.push({
      place: script.place(pos),
      text: firstLine === '' ? `a construct of the kind ${type}` : firstLine,
    });
    this.#forget(changesIn(text));
  }

  #forget(changes: Changes | undefined): void {
    for (const name of changes?.names ?? []) {
      this.state.set(name, undefined);
      if (this.exports.delete(name)) this.dropped.add(name);
    }
    if (changes?.anything === true) this.state.isOpen = true;
    if (changes?.directory === true) this.state.directory = undefined;
    if (changes?.arguments === true) this.state.arguments = undefined;
  }
}

/** Commands that are followed also where another one follows after `&&` or `||`. */
const FOLLOWED = new Set(['cd', 'export', 'readonly', 'unset', '.', 'source', 'exec', ':']);

/** Commands that change neither the environment nor what is started. */
const HARMLESS = new Set(['true', 'umask', 'ulimit', 'echo', 'printf', 'trap', 'exec']);

function isFollowed({ name }: Command): boolean {
  return name === undefined || FOLLOWED.has(name.value);
}

const BUILTIN = new Set(
  '[ alias bg break case command continue eval exit false fg getopts hash jobs kill let local read return set shift test times type wait'.split(
    ' ',
  ),
);

function isWord(value: Assignment['value']): value is Word {
  return value.type === 'Word';
}
