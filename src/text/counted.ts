/** `1 file`, `2 files`: of nouns with a regular plural. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
