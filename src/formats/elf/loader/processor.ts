/** What the loader knows of the processor: it decides which subdirectories are searched for better builds. */
export interface LoaderProcessor {
  /** Names under `glibc-hwcaps/`, best first. */
  readonly hwcaps: readonly string[];
  /**
   * Bits of AT_HWCAP that glibc finds important, lowest first, such as `x86_64`: loaders before glibc 2.37 search for
   * them and for the platform besides; undefined for newer ones.
   */
  readonly legacyCapabilities: readonly string[] | undefined;
  /** What `$PLATFORM` stands for; undefined when it is not known. */
  readonly platform: string | undefined;
}

/** The plainest processor: nothing but the directories themselves is searched. */
export const PLAIN_PROCESSOR: LoaderProcessor = {
  hwcaps: [],
  legacyCapabilities: undefined,
  platform: undefined,
};

/**
 * The subdirectories of every searched directory, in order, itself (the empty text) last. glibc 2.36,
 * elf/dl-hwcaps.c, `_dl_important_hwcaps`: first glibc-hwcaps, then every combination of the older names.
 */
export function searchedSubdirectories(processor: LoaderProcessor): readonly string[] {
  const subdirectories = known.get(processor) ?? [
    ...processor.hwcaps.map((name) => `glibc-hwcaps/${name}/`),
    ...legacyCombinations(processor),
  ];
  known.set(processor, subdirectories);
  return subdirectories;
}

const known = new WeakMap<LoaderProcessor, readonly string[]>();

function legacyCombinations({ legacyCapabilities, platform }: LoaderProcessor): string[] {
  if (legacyCapabilities === undefined) return [''];
  const names = [...legacyCapabilities, ...(platform === undefined ? [] : [platform]), 'tls'];
  const combinations = Array.from({ length: 2 ** names.length }, (_, chosen) =>
    names
      .filter((_name, bit) => (chosen & (1 << bit)) !== 0)
      .reverse()
      .map((name) => `${name}/`)
      .join(''),
  );
  return combinations.reverse();
}

/**
 * The processor that /proc/cpuinfo describes, as glibc's sysdeps/x86 classes it; for another architecture than
 * x86-64 the plainest. For a loader before glibc 2.37: `withoutLegacy` makes it that of a newer one.
 */
export function processorOfCpuinfo(cpuinfo: string): LoaderProcessor {
  const flags = new Set(/^flags\s*:(.*)$/m.exec(cpuinfo)?.[1]?.trim().split(/\s+/) ?? []);
  if (!flags.has('lm')) return PLAIN_PROCESSOR;
  const has = (names: readonly string[]): boolean => names.every((name) => flags.has(name));
  const levels = Object.entries(LEVELS);
  const reached = levels.findIndex(([, names]) => !has(names));
  const isIntel = /^vendor_id\s*:\s*GenuineIntel$/m.test(cpuinfo);
  const platform = (isIntel ? intelPlatform(has) : undefined) ?? 'x86_64';
  const isAvx512 = isIntel && has(AVX512) && !flags.has('avx512er');
  return {
    hwcaps: levels
      .slice(0, reached === -1 ? levels.length : reached)
      .map(([name]) => name)
      .reverse(),
    legacyCapabilities: ['x86_64', ...(isAvx512 ? ['avx512_1'] : [])],
    platform,
  };
}

export function withoutLegacy(processor: LoaderProcessor): LoaderProcessor {
  return { ...processor, legacyCapabilities: undefined };
}

/**
 * System V ABI of AMD64, `Micro-Architecture Levels`, under the names of /proc/cpuinfo. LZCNT (`abm`), part of v3, is
 * not asked for: some kernels leave it out of the list, and every processor with BMI2 has it.
 */
const LEVELS: Record<string, readonly string[]> = {
  'x86-64-v2': ['cx16', 'lahf_lm', 'popcnt', 'pni', 'sse4_1', 'sse4_2', 'ssse3'],
  'x86-64-v3': ['avx', 'avx2', 'bmi1', 'bmi2', 'f16c', 'fma', 'movbe'],
  'x86-64-v4': ['avx512f', 'avx512bw', 'avx512cd', 'avx512dq', 'avx512vl'],
};

const AVX512 = ['avx512cd', 'avx512bw', 'avx512dq', 'avx512vl'];

/** glibc, sysdeps/x86/cpu-features.c: the names that stand in for AT_PLATFORM on processors of Intel. */
function intelPlatform(has: (names: readonly string[]) => boolean): string | undefined {
  if (has(['avx512cd', 'avx512er', 'avx512pf'])) return 'xeon_phi';
  return has(['avx2', 'fma', 'bmi1', 'bmi2', 'movbe', 'popcnt']) ? 'haswell' : undefined;
}
