/** A word as it is typed to a shell: in single quotes where the shell would read something else (`my\x2dapp.service`). */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
