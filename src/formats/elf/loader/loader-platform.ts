import type { Elf } from '../parse-elf.ts';

/** What is compiled into a distribution's dynamic loader. */
export interface LoaderPlatform {
  /** Searched last, in this order. */
  readonly directories: readonly string[];
  /** What `$LIB` stands for. */
  readonly lib: string;
  /** What `$PLATFORM` stands for (AT_PLATFORM); undefined when the kernel's answer is not known. */
  readonly platform: string | undefined;
}

/**
 * The loader of Debian and its descendants (`multiarch`), or glibc's own layout as in Fedora, SUSE, Arch
 * (`lib64`). `/usr/lib/<tuple>` exists on the first kind only.
 */
export function loaderPlatform(elf: Elf, layout: 'multiarch' | 'lib64'): LoaderPlatform {
  const platform = PLATFORMS[elf.machine];
  const tuple = layout === 'multiarch' ? multiarchTuple(elf) : undefined;
  if (tuple !== undefined) {
    return {
      directories: [`/lib/${tuple}`, `/usr/lib/${tuple}`, '/lib', '/usr/lib'],
      lib: `lib/${tuple}`,
      platform,
    };
  }
  const lib = elf.bits === 64 && elf.machine !== 'alpha' && elf.machine !== 'ia64' ? 'lib64' : 'lib';
  return { directories: [`/${lib}`, `/usr/${lib}`], lib, platform };
}

/** Debian's name of the architecture (wiki.debian.org/Multiarch/Tuples); undefined for one it has no port of. */
export function multiarchTuple(elf: Elf): string | undefined {
  switch (elf.machine) {
    case 'x86-64':
      return elf.bits === 64 ? 'x86_64-linux-gnu' : 'x86_64-linux-gnux32';
    case 'i386':
      return 'i386-linux-gnu';
    case 'aarch64':
      return 'aarch64-linux-gnu';
    case 'arm':
      return elf.interpreter?.endsWith('/ld-linux.so.3') ? 'arm-linux-gnueabi' : 'arm-linux-gnueabihf';
    case 'ppc64':
      return elf.byteOrder === 'little' ? 'powerpc64le-linux-gnu' : 'powerpc64-linux-gnu';
    case 's390':
      return elf.bits === 64 ? 's390x-linux-gnu' : 's390-linux-gnu';
    case 'riscv':
      return elf.bits === 64 ? 'riscv64-linux-gnu' : undefined;
    case 'loongarch':
      return elf.bits === 64 ? 'loongarch64-linux-gnu' : undefined;
    default:
      return undefined;
  }
}

const PLATFORMS: Record<string, string> = { 'x86-64': 'x86_64', i386: 'i686', aarch64: 'aarch64' };

/** The loader that the ABI of a machine names, for a library that names none; undefined where it is not known. */
export function usualInterpreter(elf: Elf): string | undefined {
  if (elf.machine === 'arm') {
    return multiarchTuple(elf) === 'arm-linux-gnueabi' ? '/lib/ld-linux.so.3' : '/lib/ld-linux-armhf.so.3';
  }
  if (elf.machine === 'ppc64') return elf.byteOrder === 'little' ? '/lib64/ld64.so.2' : '/lib64/ld64.so.1';
  return INTERPRETERS[`${elf.machine}/${elf.bits}`];
}

/** glibc's manual of ports, `shlib-versions`. */
const INTERPRETERS: Record<string, string> = {
  'x86-64/64': '/lib64/ld-linux-x86-64.so.2',
  'x86-64/32': '/libx32/ld-linux-x32.so.2',
  'i386/32': '/lib/ld-linux.so.2',
  'aarch64/64': '/lib/ld-linux-aarch64.so.1',
  'ppc/32': '/lib/ld.so.1',
  's390/64': '/lib/ld64.so.1',
  's390/32': '/lib/ld.so.1',
  'riscv/64': '/lib/ld-linux-riscv64-lp64d.so.1',
  'loongarch/64': '/lib64/ld-linux-loongarch-lp64d.so.1',
};
