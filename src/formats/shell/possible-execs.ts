import type { CaseItem, Command, CompoundList, Function, If, Statement } from 'unbash';
import type { FunctionBody, Script } from './script-stretch.ts';

/** A part of a script as it is parsed. */
export type Part = Statement['command'] | Function['body'];

export interface PossibleExecs {
  /** In their order. `called`: in a function, whose arguments are its own. */
  readonly commands: readonly {
    readonly script: Script;
    readonly command: Command;
    readonly called: boolean;
  }[];
  readonly functions: ReadonlySet<FunctionBody>;
  /** Whatever is decided, what stands behind the part is not reached. */
  readonly ends: boolean;
}

/**
 * Where a part of which it is not decided what of it runs may become a program: its `exec`s, and those of functions that
 * it calls, but not those in a process of their own (a subshell, a pipeline, the background).
 */
export function possibleExecs(
  script: Script,
  part: Part,
  functions: ReadonlyMap<string, FunctionBody>,
): PossibleExecs {
  const search = new Search(functions);
  const ends = search.part(script, part, false);
  return { commands: search.commands, functions: search.called, ends };
}

class Search {
  readonly commands: PossibleExecs['commands'][number][] = [];
  readonly called = new Set<FunctionBody>();
  readonly #functions: ReadonlyMap<string, FunctionBody>;

  constructor(functions: ReadonlyMap<string, FunctionBody>) {
    this.#functions = functions;
  }

  /** True when the shell surely ends there. */
  part(script: Script, part: Part, called: boolean): boolean {
    const list = (one: CompoundList): boolean => this.#list(script, one, called);
    switch (part.type) {
      case 'Command':
        return this.#command(script, part, called);
      case 'If':
        return this.#if(part, list);
      case 'Case':
        return part.items.map(({ body }) => list(body)).every(Boolean) && part.items.some(takesAll);
      case 'AndOr':
        return part.commands.map((one) => this.part(script, one, called))[0] === true;
      case 'BraceGroup':
        return list(part.body);
      case 'CompoundList':
        return list(part);
      case 'Redirected':
        return this.part(script, part.command, called);
      case 'Pipeline': {
        const [only, ...others] = part.commands;
        return only !== undefined && others.length === 0 && this.part(script, only, called);
      }
      case 'While':
        list(part.clause);
        list(part.body);
        return false;
      case 'For':
      case 'Select':
      case 'ArithmeticFor':
        list(part.body);
        return false;
      default:
        return false;
    }
  }

  #list(script: Script, { commands }: CompoundList, called: boolean): boolean {
    return commands.some(
      ({ command, background }) => background !== true && this.part(script, command, called),
    );
  }

  #if(node: If, list: (one: CompoundList) => boolean): boolean {
    const ends = [node, ...node.elif].map(({ clause, then }) => {
      list(clause);
      return list(then);
    });
    return (node.else === undefined ? false : list(node.else)) && ends.every(Boolean);
  }

  #command(script: Script, command: Command, called: boolean): boolean {
    const name = command.name?.value ?? '';
    const body = this.#functions.get(name);
    if (body !== undefined) {
      if (this.called.has(body)) return false;
      this.called.add(body);
      return this.part(body.script, body.node.body, true);
    }
    if (name === 'exit') return true;
    if (name !== 'exec' || command.args.length === 0) return false;
    this.commands.push({ script, command, called });
    return true;
  }
}

function takesAll({ pattern }: CaseItem): boolean {
  return pattern.some(({ text }) => text === '*');
}
