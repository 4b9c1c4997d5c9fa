import type { MappedFile } from './mapped-file.ts';
import type { Elf } from './parse-elf.ts';

/**
 * The address that a function returns which does nothing else, as compilers write `return &data;`. Undefined for any
 * other code and any other machine than x86-64, aarch64 and s390. Throws `MalformedError` outside of the file.
 */
export function constantResult(
  file: MappedFile,
  { machine }: Pick<Elf, 'machine'>,
  address: number,
): number | undefined {
  const place = file.locate(address);
  const code = file.bytes(address, Math.min(32, place?.available ?? 32), 'the code of a function');
  if (machine === 'x86-64') return onX86(code, address);
  if (machine === 's390') return onS390(code, address);
  return machine === 'aarch64' ? onAarch64(code, address) : undefined;
}

/** Instructions without an effect here: endbr64, `push %rbp`, `mov %rsp,%rbp`. */
const PROLOGUES = [[0xf3, 0x0f, 0x1e, 0xfa], [0x55], [0x48, 0x89, 0xe5]];
/** `pop %rbp`, and the `rep` that some compilers put before `ret`. */
const EPILOGUES = [[0x5d], [0xf3]];

/** `lea displacement(%rip),%rax` and `ret`. */
function onX86(code: Uint8Array, address: number): number | undefined {
  const start = skip(code, 0, PROLOGUES);
  if (!isAt(code, start, [0x48, 0x8d, 0x05]) || code.length < start + 8) return undefined;
  const displacement = new DataView(code.buffer, code.byteOffset).getInt32(start + 3, true);
  const after = start + 7;
  return code[skip(code, after, EPILOGUES)] === 0xc3 ? address + after + displacement : undefined;
}

function skip(code: Uint8Array, from: number, instructions: readonly (readonly number[])[]): number {
  const next = instructions.find((bytes) => isAt(code, from, bytes));
  return next === undefined ? from : skip(code, from + next.length, instructions);
}

function isAt(code: Uint8Array, at: number, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => code[at + index] === byte);
}

/** `adrp x0, page`, `add x0, x0, #offset` and `ret`, or `adr x0, address` and `ret`; `bti c` may come first. */
function onAarch64(code: Uint8Array, address: number): number | undefined {
  const view = new DataView(code.buffer, code.byteOffset, code.byteLength - (code.byteLength % 4));
  const words = Array.from({ length: view.byteLength / 4 }, (_, index) => view.getUint32(index * 4, true));
  const start = words[0] === 0xd503245f ? 1 : 0;
  const [first = 0, second = 0, third] = words.slice(start);
  const counter = address + start * 4;
  if ((first & 0x9f00001f) >>> 0 === 0x10000000 && second === RETURN) return counter + signed(first);
  const isPage = (first & 0x9f00001f) >>> 0 === 0x90000000;
  const isSum = (second & 0xffc003ff) >>> 0 === 0x91000000;
  if (!isPage || !isSum || third !== RETURN) return undefined;
  return counter - (counter % 4096) + signed(first) * 4096 + ((second >>> 10) & 0xfff);
}

const RETURN = 0xd65f03c0;

/** The 21-bit immediate of adr and adrp. */
function signed(instruction: number): number {
  const value = (((instruction >>> 5) & 0x7ffff) << 2) | ((instruction >>> 29) & 3);
  return value >= 2 ** 20 ? value - 2 ** 21 : value;
}

/** `larl %r2,address` and `br %r14`; the distance counts half words. */
function onS390(code: Uint8Array, address: number): number | undefined {
  const isPlain = isAt(code, 0, [0xc0, 0x20]) && isAt(code, 6, [0x07, 0xfe]);
  if (!isPlain) return undefined;
  return address + new DataView(code.buffer, code.byteOffset).getInt32(2) * 2;
}
