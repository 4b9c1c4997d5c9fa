/**
 * Whether systemd takes this for the program of a command: an absolute path or a bare file name, without quotes,
 * backslashes and control characters. Source: config_parse_exec() in src/core/load-fragment.c of systemd 252.
 */
export function isProgram(text: string): boolean {
  if (text === '' || text.endsWith('/') || /["'\\\x00-\x1f\x7f]/.test(text)) return false;
  return text.startsWith('/') || (!text.includes('/') && text !== '.' && text !== '..');
}
