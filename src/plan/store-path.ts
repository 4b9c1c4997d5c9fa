/** Where a replacement is kept. See docs/format/store.md. */
export function storePathOf(digest: string): string {
  return `/var/lib/cutover/store/sha256-${digest}`;
}
