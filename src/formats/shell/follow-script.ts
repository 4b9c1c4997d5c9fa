import { type Command, parse, type Word, type WordPart } from 'unbash';
import type { Place } from '../../text/place.ts';

/** What a launcher script does on its straight way from the first line to the program it becomes. */
export interface ScriptFacts {
  /** Files it reads with `.` or `source`. */
  readonly sources: readonly { readonly path: string; readonly place: Place }[];
  /** Variables it sets for the program. */
  readonly exports: readonly ScriptVariable[];
  /** The command it becomes (`exec …`). */
  readonly exec: { readonly words: readonly string[]; readonly place: Place } | undefined;
  /** What can't be decided without running it. */
  readonly undecided: readonly { readonly place: Place; readonly text: string }[];
}

export interface ScriptVariable {
  readonly name: string;
  readonly value: string;
  readonly place: Place;
}

/** Returns the text of a file that the script sources, undefined when there is none. */
type ReadSource = (path: string) => string | undefined;

const MAX_SOURCE_DEPTH = 8;
const MAX_SCRIPT_LENGTH = 1024 * 1024;

/**
 * Follows a POSIX shell script without running it: assignments, `export`, `.`/`source` and `exec` at the top
 * level, with the variables known so far. Conditions, loops and substitutions are not evaluated; they are
 * listed in `undecided`. `environment` is what the script starts with.
 */
export function followScript(
  path: string,
  text: string,
  environment: ReadonlyMap<string, string>,
  readSource: ReadSource,
): ScriptFacts {
  const walk = new Walk(environment, readSource);
  walk.file(path, text, 0);
  return {
    sources: walk.sources,
    exports: [...walk.exports.values()],
    exec: walk.exec,
    undecided: walk.undecided,
  };
}

class Walk {
  readonly variables: Map<string, string>;
  readonly exported: Set<string>;
  readonly sources: { path: string; place: Place }[] = [];
  readonly exports: Map<string, ScriptVariable> = new Map();
  readonly undecided: { place: Place; text: string }[] = [];
  exec: { words: string[]; place: Place } | undefined;
  readonly #readSource: ReadSource;

  constructor(environment: ReadonlyMap<string, string>, readSource: ReadSource) {
    this.variables = new Map(environment);
    this.exported = new Set(environment.keys());
    this.#readSource = readSource;
  }

  file(path: string, text: string, depth: number): void {
    const script = new Script(path, text.slice(0, MAX_SCRIPT_LENGTH));
    for (const statement of parse(script.text).commands) {
      if (this.exec !== undefined) return;
      const { command } = statement;
      if (command.type === 'Command') this.#command(script, command, depth);
      else if (command.type !== 'Function') this.#leaveOpen(script, command.pos, command.end);
    }
  }

  #command(script: Script, command: Command, depth: number): void {
    const place = script.place(command.pos);
    const name = command.name === undefined ? undefined : this.#word(command.name);
    if (name === undefined) {
      if (command.name !== undefined) return this.#leaveOpen(script, command.pos, command.end);
      for (const prefix of command.prefix)
        if (prefix.type === 'Assignment') this.#assign(script, prefix, false);
      return;
    }
    const args = command.args;
    if (name === 'export') {
      for (const argument of args) {
        if (argument.type === 'Assignment') this.#assign(script, argument, true);
        else this.#export(argument.value, place);
      }
    } else if (name === '.' || name === 'source') {
      const target = args[0]?.type === 'Word' ? this.#word(args[0]) : undefined;
      const text = target === undefined || depth >= MAX_SOURCE_DEPTH ? undefined : this.#readSource(target);
      if (target !== undefined) this.sources.push({ path: target, place });
      if (target === undefined || text === undefined) this.#leaveOpen(script, command.pos, command.end);
      else this.file(target, text, depth + 1);
    } else if (name === 'exec' && args.length > 0) {
      const words = args.map((argument) => (argument.type === 'Word' ? this.#word(argument) : undefined));
      const known = words.filter((word): word is string => word !== undefined);
      if (words[0] === undefined) this.#leaveOpen(script, command.pos, command.end);
      else this.exec = { words: known, place };
    } else if (!HARMLESS.has(name)) this.#leaveOpen(script, command.pos, command.end);
  }

  #assign(
    script: Script,
    assignment: { name: string; value: unknown; pos: number; end: number },
    exported: boolean,
  ): void {
    const value = isWord(assignment.value) ? this.#word(assignment.value) : undefined;
    if (value === undefined) return this.#leaveOpen(script, assignment.pos, assignment.end);
    this.variables.set(assignment.name, value);
    if (exported || this.exported.has(assignment.name))
      this.#export(assignment.name, script.place(assignment.pos));
  }

  #export(name: string, place: Place): void {
    this.exported.add(name);
    const value = this.variables.get(name);
    if (value !== undefined) this.exports.set(name, { name, value, place });
  }

  #leaveOpen(script: Script, from: number, to: number): void {
    const [firstLine = ''] = script.text.slice(from, to).split('\n');
    this.undecided.push({ place: script.place(from), text: firstLine.slice(0, 120) });
  }

  /** The word with known variables put in; undefined where it depends on running something. `"$@"` is empty. */
  #word(word: Word): string | undefined {
    if (word.parts === undefined) return word.value;
    return this.#parts(word.parts);
  }

  #parts(parts: readonly WordPart[]): string | undefined {
    let text = '';
    for (const part of parts) {
      const piece = this.#part(part);
      if (piece === undefined) return undefined;
      text += piece;
    }
    return text;
  }

  #part(part: WordPart): string | undefined {
    switch (part.type) {
      case 'Literal':
      case 'SingleQuoted':
      case 'AnsiCQuoted':
        return part.value;
      case 'DoubleQuoted':
        return this.#parts(part.parts);
      case 'SimpleExpansion':
        return this.#variable(part.text.slice(1));
      case 'ParameterExpansion': {
        const operation = part.operation;
        if (operation === undefined) return this.#variable(part.parameter);
        if (operation.type !== 'Default' || !operation.operator.endsWith('-')) return undefined;
        return this.variables.get(part.parameter) ?? this.#word(operation.operand);
      }
      default:
        return undefined;
    }
  }

  #variable(name: string): string | undefined {
    if (name === '@' || name === '*') return '';
    return this.variables.get(name) ?? (/^[A-Za-z_]/.test(name) ? '' : undefined);
  }
}

/** Commands that change neither the environment nor what is started. */
const HARMLESS = new Set([
  ':',
  'true',
  'umask',
  'ulimit',
  'set',
  'echo',
  'printf',
  'trap',
  'readonly',
  'unset',
]);

class Script {
  readonly text: string;
  readonly #path: string;

  constructor(path: string, text: string) {
    this.#path = path;
    this.text = text;
  }

  place(offset: number): Place {
    const before = this.text.slice(0, offset).split('\n');
    return { file: this.#path, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  }
}

function isWord(value: unknown): value is Word {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Word';
}
