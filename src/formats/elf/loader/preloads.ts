import type { LoaderSettings } from './search-libraries.ts';

/**
 * The names that are loaded before what a program needs: LD_PRELOAD, split at blanks and colons, then
 * /etc/ld.so.preload, split at white space too, where `#` begins a comment (glibc elf/rtld.c). A program with
 * privileges takes no name with a slash from LD_PRELOAD.
 */
export function preloads({ preload = '', preloadFile = '', secure = false }: LoaderSettings): string[] {
  const fromVariable = preload
    .split(/[ :]+/)
    .filter((name) => name !== '' && !(secure && (name.includes('/') || name.length > LONGEST_NAME)));
  const fromFile = preloadFile.replace(/#.*/g, '').split(/[ \t\n:]+/);
  return [...fromVariable, ...fromFile.filter((name) => name !== '')];
}

/** NAME_MAX: `dso_name_valid_for_suid`. */
const LONGEST_NAME = 255;
