/** What a shell is told to run. */
export type ShellInvocation =
  | {
      readonly kind: 'text';
      readonly text: string;
      /** `$0`, when it is given. */
      readonly zero: string | undefined;
      readonly args: readonly string[];
    }
  | { readonly kind: 'script'; readonly path: string; readonly args: readonly string[] };

/** `sh -ec TEXT [NAME [ARGUMENTS]]` or `sh -x SCRIPT [ARGUMENTS]`; undefined for a shell that reads its input. */
export function shellInvocation(args: readonly string[]): ShellInvocation | undefined {
  let isText = false;
  let at = 0;
  for (; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (word === '--' || word === '-') {
      at += 1;
      break;
    }
    if (!/^[-+]./.test(word)) break;
    if (word.startsWith('--')) {
      if (word === '--rcfile' || word === '--init-file') at += 1;
      continue;
    }
    if (word.includes('s')) return undefined;
    if (word.startsWith('-') && word.includes('c')) isText = true;
    if (/[oO]$/.test(word)) at += 1;
  }
  const [first, ...rest] = args.slice(at);
  if (first === undefined) return undefined;
  if (!isText) return { kind: 'script', path: first, args: rest };
  const [zero, ...given] = rest;
  return { kind: 'text', text: first, zero, args: given };
}
