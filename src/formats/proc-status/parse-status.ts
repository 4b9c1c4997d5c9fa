/** What /proc/PID/status says of the rights of a process. Source: proc_pid_status(5). */
export interface ProcessRights {
  /** Effective user and group. */
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  /** Sets of capabilities, the lowest bit the first one. */
  readonly effective: bigint;
  readonly permitted: bigint;
  readonly bounding: bigint;
  /** What it starts can gain no rights. */
  readonly noNewPrivileges: boolean;
}

/** undefined for a text that lacks one of them. */
export function parseStatus(text: string): ProcessRights | undefined {
  const lines = new Map(
    text.split('\n').flatMap((line) => {
      const colon = line.indexOf(':');
      return colon === -1 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()] as const];
    }),
  );
  const numbers = (name: string): number[] =>
    (lines.get(name) ?? '').split(/\s+/).filter(Boolean).map(Number);
  const mask = (name: string): bigint | undefined => {
    const value = lines.get(name);
    return value !== undefined && /^[0-9a-f]{1,16}$/.test(value) ? BigInt(`0x${value}`) : undefined;
  };
  const [uid, gid] = [numbers('Uid')[1], numbers('Gid')[1]];
  const [effective, permitted, bounding] = [mask('CapEff'), mask('CapPrm'), mask('CapBnd')];
  if (uid === undefined || gid === undefined) return undefined;
  if (effective === undefined || permitted === undefined || bounding === undefined) return undefined;
  const noNewPrivileges = lines.get('NoNewPrivs') === '1';
  return { uid, gid, groups: numbers('Groups'), effective, permitted, bounding, noNewPrivileges };
}
