/** A header and its content as they shall stand in an archive, sound or not. */
export interface WrittenEntry {
  readonly name: string | Uint8Array;
  readonly type?: string;
  readonly mode?: number;
  readonly content?: string;
  readonly linkName?: string;
  /** Written over the field of the size. */
  readonly size?: string;
  /** Written over the field of the sum, which is right otherwise. */
  readonly sum?: string;
}

const BLOCK = 512;
export const END: Buffer = Buffer.alloc(2 * BLOCK);

/** A tar archive with just these entries and its end mark. Written by hand so that it can say what no tar would write. */
export function tarOf(...entries: readonly WrittenEntry[]): Buffer {
  return Buffer.concat([...entries.map(tarEntry), END]);
}

export function tarEntry({
  name,
  type = '0',
  mode = 0o644,
  content = '',
  linkName = '',
  size,
  sum,
}: WrittenEntry): Buffer {
  const bytes = Buffer.from(content);
  const header = Buffer.alloc(BLOCK);
  Buffer.from(name).copy(header, 0, 0, 100);
  header.write(octal(mode, 7), 100);
  header.write(size ?? octal(bytes.length, 11), 124);
  header.write(octal(0, 11), 136);
  header.write(' '.repeat(8), 148);
  header.write(type, 156);
  header.write(linkName, 157, 100);
  header.write('ustar\x0000', 257);
  header.write(
    sum ??
      `${octal(
        header.reduce((all, byte) => all + byte, 0),
        6,
      )}\0 `,
    148,
  );
  return Buffer.concat([header, bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);
}

/** Records of a pax header, as the content of an entry of type `x` or `g`. */
export function paxRecords(records: Readonly<Record<string, string>>): string {
  return Object.entries(records)
    .map(([key, value]) => {
      const rest = ` ${key}=${value}\n`;
      const bytes = Buffer.byteLength(rest);
      const length = bytes + String(bytes + String(bytes).length).length;
      return `${length}${rest}`;
    })
    .join('');
}

/** An ar archive, such as a Debian package, with these members. */
export function arOf(...members: readonly (readonly [name: string, content: string | Uint8Array])[]): Buffer {
  const parts = members.map(([name, content]) => {
    const bytes = Buffer.from(content);
    const header = `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'100644'.padEnd(8)}${String(bytes.length).padEnd(10)}\`\n`;
    return Buffer.concat([Buffer.from(header), bytes, Buffer.from(bytes.length % 2 === 1 ? '\n' : '')]);
  });
  return Buffer.concat([Buffer.from('!<arch>\n'), ...parts]);
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}
