import type { ByteSource } from './byte-source.ts';
import { MalformedError } from './malformed.ts';
import { type ByteOrder, StructView } from './struct-view.ts';

export interface ElfHeader {
  readonly bits: 32 | 64;
  readonly byteOrder: ByteOrder;
  readonly type: 'relocatable' | 'executable' | 'shared' | 'core' | 'other';
  /** A name of `MACHINES`, else `machine 1234`. */
  readonly machine: string;
  readonly entry: number;
  /** Why glibc refuses it for what its first bytes say of versions and ABIs; undefined when it does not. */
  readonly identFault: string | undefined;
  readonly programHeaders: { readonly offset: number; readonly count: number };
}

/** The header of elf(5); undefined when the file does not begin with ELF's magic number. */
export function readElfHeader(source: ByteSource): ElfHeader | undefined {
  const bytes = source.read(0, 64);
  if (bytes.length < 4 || bytes[0] !== 0x7f || bytes[1] !== 0x45 || bytes[2] !== 0x4c || bytes[3] !== 0x46) {
    return undefined;
  }
  const bits = bytes[4] === 1 ? 32 : 64;
  if (bytes.length < (bits === 32 ? 52 : 64)) {
    throw new MalformedError('the file ends inside its ELF header', bytes.length);
  }
  if (bytes[4] !== 1 && bytes[4] !== 2) throw new MalformedError(`unknown ELF class ${bytes[4]}`, 4);
  if (bytes[5] !== 1 && bytes[5] !== 2) throw new MalformedError(`unknown byte order ${bytes[5]}`, 5);
  const byteOrder: ByteOrder = bytes[5] === 1 ? 'little' : 'big';
  const view = new StructView(bytes, byteOrder);
  const [offsetAt, sizeAt] = bits === 64 ? [32, 54] : [28, 42];
  const count = view.u16(sizeAt + 2);
  const entrySize = view.u16(sizeAt);
  if (count > 0 && entrySize !== (bits === 64 ? 56 : 32)) {
    throw new MalformedError(`program headers of ${entrySize} bytes`, sizeAt);
  }
  if (count === 0xffff) throw new MalformedError('more program headers than a loader accepts', sizeAt + 2);
  const machine = view.u16(18);
  return {
    bits,
    byteOrder,
    type: TYPES[view.u16(16)] ?? 'other',
    machine: MACHINES[machine] ?? `machine ${machine}`,
    entry: view.word(24, bits),
    identFault: identFault(view, machine),
    programHeaders: { offset: view.word(offsetAt, bits), count },
  };
}

/** In the order in which glibc looks (elf/dl-load.c, `open_verify`). */
function identFault(view: StructView, machine: number): string | undefined {
  if (view.u8(6) !== 1) return 'ELF file version ident does not match current one';
  const osAbi = view.u8(7);
  const isKnown = osAbi === 0 || osAbi === GNU || OWN_ABIS[machine]?.includes(osAbi) === true;
  if (!isKnown) return 'ELF file OS ABI invalid';
  if (osAbi === 0 && view.u8(8) !== 0 && machine !== MIPS) return 'ELF file ABI version invalid';
  for (let at = 9; at < 16; at += 1) if (view.u8(at) !== 0) return 'nonzero padding in e_ident';
  return view.u32(20) === 1 ? undefined : 'ELF file version does not match current one';
}

const GNU = 3;
const MIPS = 8;
/** ELFOSABI_ARM_AEABI and ELFOSABI_ARM. */
const OWN_ABIS: Record<number, readonly number[]> = { 40: [64, 97] };

const TYPES: Record<number, ElfHeader['type']> = {
  1: 'relocatable',
  2: 'executable',
  3: 'shared',
  4: 'core',
};

/** e_machine of the generic ABI's registry, those that a Linux distribution is built for. */
const MACHINES: Record<number, string> = {
  2: 'sparc',
  3: 'i386',
  4: 'm68k',
  8: 'mips',
  15: 'parisc',
  20: 'ppc',
  21: 'ppc64',
  22: 's390',
  40: 'arm',
  42: 'sh',
  43: 'sparc64',
  50: 'ia64',
  62: 'x86-64',
  183: 'aarch64',
  243: 'riscv',
  258: 'loongarch',
  0x9026: 'alpha',
};
