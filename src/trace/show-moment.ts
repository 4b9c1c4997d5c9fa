/** `2026-11-25 21:59:31 UTC`, of nanoseconds since 1970. */
export function showMoment(ns: bigint): string {
  return `${new Date(Number(ns / 1_000_000n)).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
