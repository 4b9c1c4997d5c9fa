import { posix } from 'node:path';
import { type LoadedObject, originOf } from './loaded-object.ts';
import type { LoaderSettings } from './search-libraries.ts';

/**
 * Puts in what `$ORIGIN`, `$LIB` and `$PLATFORM` stand for; undefined when the loader drops the path for it. glibc
 * elf/dl-load.c, `_dl_dst_substitute`: a program with privileges may use `$ORIGIN` at the very beginning alone,
 * and only where it leads into a default directory.
 */
export function expandTokens(
  path: string,
  object: LoadedObject,
  settings: LoaderSettings,
): string | undefined {
  if (!path.includes('$')) return path;
  const secure = settings.secure === true;
  let dropped = false;
  let usesOrigin = false;
  const expanded = path.replace(TOKEN, (token, braced?: Token, plain?: Token, at: number = 0) => {
    const name = braced ?? plain;
    const next = path[at + token.length];
    if (name === 'ORIGIN') {
      usesOrigin = true;
      if (secure && (at > 0 || (next !== undefined && next !== '/'))) dropped = true;
    }
    const value = name === undefined ? token : valueOf(name, object, settings);
    if (value === undefined) dropped = true;
    return value ?? '';
  });
  if (dropped) return undefined;
  const mustBeTrusted = secure && usesOrigin && object.rule.kind === 'program';
  return mustBeTrusted && !isTrusted(expanded, settings.platform.directories) ? undefined : expanded;
}

type Token = 'ORIGIN' | 'LIB' | 'PLATFORM';

/** elf/dl-load.c, `is_dst`: the longest name counts, so `$ORIGINAL` is none. */
const TOKEN = /\$(?:\{(ORIGIN|LIB|PLATFORM)\}|(ORIGIN|LIB|PLATFORM)(?![A-Za-z0-9_]))/g;

function valueOf(name: Token, object: LoadedObject, { platform, processor }: LoaderSettings) {
  if (name === 'ORIGIN') return originOf(object);
  return name === 'LIB' ? platform.lib : (processor?.platform ?? platform.platform);
}

/** `is_trusted_path_normalize` of glibc: `.`, `..` and doubled slashes resolved as text. */
function isTrusted(path: string, directories: readonly string[]): boolean {
  const normal = posix.normalize(`/${path}/`);
  return directories.some((directory) => normal.startsWith(`${directory}/`));
}
