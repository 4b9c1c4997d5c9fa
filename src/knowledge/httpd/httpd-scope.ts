/** What is defined and loaded at one point of httpd's configuration. */
export class HttpdScope {
  readonly #environment: ReadonlyMap<string, string>;
  readonly #defined: Map<string, string>;
  readonly #modules: Set<string>;
  readonly #release: string | undefined;

  constructor(
    environment: ReadonlyMap<string, string>,
    defined: readonly string[],
    modules: ReadonlySet<string>,
    release: string | undefined,
  ) {
    this.#environment = environment;
    this.#defined = new Map(defined.map((name) => [name, '']));
    this.#modules = new Set(modules);
    this.#release = release;
  }

  /** `${NAME}`, by Define first, then by the environment; what is neither stays as it is. */
  expand(text: string): string {
    return text.replace(
      /\$\{([^}]+)\}/g,
      (whole, name: string) => this.#defined.get(name) ?? this.#environment.get(name) ?? whole,
    );
  }

  define(name: string, value = ''): void {
    this.#defined.set(name, value);
  }

  undefine(name: string): void {
    this.#defined.delete(name);
  }

  /** A module that `<IfModule>` finds from here on, by its structure or its source. */
  load(...names: readonly string[]): void {
    for (const name of names) this.#modules.add(name);
  }

  /** Whether a section that is read or skipped as a whole holds; undefined for one of another kind, or not decided. */
  holds(section: string, words: readonly string[], isFile: (path: string) => boolean): boolean | undefined {
    const [first = ''] = words;
    const isNegated = first.startsWith('!');
    const name = isNegated ? first.slice(1) : first;
    if (section === 'ifmodule') return this.#modules.has(name) !== isNegated;
    if (section === 'ifdefine') return this.#defined.has(name) !== isNegated;
    if (section === 'iffile') return isFile(name) !== isNegated;
    return section === 'ifversion' ? this.#isVersion(words) : undefined;
  }

  /** Source: mod_version. Patterns (`~`) are not decided. */
  #isVersion(words: readonly string[]): boolean | undefined {
    const [first = '', second] = words;
    const [sign, wanted] = second === undefined ? ['=', first] : [first, second];
    const operator = sign.replace(/^!/, '');
    if (this.#release === undefined || !/^\d+(?:\.\d+){0,2}$/.test(wanted)) return undefined;
    const order = compare(this.#release, wanted);
    const result = COMPARED[operator]?.(order);
    return result === undefined ? undefined : result !== sign.startsWith('!');
  }
}

const COMPARED: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '==': (order) => order === 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
};

function compare(one: string, other: string): number {
  const [ours, theirs] = [one.split('.').map(Number), other.split('.').map(Number)];
  for (const [index, number] of ours.entries()) {
    const difference = number - (theirs[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
