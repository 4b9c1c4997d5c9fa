import { MalformedError } from './malformed.ts';

/**
 * The texts of a string table by their offset. Bounded in total, because a hostile symbol table can name one
 * long text a million times over.
 */
export function stringTable(bytes: Uint8Array): (offset: number) => string {
  const table = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let budget = bytes.length * 16 + 65_536;
  return (offset) => {
    const end = offset < table.length ? table.indexOf(0, offset) : -1;
    if (end === -1) throw new MalformedError(`a name lies outside the string table (at ${offset})`, 0);
    budget -= end - offset;
    if (budget < 0) throw new MalformedError('the names of the symbols are longer than the file explains', 0);
    return table.toString('utf8', offset, end);
  };
}
