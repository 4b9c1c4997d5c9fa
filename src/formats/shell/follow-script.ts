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
import { matchesPattern } from '../../text/matches-pattern.ts';
import { type Changes, changesIn } from './changes-in.ts';
import { BUILTIN, EXECUTES, HARMLESS, isCommand, isFollowed, isWord } from './known-commands.ts';
import type { ScriptFacts, ScriptStart, ScriptVariable, StartedProgram } from './script-facts.ts';
import { assignmentWord, commandWords, programPath } from './command-words.ts';
import { decideCondition } from './decide-condition.ts';
import { expandFields, expandPattern, expandWord } from './expand-word.ts';
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
  return {
    sources: walk.sources,
    exports: [...walk.exports.values()],
    dropped: [...walk.dropped],
    exec: walk.exec,
    undecidedExec: walk.undecidedExec ?? (walk.exec === undefined ? walk.mayExec : undefined),
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
  exec: { words: readonly string[]; place: Place } | undefined;
  undecidedExec: Place | undefined;
  mayExec: Place | undefined;
  readonly started: StartedProgram[] = [];
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
      this.#leaveOpen(script, command, false);
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
      this.#leaveOpen(script, command);
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
    for (const statement of commands)
      if (!this.#hasEnded && !this.#hasReturned) this.#statement(script, statement);
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
    } else {
      for (const command of plain) this.#start(script, command, false);
      this.#leaveOpen(script, { type, pos, end });
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
    if (called === undefined || this.#locals.length >= MAX_CALLS || command.prefix.length > 0) {
      this.#leaveOpen(script, command);
      this.#forget(called?.changes);
      this.mayExec ??= EXECUTES.test(called?.script.text.slice(called.node.pos, called.node.end) ?? '')
        ? script.place(command.pos)
        : undefined;
      return;
    }
    const before = this.state.arguments;
    const given = command.args.flatMap((word): readonly (string | undefined)[] =>
      word.type === 'Word' ? (expandFields(this.state, word) ?? [undefined]) : [undefined],
    );
    const known = given.filter((word) => word !== undefined);
    this.state.arguments = known.length === given.length ? known : undefined;
    this.#locals.push(new Map());
    const { body } = called.node;
    if (body.type === 'BraceGroup') this.#list(called.script, body.body);
    else this.#leaveOpen(called.script, body);
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
    const words = commandWords(this.state, node);
    if (words === undefined) return;
    const environment = new Map(this.#environment);
    for (const name of this.dropped) environment.delete(name);
    for (const { name, value } of this.exports.values()) environment.set(name, value);
    const { directory } = this.state;
    this.started.push({ words, place: script.place(node.pos), inBackground, environment, directory });
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
    const path = words?.[0] === undefined ? undefined : programPath(this.state, words[0]);
    if (words === undefined || path === undefined || path.startsWith('-')) {
      this.undecidedExec = script.place(command.pos);
      this.#leaveOpen(script, command);
      return;
    }
    const known = [path, ...words.slice(1)];
    this.exec = { words: known, place: script.place(command.pos) };
    for (const argument of args) {
      const fields =
        argument.type === 'Word' ? expandFields(this.state, argument) : assignmentWord(this.state, argument);
      if (fields !== undefined) known.push(...fields);
      else {
        this.#leaveOpen(script, argument);
        if (!/^["']?--?[\w-]+=/.test(argument.text)) return;
      }
    }
  }

  /** `inItself`: an `exec` in it would end the script, and not a process of its own. */
  #leaveOpen(script: Script, { type, pos, end }: Stretch, inItself = type !== 'Subshell'): void {
    const text = script.text.slice(pos, end);
    if (inItself && EXECUTES.test(text)) this.mayExec ??= script.place(pos);
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
