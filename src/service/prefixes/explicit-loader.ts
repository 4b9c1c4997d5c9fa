import type { CommandPrefix } from './prefix.ts';
import { optionWords } from './option-words.ts';

/** `ld-linux-x86-64.so.2 --library-path DIRS PROGRAM`: glibc's loader, started as a program. Source: ld.so(8) of glibc 2.36. */
export function explicitLoader(name: string, args: readonly string[]): CommandPrefix | undefined {
  if (!/^ld(?:-linux[\w-]*|64|-\d[\d.]*)?\.so(?:\.\d+)?$/.test(name)) return undefined;
  const { options, rest } = optionWords(args, VALUED);
  if (rest.length === 0 || options.some(({ option }) => ONLY_TELLS.has(option))) return undefined;
  const last = (asked: string) => options.findLast(({ option }) => option === asked)?.value;
  const others = [...new Set(options.map(({ option }) => option))].filter((option) =>
    NOT_FOLLOWED.has(option),
  );
  return {
    name,
    words: rest,
    environment: [],
    loader: { libraryPath: last('--library-path'), preload: last('--preload') },
    notFollowed: others.map((option) => `${name}: what ${option} changes in the search for libraries`),
  };
}

const VALUED = [
  '--library-path',
  '--inhibit-rpath',
  '--audit',
  '--preload',
  '--argv0',
  '--glibc-hwcaps-prepend',
  '--glibc-hwcaps-mask',
];
const ONLY_TELLS = new Set([
  '--list',
  '--verify',
  '--list-tunables',
  '--list-diagnostics',
  '--help',
  '--version',
]);
const NOT_FOLLOWED = new Set([
  '--inhibit-cache',
  '--inhibit-rpath',
  '--audit',
  '--glibc-hwcaps-prepend',
  '--glibc-hwcaps-mask',
]);
