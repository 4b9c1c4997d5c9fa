import type { ByteSource } from '../../formats/elf/byte-source.ts';
import type { DynamicSymbol } from '../../formats/elf/dynamic-symbols.ts';
import { MappedFile } from '../../formats/elf/mapped-file.ts';
import type { Elf } from '../../formats/elf/parse-elf.ts';

/**
 * The interfaces of rsyslogd itself that its modules ask for, by name, with the only version that it gives out. Each has
 * an exported function `NAMEQueryInterface(pIf)` that begins with `if(pIf->ifVersion != NUMBER)`; the number is read
 * from its code, x86-64 alone, and left out where it is not written like that. Source: DEFobj macros of
 * runtime/obj-types.h, glblQueryInterface() in runtime/glbl.c of rsyslog 8.2302.
 */
export function offeredInterfaces(
  source: ByteSource,
  elf: Elf,
  symbols: readonly DynamicSymbol[],
): ReadonlyMap<string, number> {
  if (elf.machine !== 'x86-64') return new Map();
  const file = new MappedFile(source, elf);
  return new Map(
    symbols.flatMap(({ name, type, value }): [string, number][] => {
      const of = /^(.+)QueryInterface$/.exec(name)?.[1];
      const available = type === 'function' ? file.locate(value)?.available : undefined;
      if (of === undefined || available === undefined) return [];
      const code = file.bytes(value, Math.min(BEGINNING, available), 'the code of a function');
      const at = code.findIndex((byte, index) => byte === 0x83 && code[index + 1] === 0x3f);
      const version = at === -1 ? undefined : code[at + 2];
      return version === undefined ? [] : [[of, version]];
    }),
  );
}

/**
 * Which versions of the interfaces of `names` a module asks rsyslogd for. `objUse(NAME, CORE_COMPONENT)` is a call whose
 * second argument is the name and whose fourth is a structure that begins with the version; both addresses are put in
 * place next to each other in code. x86-64 alone. Source: objUse() in runtime/obj.h, `.ifVersion` in DEFobjCurrIf of
 * runtime/obj-types.h of rsyslog 8.2302.
 */
export function wantedInterfaces(
  source: ByteSource,
  elf: Elf,
  names: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<number>> {
  const wanted = new Map<string, Set<number>>();
  if (elf.machine !== 'x86-64') return wanted;
  const file = new MappedFile(source, elf);
  for (const { type, executable, offset, address, fileSize } of elf.segments) {
    if (type !== 'load' || !executable) continue;
    const code = source.read(offset, Math.min(fileSize, LONGEST)).slice();
    const view = new DataView(code.buffer);
    for (let at = 0; at + LEA <= code.length; at += 1) {
      const name = isLea(code, at, RSI) ? textAt(file, addressAt(view, address, at), names) : undefined;
      const structure = name === undefined ? undefined : nearest(code, at);
      if (name === undefined || structure === undefined) continue;
      const version = numberAt(file, addressAt(view, address, structure));
      if (version === undefined) continue;
      wanted.set(name, (wanted.get(name) ?? new Set()).add(version));
    }
  }
  return wanted;
}

/** In bytes, of a function: its first comparison is within. */
const BEGINNING = 32;
/** In bytes, of the code of a module. */
const LONGEST = 4 * 1024 * 1024;
/** In bytes: `lea displacement(%rip),%REGISTER`. */
const LEA = 7;
const RSI = 0x35;
const RCX = 0x0d;
/** In bytes, between the two instructions of one call. */
const NEAR = 28;
/** Versions are counted from 1; a larger number is something else. */
const HIGHEST = 127;

function isLea(code: Uint8Array, at: number, register: number): boolean {
  return code[at] === 0x48 && code[at + 1] === 0x8d && code[at + 2] === register;
}

function addressAt(view: DataView, start: number, at: number): number {
  return start + at + LEA + view.getInt32(at + 3, true);
}

function nearest(code: Uint8Array, to: number): number | undefined {
  for (let distance = 1; distance <= NEAR; distance += 1) {
    for (const at of [to - distance, to + distance]) {
      if (at >= 0 && at + LEA <= code.length && isLea(code, at, RCX)) return at;
    }
  }
  return undefined;
}

function textAt(file: MappedFile, address: number, names: ReadonlySet<string>): string | undefined {
  const available = file.locate(address)?.available;
  if (available === undefined) return undefined;
  const bytes = file.bytes(address, Math.min(available, 32), 'a name');
  const end = bytes.indexOf(0);
  const text = end === -1 ? '' : Buffer.from(bytes.subarray(0, end)).toString('latin1');
  return names.has(text) ? text : undefined;
}

function numberAt(file: MappedFile, address: number): number | undefined {
  if ((file.locate(address)?.available ?? 0) < 4) return undefined;
  const number = file.view(address, 4, 'a version').u32(0);
  return number >= 1 && number <= HIGHEST ? number : undefined;
}
