/** One word in double quotes, specifiers escaped. Source: systemd.syntax(7), "Quoting"; systemd.unit(5). */
export function quoteUnitWord(word: string): string {
  return `"${word.replaceAll('%', '%%').replaceAll(/["\\]/g, '\\$&')}"`;
}
