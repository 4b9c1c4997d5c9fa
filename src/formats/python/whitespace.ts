/** Whether `str.isspace` holds for a character (Unicode whitespace as Python counts it). */
export function isPythonSpace(character: string): boolean {
  return /^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/.test(character);
}
