export interface HttpdOptions {
  readonly root: string | undefined;
  readonly file: string | undefined;
  readonly defines: readonly string[];
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** The options of httpd that decide what it reads; the last of a kind counts. Source: server/main.c of httpd 2.4. */
export function httpdOptions(args: readonly string[]): HttpdOptions {
  const given = new Map<string, string[]>();
  for (let at = 0; at < args.length; at += 1) {
    const match = /^-([DCcdfeEk])(.*)$/s.exec(args[at] ?? '');
    const value = match?.[2] === '' ? args[(at += 1)] : match?.[2];
    if (match?.[1] !== undefined && value !== undefined)
      given.set(match[1], [...(given.get(match[1]) ?? []), value]);
  }
  return {
    root: given.get('d')?.at(-1),
    file: given.get('f')?.at(-1),
    defines: given.get('D') ?? [],
    before: given.get('C') ?? [],
    after: given.get('c') ?? [],
  };
}
