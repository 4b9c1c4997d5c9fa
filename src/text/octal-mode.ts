/** Permission bits as they are told: four octal digits. */
export function octalMode(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
