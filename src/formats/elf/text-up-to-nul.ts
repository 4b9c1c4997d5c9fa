/** The text that a NUL ends; undefined without one. */
export function textUpToNul(bytes: Uint8Array): string | undefined {
  const end = bytes.indexOf(0);
  return end === -1 ? undefined : Buffer.from(bytes.buffer, bytes.byteOffset, end).toString('utf8');
}
