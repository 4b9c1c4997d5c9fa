/** What a stretch of a script may change when it runs, which is not followed. */
export interface Changes {
  readonly names: ReadonlySet<string>;
  readonly directory: boolean;
  readonly arguments: boolean;
  /** It runs code from elsewhere, which may set anything. */
  readonly anything: boolean;
}

/** Reads by the letters, and so rather too many names than too few. */
export function changesIn(text: string): Changes {
  const names = new Set<string>();
  for (const match of text.matchAll(/\b([A-Za-z_]\w*)[+:]?=/g)) names.add(match[1] ?? '');
  for (const match of text.matchAll(
    /\b(?:for|select|read|unset|getopts|mapfile|readarray|printf)\b([^;\n|&]*)/g,
  ))
    for (const [name] of (match[1] ?? '').matchAll(/\b[A-Za-z_]\w*/g)) names.add(name);
  return {
    names,
    directory: /\b(?:cd|pushd|popd)\b/.test(text),
    anything: /(?:^|[\s;&|({])(?:\.|source|eval)\s/.test(text),
    arguments: /\b(?:shift|set)\b/.test(text),
  };
}
