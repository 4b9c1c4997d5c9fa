/** The capabilities that a program's file brings. Source: capabilities(7); struct vfs_cap_data of <linux/capability.h>. */
export interface FileCapabilities {
  readonly permitted: bigint;
  readonly inheritable: bigint;
  /** What the process gets is in force at once. */
  readonly effective: boolean;
}

const REVISION = 0xff000000;
const EFFECTIVE = 1;
/** Bytes by revision: one pair of sets, two pairs, two pairs and the root user of a namespace. */
const LENGTHS: ReadonlyMap<number, number> = new Map([
  [0x01000000, 12],
  [0x02000000, 20],
  [0x03000000, 24],
]);

/** Reads the value of the attribute `security.capability`; undefined for one of no known revision. */
export function parseFileCapabilities(bytes: Uint8Array): FileCapabilities | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4) return undefined;
  const magic = view.getUint32(0, true);
  const length = LENGTHS.get((magic & REVISION) >>> 0);
  if (length === undefined || bytes.length < length) return undefined;
  const set = (at: number): bigint => {
    const high = length === 12 ? 0 : view.getUint32(at + 8, true);
    return (BigInt(high) << 32n) | BigInt(view.getUint32(at, true));
  };
  return { permitted: set(4), inheritable: set(8), effective: (magic & EFFECTIVE) !== 0 };
}
