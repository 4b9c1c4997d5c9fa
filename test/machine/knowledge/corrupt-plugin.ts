import { readFileSync, writeFileSync } from 'node:fs';
import { fromBytes } from '../../../src/formats/elf/byte-source.ts';
import { constantResult } from '../../../src/formats/elf/constant-result.ts';
import { readDynamicSymbols } from '../../../src/formats/elf/dynamic-symbols.ts';
import { LinkedData } from '../../../src/formats/elf/linked-data.ts';
import { type Elf, parseElf } from '../../../src/formats/elf/parse-elf.ts';

/** What is done to a copy of a plugin. */
export type Corruption = 'version' | 'signature' | 'cut off';
export const CORRUPTIONS: readonly Corruption[] = ['version', 'signature', 'cut off'];

/** Writes a copy of the plugin `from` to `to` that the program must refuse. `name` is the module's, for httpd. */
export function corruptPlugin(
  program: keyof typeof ADDRESSES,
  { from, to, name = '' }: { readonly from: string; readonly to: string; readonly name?: string },
  what: Corruption,
): void {
  const bytes = readFileSync(from);
  if (what === 'cut off') {
    writeFileSync(to, bytes.subarray(0, Math.floor(bytes.length / 3)), { mode: 0o755 });
    return;
  }
  const source = fromBytes(bytes);
  const elf = parseElf(source);
  const symbols = elf.kind === 'elf' ? readDynamicSymbols(source, elf) : undefined;
  if (elf.kind !== 'elf' || symbols?.kind !== 'symbols') throw new Error(`${from} is no ELF file`);
  const data = new LinkedData(source, elf, symbols);
  const at = data.file.locate(ADDRESSES[program]({ data, elf, name })[what])?.offset;
  if (at === undefined) throw new Error(`${from}: nothing to corrupt`);
  // The last bit of a number's first byte, or of a letter: '1' becomes '0', 'P' becomes 'Q'.
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(to, bytes, { mode: 0o755 });
}

/** Writes a copy that asks for a function which nothing provides, in place of the first one that matches; returns its name. */
export function renameNeeded(from: string, to: string, pattern: RegExp): string {
  const bytes = readFileSync(from);
  const source = fromBytes(bytes);
  const elf = parseElf(source);
  const symbols = elf.kind === 'elf' ? readDynamicSymbols(source, elf) : undefined;
  const names = symbols?.kind === 'symbols' ? symbols.needed.filter(({ bind }) => bind === 'global') : [];
  for (const { name } of names.filter((one) => pattern.test(one.name))) {
    const text = Buffer.from(`\0${name}\0`);
    const at = bytes.indexOf(text);
    if (at === -1 || bytes.indexOf(text, at + 1) !== -1) continue;
    bytes.write('Q', at + name.length);
    writeFileSync(to, bytes, { mode: 0o755 });
    return `${name.slice(0, -1)}Q`;
  }
  throw new Error(`${from} needs nothing like ${pattern.source}`);
}

interface Opened {
  readonly data: LinkedData;
  readonly elf: Elf;
  readonly name: string;
}
type Addresses = Readonly<Record<'version' | 'signature', number>>;

const ADDRESSES = {
  nginx: ({ data }: Opened): Addresses => {
    const module = pointedTo(data, symbolOf(data, 'ngx_modules'));
    return { version: module + 40, signature: pointedTo(data, module + 48) + 6 };
  },
  httpd: ({ data, name }: Opened): Addresses => {
    const module = symbolOf(data, name);
    return { version: module, signature: module + 40 };
  },
  postgresql: ({ data, elf }: Opened): Addresses => {
    const block = constantResult(data.file, elf, symbolOf(data, 'Pg_magic_func'));
    if (block === undefined) throw new Error('no magic block');
    return { version: block + 4, signature: block + 24 };
  },
};

function symbolOf(data: LinkedData, name: string): number {
  const symbol = data.symbol(name);
  if (symbol === undefined) throw new Error(`no symbol ${name}`);
  return symbol.value;
}

function pointedTo(data: LinkedData, address: number): number {
  const pointer = data.pointer(address);
  if (pointer.kind !== 'here') throw new Error('no pointer');
  return pointer.address;
}
