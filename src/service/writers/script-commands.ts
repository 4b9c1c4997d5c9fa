import {
  type Assignment,
  type Command,
  type CommandNode,
  type CompoundList,
  parse,
  type PipelineNode,
  type Redirection,
  type Statement,
  type Word,
} from 'unbash';
import { expandFields, expandWord } from '../../formats/shell/expand-word.ts';
import type { ShellState } from '../../formats/shell/shell-state.ts';

/** A command that a script may run. What only running tells is undefined. */
export interface ScriptCommand {
  readonly words: readonly (string | undefined)[];
  /** Its `>` and `>>`. */
  readonly outputs: readonly { readonly operator: string; readonly path: string }[];
  /** Where it runs; undefined where only running tells. */
  readonly directory: string | undefined;
  /** In the text of the script. */
  readonly offset: number;
}

const MAX_COMMANDS = 5000;
const MAX_CALLS = 8;
const WRITING = new Set(['>', '>>', '>|', '&>', '&>>', '<>', '>&']);

/**
 * All commands of a shell script, in the order of its text and whatever their conditions, with the variables that
 * are known where they stand. A function is walked where it is called, with the arguments of the call.
 */
export function scriptCommands(text: string, state: ShellState): ScriptCommand[] {
  const walk = new Walk(state);
  walk.statements(parse(text).commands);
  walk.functionsNotCalled();
  return walk.found;
}

class Walk {
  readonly found: ScriptCommand[] = [];
  readonly #state: ShellState;
  readonly #functions = new Map<string, { readonly body: Body; called: boolean }>();
  #calls = 0;

  constructor(state: ShellState) {
    this.#state = state;
  }

  statements(statements: readonly Statement[]): void {
    for (const { command } of statements) {
      if (command.type === 'AndOr') for (const one of command.commands) this.#pipeline(one);
      else this.#pipeline(command);
    }
  }

  functionsNotCalled(): void {
    for (const one of this.#functions.values()) if (!one.called) this.#call(one, undefined);
  }

  #pipeline(node: PipelineNode): void {
    if (node.type === 'Pipeline') for (const one of node.commands) this.#command(one);
    else this.#command(node);
  }

  #command(node: CommandNode | CompoundList): void {
    if (this.found.length >= MAX_COMMANDS) return;
    switch (node.type) {
      case 'Command':
        this.#simple(node);
        break;
      case 'Redirected':
        this.#found([], node.redirects, node.pos);
        this.#command(node.command);
        break;
      case 'CompoundList':
        this.statements(node.commands);
        break;
      case 'If':
        for (const list of [node.clause, node.then, ...node.elif.flatMap((one) => [one.clause, one.then])])
          this.statements(list.commands);
        this.statements(node.else?.commands ?? []);
        break;
      case 'While':
        this.statements(node.clause.commands);
        this.statements(node.body.commands);
        break;
      case 'For':
      case 'Select':
        this.#state.set(node.name.value, undefined);
        this.statements(node.body.commands);
        break;
      case 'ArithmeticFor':
      case 'Subshell':
      case 'BraceGroup':
        this.statements(node.body.commands);
        break;
      case 'Case':
        for (const item of node.items) this.statements(item.body.commands);
        break;
      case 'Function':
        this.#functions.set(node.name.value, { body: node.body, called: false });
        break;
      case 'Coproc':
        this.#command(node.body);
        break;
      case 'TestCommand':
      case 'ArithmeticCommand':
        break;
    }
  }

  #simple(command: Command): void {
    const assignments = command.prefix.filter((prefix) => prefix.type === 'Assignment');
    if (command.name === undefined) for (const assignment of assignments) this.#assign(assignment);
    const words = [...(command.name === undefined ? [] : [command.name]), ...command.args].flatMap(
      (word): readonly (string | undefined)[] =>
        word.type === 'Word'
          ? (expandFields(this.#state, word) ?? [undefined])
          : [this.#assignmentWord(word)],
    );
    this.#found(words, command.redirects, command.pos);
    const [name, ...args] = words;
    if (name === 'export' || name === 'readonly' || name === 'local' || name === 'declare') {
      for (const word of command.args) if (word.type === 'Assignment') this.#assign(word);
    }
    if (name === 'cd') this.#state.directory = args.length === 1 ? this.#absolute(args[0]) : undefined;
    const called = name === undefined ? undefined : this.#functions.get(name);
    if (called !== undefined) this.#call(called, args.includes(undefined) ? undefined : known(args));
  }

  #call(one: { readonly body: Body; called: boolean }, args: readonly string[] | undefined): void {
    one.called = true;
    if (this.#calls >= MAX_CALLS) return;
    this.#calls += 1;
    const before = this.#state.arguments;
    this.#state.arguments = args;
    this.#command(one.body);
    this.#state.arguments = before;
    this.#calls -= 1;
  }

  #assign({ name, value, append, index }: Assignment): void {
    const isPlain = append !== true && index === undefined && value.type === 'Word';
    this.#state.set(name, isPlain ? expandWord(this.#state, value) : undefined);
  }

  #assignmentWord({ name, value }: Assignment): string | undefined {
    const expanded = value.type === 'Word' ? expandWord(this.#state, value) : undefined;
    return expanded === undefined ? undefined : `${name}=${expanded}`;
  }

  #found(words: readonly (string | undefined)[], redirects: readonly Redirection[], offset: number): void {
    const outputs = redirects.flatMap((redirect) => {
      if (redirect.type !== 'Redirect' || !WRITING.has(redirect.operator)) return [];
      const path = this.#target(redirect.target);
      return path === undefined ? [] : [{ operator: redirect.operator, path }];
    });
    if (words.length > 0 || outputs.length > 0)
      this.found.push({ words, outputs, directory: this.#state.directory, offset });
  }

  #target(word: Word | undefined): string | undefined {
    const path = word === undefined ? undefined : expandWord(this.#state, word);
    return this.#absolute(path);
  }

  #absolute(path: string | undefined): string | undefined {
    return path === undefined ? undefined : this.#state.absolute(path);
  }
}

type Body = CommandNode | CompoundList;

function known(words: readonly (string | undefined)[]): string[] {
  return words.filter((word) => word !== undefined);
}
