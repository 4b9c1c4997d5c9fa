/** Paths in what `systemctl show --property=Listen` prints: `Listen=/run/lamp.socket (Stream)`, a line for each. */
export function readListeningFiles(output: string): string[] {
  return output.split('\n').flatMap((line) => /^Listen=(\/.*) \(\w+\)$/.exec(line)?.[1] ?? []);
}
