import { showSearchRule } from '../../formats/elf/loader/loaded-object.ts';
import type { Tried } from '../../formats/elf/loader/resolve-closure.ts';

/** The paths that the loader tried; of directories below others that hold builds for certain processors only how many. */
export function triedPaths(tried: readonly Tried[]): string[] {
  const below = new Map<string, number>();
  const paths = tried.map(({ path }) => path);
  const main = tried.filter(({ path, reason }) => {
    const over = path.replace(FOR_PROCESSORS, '/');
    if (over === path || reason !== undefined || !paths.includes(over)) return true;
    below.set(over, (below.get(over) ?? 0) + 1);
    return false;
  });
  const once = new Map(main.map((one) => [`${one.path} ${one.reason ?? ''}`, one]));
  return [...once.values()].map(({ path, rule, reason }) => {
    const count = below.get(path);
    const more =
      count === undefined
        ? ''
        : `, and ${count} director${count === 1 ? 'y' : 'ies'} below for certain processors`;
    return `${path} (${showSearchRule(rule)}${reason === undefined ? '' : `: ${reason}`}${more})`;
  });
}

/** `/glibc-hwcaps/x86-64-v3/`, `/tls/x86_64/`, as the loaders of glibc look for them. */
const FOR_PROCESSORS =
  /\/(?:(?:glibc-hwcaps\/[\w-]+|tls|x86_64|haswell|avx512_1|xeon_phi|sse2|i[3-6]86|power\d+|z1\d|aarch64|atomics)\/)+(?=[^/]+$)/;
