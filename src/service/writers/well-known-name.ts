/**
 * The name of a program as one types it, for what lies in the system's own directories; the whole path for any
 * other, which only shares its name with one of those.
 */
export function wellKnownName(program: string): string {
  return /^(?:\/usr)?(?:\/local)?\/s?bin\/([^/]+)$/.exec(program)?.[1] ?? program;
}
