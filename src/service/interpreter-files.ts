/** The files that an interpreter's arguments name: its script or archive first, then where it looks for code. */
export function interpreterFiles(program: string, args: readonly string[]): readonly string[] {
  const name = program.slice(program.lastIndexOf('/') + 1);
  if (name === 'java') return javaFiles(args);
  const family = FAMILIES.find(({ pattern }) => pattern.test(name));
  if (family === undefined) return [];
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (family.ends.has(word) || endsCluster(family, word)) return [];
    if (family.valued.has(word)) at += 1;
    else if (!word.startsWith('-')) return [word];
  }
  return [];
}

/** `-um`: letters in one word, the last of which ends the options. */
function endsCluster({ valued, ends }: Family, word: string): boolean {
  const [first, last] = [word.slice(0, 2), `-${word.at(-1)}`];
  return /^-[A-Za-z]{2,}$/.test(word) && !valued.has(first) && ends.has(last);
}

interface Family {
  readonly pattern: RegExp;
  /** Options that take the next word. */
  readonly valued: ReadonlySet<string>;
  /** Options after which comes no script: code, or the name of a module. */
  readonly ends: ReadonlySet<string>;
}

const set = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** From the manual pages of python3.11, perl 5.36, ruby 3.1, node 18 and php 8.2. */
const FAMILIES: readonly Family[] = [
  { pattern: /^pypy3?$|^python[\d.]*$/, valued: set('-W -X --check-hash-based-pycs'), ends: set('-c -m -') },
  { pattern: /^perl[\d.]*$/, valued: set('-I -M -m'), ends: set('-e -E -') },
  { pattern: /^ruby[\d.]*$/, valued: set('-I -r -C -E'), ends: set('-e -') },
  {
    pattern: /^node(?:js)?$/,
    valued: set('-r --require --import --loader'),
    ends: set('-e --eval -p --print -'),
  },
  { pattern: /^php[\d.]*$/, valued: set('-c -d'), ends: set('-r -S -') },
];

/** The archive behind `-jar`, or the class path, and agents. Source: java(1). */
function javaFiles(args: readonly string[]): readonly string[] {
  const files: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    const agent = /^-(?:javaagent|agentpath):([^=]+)/.exec(word)?.[1];
    if (agent !== undefined) files.push(agent);
    else if (word === '-jar') return [...(args[at + 1] === undefined ? [] : [args[at + 1] ?? '']), ...files];
    else if (/^(?:-cp|-classpath|--class-path|-p|--module-path)$/.test(word))
      files.push(...(args[(at += 1)] ?? '').split(':').filter((path) => path !== ''));
    else if (!word.startsWith('-')) return files;
  }
  return files;
}
