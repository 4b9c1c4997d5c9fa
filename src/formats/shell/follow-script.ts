import {
  type AndOr,
  type Assignment,
  type Case,
  type Command,
  type CompoundList,
  type If,
  parse,
  type Statement,
} from 'unbash';
import type { Place } from '../../text/place.ts';
import { placesIn } from '../../text/places-in.ts';
import { type Changes, changesIn } from './changes-in.ts';
import { BUILTIN, HARMLESS, isCommand, isFollowed, isWord } from './known-commands.ts';
import type { ScriptFacts, ScriptStart, ScriptVariable, StartedProgram } from './script-facts.ts';
import { type CommandWords, commandWords } from './command-words.ts';
import { changedDirectory } from './changed-directory.ts';
import { decideCase } from './decide-case.ts';
import { decideCondition } from './decide-condition.ts';
import { expandFields, expandWord } from './expand-word.ts';
import { type Part, possibleExecs } from './possible-execs.ts';
import type { FunctionBody, Script, Stretch } from './script-stretch.ts';
import { type ScriptFiles, ShellState } from './shell-state.ts';

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
  const undecidedExec = walk.undecidedExec ?? walk.mayExec;
  return {
    sources: walk.sources,
    exports: [...walk.exports.values()],
    dropped: [...walk.dropped],
    exec: undecidedExec === undefined ? walk.exec : undefined,
    undecidedExec,
    mayBecome: undecidedExec === undefined ? [] : walk.mayBecome,
    started: walk.started,
    directory: walk.state.directory,
    undecided: walk.undecided,
  };
}

/** A function calls others, and perhaps itself. */
const MAX_CALLS = 8;
const MAX_STARTED = 64;

class Walk {
  readonly state: ShellState;
  readonly sources: { path: string; place: Place }[] = [];
  readonly exports = new Map<string, ScriptVariable>();
  readonly dropped = new Set<string>();
  readonly undecided: { place: Place; text: string }[] = [];
  exec: ScriptFacts['exec'];
  undecidedExec: Place | undefined;
  mayExec: Place | undefined;
  readonly started: StartedProgram[] = [];
  readonly mayBecome: StartedProgram[] = [];
  readonly #environment: ReadonlyMap<string, string>;
  readonly #exported: Set<string>;
  readonly #functions = new Map<string, FunctionBody>();
  /** Of the calls that are being followed, the values that their local variables had before. */
  readonly #locals: Map<string, ReturnType<ShellState['variable']>>[] = [];
  #hasEnded = false;
  #hasReturned = false;
  readonly #given: Place | undefined;

  constructor(path: string, start: ScriptStart, files: ScriptFiles) {
    this.#given = start.given;
    this.state = new ShellState(path, files, start.environment, start.arguments, start.directory);
    this.#exported = new Set(start.environment.keys());
    this.#environment = start.environment;
  }

  file(path: string, whole: string, depth: number): void {
    const text = whole.slice(0, MAX_SCRIPT_LENGTH);
    const given = depth === 0 ? this.#given : undefined;
    const script: Script = { text, place: given === undefined ? placesIn(path, text) : () => given, depth };
    const { commands } = parse(text);
    for (const [index, statement] of commands.entries()) {
      if (this.#hasEnded || this.#hasReturned) break;
      if (given !== undefined && index === commands.length - 1) this.#last(script, statement);
      else this.#statement(script, statement);
    }
    this.#hasReturned = false;
  }

  #statement(script: Script, { command, background }: Statement): void {
    if (background === true) {
      this.#start(script, command, true);
      this.#leaveOpen(script, command);
    } else if (command.type === 'Command') this.#command(script, command);
    else if (command.type === 'AndOr') this.#andOr(script, command);
    else if (command.type === 'If') this.#if(script, command);
    else if (command.type === 'Case') this.#case(script, command);
    else if (command.type === 'BraceGroup') this.#list(script, command.body);
    else if (command.type === 'Function')
      this.#functions.set(command.name.value, {
        script,
        node: command,
        changes: changesIn(script.text.slice(command.pos, command.end)),
      });
    else {
      if (command.type === 'Pipeline') for (const part of command.commands) this.#start(script, part, false);
      this.#leaveUndecided(script, command);
    }
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
      else if (decideCondition(this.state, part) !== true) return this.#leaveUndecided(script, command);
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
    for (const statement of commands)
      if (!this.#hasEnded && !this.#hasReturned) this.#statement(script, statement);
  }

  #if(script: Script, node: If): void {
    const { type, pos, end } = node;
    for (const [at, one] of [node, ...node.elif].entries()) {
      const holds = decideCondition(this.state, one.clause);
      const rest = { ...node, ...one, type, pos, end, elif: node.elif.slice(at) };
      if (holds === undefined) return this.#leaveUndecided(script, rest);
      if (holds) return this.#list(script, one.then);
    }
    if (node.else !== undefined) this.#list(script, node.else);
  }

  #case(script: Script, node: Case): void {
    const body = decideCase(this.state, node);
    if (body === undefined) this.#leaveUndecided(script, node);
    else if (body !== 'none') this.#list(script, body);
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

  #straightOn(script: Script, node: AndOr): void {
    const { commands, operators } = node;
    const plain = commands.filter((command) => command.type === 'Command');
    const [first, last] = plain;
    if (plain.length < commands.length || first === undefined) this.#leaveUndecided(script, node);
    else if (plain.every(isFollowed) && operators.every((operator) => operator === '&&')) {
      for (const command of plain) if (!this.#hasEnded) this.#command(script, command);
    } else if (
      plain.length === 2 &&
      operators[0] === '||' &&
      last?.name?.value === 'exit' &&
      isFollowed(first)
    ) {
      this.#command(script, first);
    } else {
      for (const command of plain) this.#start(script, command, false);
      this.#leaveUndecided(script, node);
    }
  }

  #command(script: Script, command: Command): void {
    const name = command.name === undefined ? '' : expandWord(this.state, command.name);
    const assignments = command.prefix.filter((prefix) => prefix.type === 'Assignment');
    const { args } = command;
    if (command.name === undefined) {
      for (const assignment of assignments) this.#assign(script, assignment, false);
    } else if (name === undefined) this.#leaveOpen(script, command);
    else if (this.#functions.has(name)) this.#call(script, command, this.#functions.get(name));
    else if (name === 'return') this.#hasReturned = true;
    else if (name === 'local' && this.#locals.length > 0) this.#local(script, command);
    else if (name === 'export' || name === 'readonly') this.#declare(script, command, name === 'export');
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
    else if (!HARMLESS.has(name) || args[0]?.text === '-v') {
      this.#start(script, command, false);
      this.#leaveOpen(script, command);
    }
  }

  #call(script: Script, command: Command, called: FunctionBody | undefined): void {
    if (called === undefined || this.#locals.length >= MAX_CALLS || command.prefix.length > 0)
      return this.#leaveUndecided(script, command);
    const before = this.state.arguments;
    const given = command.args.flatMap((word): readonly (string | undefined)[] =>
      word.type === 'Word' ? (expandFields(this.state, word) ?? [undefined]) : [undefined],
    );
    const known = given.filter((word) => word !== undefined);
    this.state.arguments = known.length === given.length ? known : undefined;
    this.#locals.push(new Map());
    const { body } = called.node;
    if (body.type === 'BraceGroup') this.#list(called.script, body.body);
    else this.#leaveUndecided(called.script, body);
    for (const [name, value] of this.#locals.pop() ?? []) {
      if (value === 'unset') this.state.unset(name);
      else this.state.set(name, value === 'unknown' ? undefined : value.value);
    }
    this.state.arguments = before;
    this.#hasReturned = false;
  }

  #local(script: Script, command: Command): void {
    for (const word of command.args) {
      const name = word.type === 'Assignment' ? word.name : word.text;
      const before = this.#locals.at(-1);
      if (before !== undefined && !before.has(name)) before.set(name, this.state.variable(name));
      if (word.type === 'Assignment') this.#assign(script, word, false);
      else if (/^[A-Za-z_]\w*$/.test(name)) this.state.unset(name);
      else this.#leaveOpen(script, command);
    }
  }

  /** A program that is started, and after which the script goes on. */
  #start(script: Script, node: Stretch | Command, inBackground: boolean): void {
    if (!isCommand(node) || !this.#isProgram(node) || this.started.length >= MAX_STARTED) return;
    const found = commandWords(this.state, node.name, node.args);
    if (found !== undefined) this.started.push(this.#starts(script, node, found, inBackground));
  }

  #starts(script: Script, { pos }: Command, found: CommandWords, inBackground: boolean): StartedProgram {
    const environment = new Map(this.#environment);
    for (const name of this.dropped) environment.delete(name);
    for (const { name, value } of this.exports.values()) environment.set(name, value);
    const [unknown] = found.unknown;
    const unknownArgument = unknown && script.place(unknown.pos);
    const [{ words }, { directory }] = [found, this.state];
    return { words, unknownArgument, place: script.place(pos), inBackground, environment, directory };
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
    this.state.directory = changedDirectory(this.state, command);
    if (this.state.directory === undefined) this.#leaveOpen(script, command);
  }

  #exec(script: Script, command: Command): void {
    this.#hasEnded = true;
    const [program, ...args] = command.args;
    const found = commandWords(this.state, program, args);
    if (found === undefined || found.words[0]?.startsWith('-') === true) {
      this.undecidedExec = script.place(command.pos);
      this.#leaveOpen(script, command);
      return;
    }
    for (const argument of found.unknown) this.#leaveOpen(script, argument);
    this.exec = this.#starts(script, command, found, false);
    this.mayBecome.push(this.exec);
  }

  /** A part that may run or not, and that may make another program of the script. */
  #leaveUndecided(script: Script, part: Part): void {
    const { commands, functions, ends } = possibleExecs(script, part, this.#functions);
    this.#leaveOpen(script, part);
    for (const { changes } of functions) this.#forget(changes);
    if (ends) this.#hasEnded = true;
    if (commands.length > 0) this.mayExec ??= script.place(part.pos);
    for (const { script: inner, command, called } of commands.slice(0, MAX_STARTED - this.mayBecome.length)) {
      const before = this.state.arguments;
      if (called) this.state.arguments = undefined;
      const found = commandWords(this.state, command.args[0], command.args.slice(1));
      this.state.arguments = before;
      if (found !== undefined && found.words[0]?.startsWith('-') !== true)
        this.mayBecome.push(this.#starts(inner, command, found, false));
    }
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
