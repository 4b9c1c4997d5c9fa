import { TracedText } from '../../../../text/traced-text.ts';
import type { NativeCall } from '../../interpreter.ts';
import { raise } from '../../make.ts';
import { integerOf, onlyArguments, required, typeName } from '../../native-arguments.ts';
import type { PyValue } from '../../value.ts';

const AF_INET = 2;
const AF_INET6 = 10;

/** `socket.inet_pton(family, address)`, as the C library of Linux reads addresses; the bytes of the address. */
export function addressBytes(call: NativeCall): PyValue {
  onlyArguments(call, 2);
  const family = integerOf(required(call, 0), call);
  const address = required(call, 1);
  if (address.kind !== 'str') {
    return raise('TypeError', `inet_pton() argument 2 must be str, not ${typeName(address)}`, call.at);
  }
  const text = address.text.toString();
  if (family !== AF_INET && family !== AF_INET6) return raise('OSError', 'unknown address family', call.at);
  if (text.includes('\0')) return raise('ValueError', 'embedded null character', call.at);
  const bytes = family === AF_INET ? ipv4Bytes(text) : ipv6Bytes(text);
  if (bytes === undefined) {
    return raise('OSError', 'illegal IP address string passed to inet_pton', call.at);
  }
  const { at } = call;
  return {
    kind: 'bytes',
    text: TracedText.from(String.fromCharCode(...bytes), { kind: 'derived', rule: at.text, place: at.place }),
  };
}

/** Four decimal numbers without leading zeros. */
export function ipv4Bytes(text: string): number[] | undefined {
  const parts = text.split('.');
  const isAddress = parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part));
  const bytes = parts.map(Number);
  return isAddress && bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

/** Eight groups of at most four digits, `::` for a run of zeros, and an IPv4 address for the last two. */
export function ipv6Bytes(text: string): number[] | undefined {
  if (text.length > 45 || !/^[0-9A-Fa-f:.]+$/.test(text)) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, index) => groupBytes(half, index === halves.length - 1));
  if (head === undefined) return undefined;
  if (halves.length === 1) return head.length === 16 ? head : undefined;
  if (tail === undefined || head.length + tail.length > 14) return undefined;
  return [...head, ...Array.from({ length: 16 - head.length - tail.length }, () => 0), ...tail];
}

function groupBytes(half: string, isLast: boolean): number[] | undefined {
  if (half === '') return [];
  const bytes: number[] = [];
  const groups = half.split(':');
  for (const [index, group] of groups.entries()) {
    const embedded =
      isLast && index === groups.length - 1 && group.includes('.') ? ipv4Bytes(group) : undefined;
    if (embedded !== undefined) bytes.push(...embedded);
    else if (/^[0-9A-Fa-f]{1,4}$/.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 255);
    } else return undefined;
  }
  return bytes;
}
