import type { LinkedData } from '../../formats/elf/linked-data.ts';

/** What a module tells the server of itself when it is loaded. */
export interface ModuleAttributes {
  readonly name: string;
  readonly version: number;
  readonly apiVersion: number;
}

/** In bytes, of the code of one function. */
const LONGEST = 64 * 1024;
/** In bytes: how far before the call its arguments are put in place. */
const WINDOW = 32;

/**
 * The arguments of `RedisModule_Init(ctx, name, version, apiVersion)`, which compilers put into the function that the
 * server calls: a text, a number and a small number in the registers of the second to fourth argument, followed by a call
 * through a pointer. Read from the code of `onLoad`, x86-64 alone; undefined where it is not written like that.
 */
export function moduleAttributes(
  data: LinkedData,
  onLoad: { readonly value: number; readonly size: number },
): ModuleAttributes | undefined {
  const place = data.file.locate(onLoad.value);
  const size = Math.min(onLoad.size, LONGEST, place?.available ?? 0);
  if (size === 0) return undefined;
  const code = data.file.bytes(onLoad.value, size, 'the code of a function');
  const view = new DataView(code.buffer, code.byteOffset, code.byteLength);
  for (let at = 0; at + 6 < size; at += 1) {
    // mov $imm32,%ecx
    if (code[at] !== 0xb9) continue;
    const apiVersion = view.getUint32(at + 1, true);
    if (apiVersion === 0 || apiVersion > 9) continue;
    const [from, to] = [Math.max(0, at - WINDOW), Math.min(size, at + WINDOW)];
    const version = numberIn(view, from, to);
    const name = textIn(data, code, view, onLoad.value, from, to);
    if (version === undefined || name === undefined || !hasCall(code, at, to)) continue;
    return { name, version, apiVersion };
  }
  return undefined;
}

/** mov $imm32,%edx */
function numberIn(view: DataView, from: number, to: number): number | undefined {
  for (let at = from; at + 5 <= to; at += 1) {
    const number = view.getUint8(at) === 0xba ? view.getUint32(at + 1, true) : undefined;
    if (number !== undefined && number < 2 ** 31) return number;
  }
  return undefined;
}

/** lea displacement(%rip),%rsi */
function textIn(
  data: LinkedData,
  code: Uint8Array,
  view: DataView,
  start: number,
  from: number,
  to: number,
): string | undefined {
  for (let at = from; at + 7 <= to; at += 1) {
    if (code[at] !== 0x48 || code[at + 1] !== 0x8d || code[at + 2] !== 0x35) continue;
    const address = start + at + 7 + view.getInt32(at + 3, true);
    if (data.file.locate(address) === undefined) continue;
    const text = data.file.text(address, 256, 'the name of a module');
    if (/^[\w.-]{1,64}$/.test(text)) return text;
  }
  return undefined;
}

/** call *…: the opcode 0xff with 2 in the middle of its second byte. */
function hasCall(code: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at + 1 < to; at += 1) {
    if (code[at] === 0xff && ((code[at + 1] ?? 0) & 0x38) === 0x10) return true;
  }
  return false;
}
