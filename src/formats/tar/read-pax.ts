import { MalformedArchive } from '../archive/malformed-archive.ts';

const BLANK = 0x20;
const EQUALS = 0x3d;
const LINE_FEED = 0x0a;

/** The records of a pax header, `LENGTH KEY=VALUE\n` each. Source: POSIX.1-2017, pax, "pax Header Block". */
export function readPax(bytes: Uint8Array, where: number): Map<string, Uint8Array> {
  const records = new Map<string, Uint8Array>();
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(BLANK, at);
    const digits = Buffer.from(bytes.subarray(at, Math.max(at, blank))).toString('latin1');
    const end = at + Number(digits);
    const equals = bytes.indexOf(EQUALS, blank);
    const isSound =
      /^[1-9]\d{0,9}$/.test(digits) &&
      end <= bytes.length &&
      equals < end &&
      equals > blank &&
      bytes[end - 1] === LINE_FEED;
    if (!isSound) throw new MalformedArchive(`its extended header at byte ${where} is damaged`);
    const key = Buffer.from(bytes.subarray(blank + 1, equals)).toString('utf8');
    records.set(key, bytes.subarray(equals + 1, end - 1));
    at = end;
  }
  return records;
}
