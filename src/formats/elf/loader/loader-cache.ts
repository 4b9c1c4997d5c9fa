import type { Elf } from '../parse-elf.ts';
import type { LoaderProcessor } from './processor.ts';
import { type ByteOrder, StructView } from '../struct-view.ts';

/** What ldconfig(8) wrote to /etc/ld.so.cache, in its order. */
export interface LoaderCache {
  readonly kind: 'cache';
  readonly entries: readonly CacheEntry[];
}

export interface CacheEntry {
  readonly name: string;
  readonly path: string;
  /** Kind of library and ABI (glibc, sysdeps/generic/ldconfig.h). */
  readonly flags: number;
  readonly processor: ProcessorNeed;
}

/** Which processors an entry is for: a `glibc-hwcaps` subdirectory by name, or the older 64-bit mask in halves. */
export type ProcessorNeed =
  | { readonly kind: 'any' }
  | { readonly kind: 'glibc-hwcaps'; readonly name: string }
  | { readonly kind: 'mask'; readonly low: number; readonly high: number };

export interface BadCache {
  readonly kind: 'bad-cache';
  readonly reason: string;
}

const OLD_MAGIC = 'ld.so-1.7.0';
const NEW_MAGIC = 'glibc-ld.so.cache1.1';
const HEADER = 48;
const ENTRY = 24;
const EXTENSION_MAGIC = 0xeaa42174;
const HWCAPS_SECTION = 1;
const MOST_ENTRIES = 1_000_000;

/** Reads the format of glibc 2.2 and later, alone or behind the table of libc5's time (glibc, dl-cache.h). */
export function parseLoaderCache(bytes: Uint8Array): LoaderCache | BadCache {
  const start = newFormatStart(bytes);
  if (start === undefined) return { kind: 'bad-cache', reason: `no ${NEW_MAGIC} in it` };
  const cache = bytes.subarray(start);
  if (cache.length < HEADER) return { kind: 'bad-cache', reason: 'it ends inside its header' };
  const order = byteOrder(cache);
  const view = new StructView(cache, order);
  const count = view.u32(20);
  if (count > MOST_ENTRIES || HEADER + count * ENTRY > cache.length) {
    return { kind: 'bad-cache', reason: `it ends before its ${count} entries do` };
  }
  const hwcaps = hwcapsNames(cache, view);
  const entries: CacheEntry[] = [];
  for (let at = HEADER; at < HEADER + count * ENTRY; at += ENTRY) {
    const [name, path] = [textAt(cache, view.u32(at + 4)), textAt(cache, view.u32(at + 8))];
    if (name === undefined || path === undefined) {
      return { kind: 'bad-cache', reason: `entry ${(at - HEADER) / ENTRY} names text outside of it` };
    }
    entries.push({ name, path, flags: view.i32(at), processor: processorNeed(view, at, order, hwcaps) });
  }
  return { kind: 'cache', entries };
}

/**
 * The one path that the loader takes from the cache for `name`, as glibc 2.36's elf/dl-cache.c chooses: the right
 * ABI, the best of the `glibc-hwcaps` directories, else the first whose older mask asks for nothing unknown.
 */
export function lookUpInCache(
  cache: LoaderCache,
  name: string,
  elf: Pick<Elf, 'machine' | 'bits'>,
  processor: LoaderProcessor,
): string | undefined {
  const accepted = acceptedFlags(elf);
  const fitting = (byName(cache).get(name) ?? []).filter(({ flags }) => accepted.includes(flags));
  for (const hwcaps of processor.hwcaps) {
    const special = fitting.find(
      ({ processor: need }) => need.kind === 'glibc-hwcaps' && need.name === hwcaps,
    );
    if (special !== undefined) return special.path;
  }
  return fitting.find(({ processor: need }) => suits(need, processor))?.path;
}

/** Bits of the older mask: sysdeps/x86/dl-hwcap.h and elf/dl-hwcaps.h of glibc 2.36. */
function suits(need: ProcessorNeed, { legacyCapabilities, platform }: LoaderProcessor): boolean {
  if (need.kind !== 'mask') return need.kind === 'any';
  if (legacyCapabilities === undefined) return false;
  const known = legacyCapabilities.reduce((mask, name) => mask | (CAPABILITY_BITS[name] ?? 0), 0);
  const platformBits = need.high & PLATFORM_MASK;
  const ownPlatform = PLATFORM_BITS[platform ?? ''] ?? 0;
  const unknownHigh = need.high & ~(PLATFORM_MASK | TLS_BIT);
  return (
    (need.low & ~known) === 0 && unknownHigh === 0 && (platformBits === 0 || platformBits === ownPlatform)
  );
}

const CAPABILITY_BITS: Record<string, number> = { sse2: 1, x86_64: 2, avx512_1: 4 };
const TLS_BIT = 0x80000000;
const PLATFORM_MASK = 0xf0000;
const PLATFORM_BITS: Record<string, number> = {
  i586: 0x10000,
  i686: 0x20000,
  haswell: 0x40000,
  xeon_phi: 0x80000,
};

const indexes = new WeakMap<LoaderCache, ReadonlyMap<string, readonly CacheEntry[]>>();

function byName(cache: LoaderCache): ReadonlyMap<string, readonly CacheEntry[]> {
  const known = indexes.get(cache);
  if (known !== undefined) return known;
  const index = new Map<string, CacheEntry[]>();
  for (const entry of cache.entries) {
    const same = index.get(entry.name);
    if (same === undefined) index.set(entry.name, [entry]);
    else same.push(entry);
  }
  indexes.set(cache, index);
  return index;
}

function newFormatStart(bytes: Uint8Array): number | undefined {
  if (startsWith(bytes, 0, NEW_MAGIC)) return 0;
  if (!startsWith(bytes, 0, OLD_MAGIC) || bytes.length < 16) return undefined;
  for (const order of ['little', 'big'] as const) {
    const end = 16 + new StructView(bytes, order).u32(12) * 12;
    const aligned = Math.ceil(end / 8) * 8;
    if (startsWith(bytes, aligned, NEW_MAGIC)) return aligned;
  }
  return undefined;
}

/** Stated since glibc 2.33; before that, whichever makes the count of entries fit. */
function byteOrder(cache: Uint8Array): ByteOrder {
  const stated = (cache[28] ?? 0) & 3;
  if (stated === 2 || stated === 3) return stated === 2 ? 'little' : 'big';
  return new StructView(cache, 'little').u32(20) * ENTRY <= cache.length ? 'little' : 'big';
}

function hwcapsNames(cache: Uint8Array, view: StructView): readonly (string | undefined)[] {
  const at = view.u32(32);
  if (at === 0 || at + 8 > cache.length || view.u32(at) !== EXTENSION_MAGIC) return [];
  const sections = Math.min(view.u32(at + 4), Math.floor((cache.length - at - 8) / 16));
  for (let index = 0; index < sections; index += 1) {
    const section = at + 8 + index * 16;
    const [offset, size] = [view.u32(section + 8), view.u32(section + 12)];
    if (view.u32(section) !== HWCAPS_SECTION || offset + size > cache.length) continue;
    return Array.from({ length: Math.floor(size / 4) }, (_, name) =>
      textAt(cache, view.u32(offset + name * 4)),
    );
  }
  return [];
}

/** Bit 62 of the mask alone means: the low half is an index of `glibc-hwcaps` names. */
function processorNeed(
  view: StructView,
  at: number,
  order: ByteOrder,
  hwcaps: readonly (string | undefined)[],
): ProcessorNeed {
  const low = view.u32(order === 'little' ? at + 16 : at + 20);
  const high = view.u32(order === 'little' ? at + 20 : at + 16);
  if (low === 0 && high === 0) return { kind: 'any' };
  const name = high === 0x40000000 ? hwcaps[low] : undefined;
  return name === undefined ? { kind: 'mask', low, high } : { kind: 'glibc-hwcaps', name };
}

function acceptedFlags(elf: Pick<Elf, 'machine' | 'bits'>): readonly number[] {
  const abi = ABIS[`${elf.machine}/${elf.bits}`] ?? [0];
  return [1, ...abi.map((value) => value + 3)];
}

/** High byte of the flags; several where the ABI shows only in a file's own flags (float, N32). */
const ABIS: Record<string, readonly number[]> = {
  'sparc64/64': [0x100],
  'ia64/64': [0x200],
  'x86-64/64': [0x300],
  's390/64': [0x400],
  'ppc64/64': [0x500],
  'mips/64': [0x700, 0xe00],
  'x86-64/32': [0x800],
  'arm/32': [0x900, 0xb00, 0],
  'aarch64/64': [0xa00],
  'riscv/64': [0x1000, 0xf00],
  'loongarch/64': [0x1200, 0x1100],
};

function textAt(cache: Uint8Array, offset: number): string | undefined {
  const end = offset < cache.length ? cache.indexOf(0, offset) : -1;
  return end === -1 || end - offset > 4096
    ? undefined
    : Buffer.from(cache.subarray(offset, end)).toString('utf8');
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  return Buffer.from(bytes.subarray(at, at + text.length)).toString('latin1') === text;
}
