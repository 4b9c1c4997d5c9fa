import type { Place } from '../../../../text/place.ts';
import { type GeneratorSources, readBeside, readSource, type SourceFile } from '../generator-sources.ts';
import { type Builtin, type Preparation, readPreparation } from './preparation.ts';

const ADDED = /add_builtin\(["'](\w+)["']/g;

/**
 * How the generator of these sources goes about it, where its versions differ. Read from the sources themselves,
 * never from their version.
 */
export class Rules {
  readonly #sources: GeneratorSources;
  readonly #init: SourceFile | undefined;
  readonly #internals: SourceFile | undefined;
  #preparation: Preparation | undefined;
  #added: ReadonlySet<string> | undefined;
  #addsArguments: boolean | undefined;

  constructor(sources: GeneratorSources) {
    this.#sources = sources;
    this.#init = readSource(sources, '__init__.py');
    this.#internals = readSource(sources, 'internals.py');
  }

  /** gen/__init__.py. */
  get init(): SourceFile | undefined {
    return this.#init;
  }

  /** The class Resolver of gen/internals.py, and not DFSArgumentCalculator of gen/__init__.py before it. */
  get isResolver(): boolean {
    return this.#internals !== undefined;
  }

  /** Of several validators of one argument: one is all that is allowed, the last counts, or all do. */
  get validators(): 'single' | 'last' | 'all' {
    if (this.isResolver) return 'all';
    return this.#says('Only one validation function per parameter') || this.#init === undefined
      ? 'single'
      : 'last';
  }

  /** `gen_extra/calc.py` replaces what the entry says. */
  get hasExtraEntry(): boolean {
    return this.#says('gen_extra/calc.py');
  }

  /** `generate` adds arguments after all others were resolved (from 1.8 on). */
  get addsArguments(): boolean {
    return (this.#addsArguments ??= /^ +argument\w*\[['"]/m.test(this.#init?.text ?? ''));
  }

  /** The keys that an entry may have; undefined where the sources don't say it. */
  get entryKeys(): ReadonlySet<string> | undefined {
    const found = /assert scope\.keys\(\) <= \{([^}]*'must'[^}]*)\}/.exec(this.#calculator?.text ?? '')?.[1];
    return found === undefined ? undefined : new Set(found.match(/\w+/g));
  }

  /** All arguments that the generator adds itself. */
  get builtins(): readonly Builtin[] {
    return this.#prepared.builtins;
  }

  /** One of them. Most names are none, and the function that adds them need not be read for those. */
  builtin(name: string): Builtin | undefined {
    this.#added ??= new Set(Array.from(this.#init?.text.matchAll(ADDED) ?? [], ([, added = '']) => added));
    if (!this.#added.has(name) && this.#init !== undefined) return undefined;
    return this.builtins.find((builtin) => builtin.name === name);
  }

  /** The templates, in order, by their path below `gen`. */
  get templates(): readonly string[] {
    return this.#prepared.templates;
  }

  /** Arguments that are needed beside those of the templates. */
  get neededAnyway(): readonly string[] {
    return this.#prepared.needed;
  }

  /** Where the calculator says something: for what it raises itself. */
  placeOf(text: string): Place | undefined {
    const { file, text: source } = this.#calculator ?? { file: '', text: '' };
    const offset = source.indexOf(text);
    if (offset === -1) return undefined;
    const before = source.slice(0, offset).split('\n');
    const line = before.length;
    const [indent = ''] = /^\s*/.exec(source.split('\n')[line - 1] ?? '') ?? [];
    return { file, line, column: indent.length + 1 };
  }

  get #calculator(): SourceFile | undefined {
    return this.#internals ?? this.#init;
  }

  get #prepared(): Preparation {
    return (this.#preparation ??= readPreparation(this.#init, (name) => readBeside(this.#sources, name)));
  }

  #says(text: string): boolean {
    return this.#init?.text.includes(text) ?? false;
  }
}
