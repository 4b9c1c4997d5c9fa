/**
 * The entries of a list as `systemctl show` prints it: separated by blanks, one with a special character in double
 * quotes. Source: shell_maybe_quote() in src/basic/escape.c of systemd 252.
 */
export function readQuotedList(text: string): string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|[^ ]+/gs)].map(([whole, quoted]) =>
    quoted === undefined
      ? whole
      : quoted.replaceAll(/\\([0-7]{3}|.)/gs, (_, escaped: string) => plain(escaped)),
  );
}

function plain(escaped: string): string {
  if (escaped.length === 3) return String.fromCharCode(Number.parseInt(escaped, 8));
  return CONTROL[escaped] ?? escaped;
}

const CONTROL: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
