/** Everything that Cutover keeps on a machine: store, journals, what was there before. */
export const CUTOVER_HOME = '/var/lib/cutover';

/** Where a replacement is kept. See docs/format/store.md. */
export function storePathOf(digest: string): string {
  return `${CUTOVER_HOME}/store/sha256-${digest}`;
}
